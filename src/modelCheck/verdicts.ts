import {
  instructionsShown,
  workerInstructionTokens,
} from '../delegation/request/instructionsShown';
import type { Protocol } from '../openrouter/wire';
import type { GenerationRecord } from '../openrouter/account';
import { countTokens } from '../text/tokens';
import type { Observation } from './observation';
import type { Assumption, CheckLine, Verdict } from './report';

/** A cost below this share of the lowest estimate is not what the models cost. */
const PLAUSIBLE_SHARE = 0.25;

export interface VerdictOptions {
  readonly protocol: Protocol;
  /** A silence of this length without a sign of life shows that there is none. */
  readonly aliveWithinMs: number;
}

/** What one whole run shows. */
export function verdictsOf(seen: Observation, options: VerdictOptions): readonly CheckLine[] {
  const { protocol } = options;
  const line = (assumption: Assumption, verdict: Verdict, ...numbers: number[]): CheckLine => ({
    assumption,
    protocol,
    verdict,
    numbers,
  });
  const { result, workers, wire } = seen;
  const usage = result.record.usage;
  const didEnd = result.record.finishReason !== null;
  const pinned = wire === null ? 0 : Math.round(workerInstructionTokens(wire));
  const tokens = [usage?.promptTokens ?? 0, pinned];
  const lines = [
    line('delegates', result.didDelegate ? 'holds' : unless(didEnd), workers.seen),
    line('outcome-shown', outcomeShown(seen), workers.withOutcome, workers.seen),
    line(
      'cost-told',
      usage?.costNanoUsd != null ? 'holds' : unless(didEnd),
      usage?.costNanoUsd ?? 0,
    ),
    line('own-key-told', ownKeyTold(seen), usage?.costNanoUsd ?? 0, seen.estimate?.lowNanoUsd ?? 0),
    line('instructions-hidden', instructionsHidden(seen), ...tokens),
    line('heartbeats', alive(seen, options), seen.heartbeats, seen.longestSilenceMs),
  ];
  if (protocol === 'chat') return lines;
  return [
    ...lines,
    line('marker-obeyed', markerObeyed(seen)),
    line('workers-at-once', atOnce(seen), workers.atOnce),
  ];
}

function unless(didEnd: boolean): Verdict {
  return didEnd ? 'fails' : 'unknown';
}

function outcomeShown({ result, workers }: Observation): Verdict {
  if (!result.didDelegate) return 'unknown';
  return workers.withOutcome > 0 ? 'holds' : 'fails';
}

/** With an outcome that was shown, anything but a result from it is disobedience. */
function markerObeyed({ result, workers }: Observation): Verdict {
  if (workers.withOutcome === 0) return 'unknown';
  const isMarked = /\[\[outcome:[a-z2-7]+:/.test(result.rawAnswer);
  return isMarked && result.status === 'completed' ? 'holds' : 'fails';
}

/**
 * An answer that does not say `is_byok` is taken as one on credits. On a key of the user's own its
 * cost would be a fee, far below what the models cost.
 */
function ownKeyTold({ result, estimate }: Observation): Verdict {
  const { usage } = result.record;
  if (usage?.costNanoUsd == null || estimate === null) return 'unknown';
  if (usage.isByok) return 'holds';
  return usage.costNanoUsd >= estimate.lowNanoUsd * PLAUSIBLE_SHARE ? 'holds' : 'fails';
}

function instructionsHidden({ result, wire, workers }: Observation): Verdict {
  const promptTokens = result.record.usage?.promptTokens ?? null;
  if (wire === null || promptTokens === null || !result.didDelegate) return 'unknown';
  const outcomeTokens = workers.outcomes.reduce((sum, text) => sum + countTokens(text), 0);
  return instructionsShown(wire, { promptTokens, outcomeTokens }) === null ? 'holds' : 'fails';
}

function alive(seen: Observation, { aliveWithinMs }: VerdictOptions): Verdict {
  if (seen.longestSilenceMs >= aliveWithinMs) return 'fails';
  return seen.heartbeats > 0 ? 'holds' : 'unknown';
}

function atOnce({ workers }: Observation): Verdict {
  if (workers.atOnce > 1) return 'holds';
  return workers.seen > 1 && workers.wereTimed ? 'fails' : 'unknown';
}

/** Whether the bill that is looked up later has the workers in it: it is that of the stream then. */
export function billVerdict(
  seen: Observation,
  record: GenerationRecord | null,
  protocol: Protocol,
): CheckLine {
  const streamed = seen.result.record.usage?.costNanoUsd ?? null;
  const later = record?.costNanoUsd ?? null;
  const isKnown = streamed !== null && later !== null && seen.result.didDelegate;
  const verdict = isKnown ? (later >= streamed ? 'holds' : 'fails') : 'unknown';
  const numbers = [streamed ?? 0, later ?? 0];
  return { assumption: 'bill-includes-workers', protocol, verdict, numbers };
}

/** Whether the bill of a run that was stopped can be looked up. */
export function abortedVerdict(
  seen: Observation,
  record: GenerationRecord | null,
  protocol: Protocol,
): CheckLine {
  const wasStopped = seen.result.status === 'cancelled' && seen.result.record.wasSent;
  const cost = record?.costNanoUsd ?? null;
  const verdict = wasStopped ? (cost === null ? 'fails' : 'holds') : 'unknown';
  return { assumption: 'aborted-bill', protocol, verdict, numbers: [cost ?? 0] };
}
