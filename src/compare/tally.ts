import type { NanoUsd } from '../common/money';
import { type ShareRange, wilson } from './wilson';

/** What became of one answer: numbers and a word for what was wrong, nothing of the text. */
export interface AnswerRow {
  readonly model: string;
  readonly place: string;
  readonly isGood: boolean;
  /** Why not, as a code; empty when it is good. */
  readonly code: string;
  /** Null while it is not known. */
  readonly costNanoUsd: NanoUsd | null;
  readonly durationMs: number;
}

/** Which of two answers at a place was preferred whichever came first. */
export interface JudgementRow {
  /** The cheaper candidate. */
  readonly cheaper: string;
  readonly dearer: string;
  readonly place: string;
  readonly preferred: 'cheaper' | 'dearer' | 'neither';
}

/** A candidate passes when it is certain enough that at least this share of its answers is good at once. */
export const BAR = 0.7;

/** `open` is too few to tell. */
export type Standing = 'passes' | 'fails' | 'open';

export interface CandidateTally {
  readonly model: string;
  readonly good: number;
  readonly tries: number;
  readonly range: ShareRange;
  readonly standing: Standing;
  /** Codes of what was wrong, the commonest first. */
  readonly faults: readonly (readonly [code: string, count: number])[];
  /** Sum of the known costs. */
  readonly costNanoUsd: NanoUsd;
  readonly unknownCosts: number;
  /** In the middle of the answers' times; null without any. */
  readonly medianMs: number | null;
}

/** Counts what a candidate's answers came to. */
export function tallyOf(model: string, answers: readonly AnswerRow[]): CandidateTally {
  const own = answers.filter((answer) => answer.model === model);
  const good = own.filter(({ isGood }) => isGood).length;
  const range = wilson(good, own.length);
  const codes = new Map<string, number>();
  for (const { isGood, code } of own) if (!isGood) codes.set(code, (codes.get(code) ?? 0) + 1);
  const times = own.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  return {
    model,
    good,
    tries: own.length,
    range,
    standing: standingOf(range),
    faults: [...codes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
    costNanoUsd: own.reduce((sum, { costNanoUsd }) => sum + (costNanoUsd ?? 0), 0),
    unknownCosts: own.filter(({ costNanoUsd }) => costNanoUsd === null).length,
    medianMs: times[Math.floor(times.length / 2)] ?? null,
  };
}

function standingOf({ low, high }: ShareRange): Standing {
  if (low >= BAR) return 'passes';
  return high < BAR ? 'fails' : 'open';
}

/** Fewer preferences than this say nothing, however one-sided. */
const LEAST_PREFERENCES = 5;

/** Whether the cheaper of two is worse beyond chance, by the places where one was preferred. */
export function isWorse(
  { cheaper, dearer }: { readonly cheaper: string; readonly dearer: string },
  judgements: readonly JudgementRow[],
): boolean {
  const decided = judgements.filter(
    (row) => row.cheaper === cheaper && row.dearer === dearer && row.preferred !== 'neither',
  );
  const wins = decided.filter(({ preferred }) => preferred === 'cheaper').length;
  return decided.length >= LEAST_PREFERENCES && wilson(wins, decided.length).high < 0.5;
}

/**
 * The cheapest candidate that passes and is not worse than a dearer one that passes too.
 *
 * @param byPrice candidates, the cheapest first.
 * @returns null when none is known to pass.
 */
export function chosenOf(
  byPrice: readonly string[],
  answers: readonly AnswerRow[],
  judgements: readonly JudgementRow[],
): string | null {
  const passing = byPrice.filter((model) => tallyOf(model, answers).standing === 'passes');
  const chosen = passing.find(
    (cheaper, index) =>
      !passing.slice(index + 1).some((dearer) => isWorse({ cheaper, dearer }, judgements)),
  );
  return chosen ?? null;
}
