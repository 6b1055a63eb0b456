import type { NanoUsd } from '../common/money';
import type { Protocol } from '../openrouter/wire';

/** An assumption about the API or about a pair of models; ARCHITECTURE's table says what rests on it. */
export type Assumption =
  | 'delegates'
  | 'outcome-shown'
  | 'marker-obeyed'
  | 'cost-told'
  | 'own-key-told'
  | 'instructions-hidden'
  | 'heartbeats'
  | 'workers-at-once'
  | 'bill-includes-workers'
  | 'aborted-bill';

/** `unknown`: this run could not show it. */
export type Verdict = 'holds' | 'fails' | 'unknown';

/** What one run showed about one assumption. */
export interface CheckLine {
  readonly assumption: Assumption;
  readonly protocol: Protocol;
  readonly verdict: Verdict;
  /** Numbers that the verdict rests on; their meaning depends on the assumption. */
  readonly numbers: readonly number[];
}

/** A setting that fits what was found. */
export interface FittingSetting {
  readonly key: 'protocol' | 'answer' | 'routing';
  readonly value: string;
}

/** What a check found out about a pair of models. */
export interface CheckReport {
  readonly orchestratorModel: string;
  readonly workerModel: string;
  readonly atMs: number;
  readonly lines: readonly CheckLine[];
  readonly settings: readonly FittingSetting[];
  /** What all runs cost together; null when one of them does not say. */
  readonly costNanoUsd: NanoUsd | null;
}

/** Settings under which the pair works, where it does not with the defaults. */
export function fittingSettings(lines: readonly CheckLine[]): readonly FittingSetting[] {
  const verdict = (assumption: Assumption, protocol: Protocol): Verdict =>
    lines.find((line) => line.assumption === assumption && line.protocol === protocol)?.verdict ??
    'unknown';
  const delegates = verdict('delegates', 'responses');
  if (delegates === 'fails') {
    return verdict('delegates', 'chat') === 'holds'
      ? [{ key: 'protocol', value: 'chat' }]
      : [{ key: 'routing', value: 'direct' }];
  }
  const isSpliceable =
    verdict('outcome-shown', 'responses') !== 'fails' &&
    verdict('marker-obeyed', 'responses') !== 'fails';
  return isSpliceable ? [] : [{ key: 'answer', value: 'integrated' }];
}
