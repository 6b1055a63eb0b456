/** One figure, with the bar of the contract where it has one. */
export interface BenchResult {
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  /** Smallest and largest of several rounds. */
  readonly spread?: readonly [number, number];
  /** Null for a figure without a bar. */
  readonly bar: { readonly type: 'at-most' | 'at-least'; readonly limit: number } | null;
  readonly isMet: boolean;
  /** For a bar that is known to be missed: the measured reason. Without one a miss is a failure. */
  readonly reason?: string;
}

type Extras = Pick<BenchResult, 'spread' | 'reason'>;
type Measured = Pick<BenchResult, 'what' | 'figure' | 'unit'> & Extras;

export function atMost(limit: number, measured: Measured): BenchResult {
  const isMet = measured.figure <= limit;
  return { ...measured, bar: { type: 'at-most', limit }, isMet };
}

export function atLeast(limit: number, measured: Measured): BenchResult {
  const isMet = measured.figure >= limit;
  return { ...measured, bar: { type: 'at-least', limit }, isMet };
}

export function withoutBar(measured: Measured): BenchResult {
  return { ...measured, bar: null, isMet: true };
}
