import type { NanoUsd } from '../../common/money';
import type { LedgerEntry } from './ledgerEntry';

/** Sums over live, real entries: superseded lines and demo runs are in none of them. */
export interface Totals {
  readonly runs: number;
  /** Runs among them whose cost is not known; `costNanoUsd` is without them. */
  readonly unknownRuns: number;
  readonly costNanoUsd: NanoUsd;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly delegations: number;
  readonly failedDelegations: number;
  /** What asking directly would have cost, for the runs in `comparedCostNanoUsd`. */
  readonly directNanoUsd: NanoUsd;
  /** What runs with a worker cost that can be compared with asking directly. */
  readonly comparedCostNanoUsd: NanoUsd;
}

export const NO_TOTALS: Totals = {
  runs: 0,
  unknownRuns: 0,
  costNanoUsd: 0,
  promptTokens: 0,
  completionTokens: 0,
  delegations: 0,
  failedDelegations: 0,
  directNanoUsd: 0,
  comparedCostNanoUsd: 0,
};

/**
 * What one entry adds to the totals.
 *
 * Only runs with a worker and a known bill are compared with the direct route. One that completed is
 * set against its estimate; one that did not has bought nothing, so it is set against zero and
 * lessens what was saved.
 */
export function totalsOf(entry: LedgerEntry): Totals {
  if (entry.demo) return NO_TOTALS;
  const cost = entry.cost_nano_usd;
  const didComplete = entry.status === 'completed';
  const estimate = entry.direct_estimate_nano_usd;
  const isCompared =
    cost !== null && entry.routing !== 'direct' && (!didComplete || estimate !== null);
  return {
    runs: 1,
    unknownRuns: cost === null ? 1 : 0,
    costNanoUsd: cost ?? 0,
    promptTokens: entry.prompt_tokens ?? 0,
    completionTokens: entry.completion_tokens ?? 0,
    delegations: entry.delegations.requested,
    failedDelegations: entry.delegations.failed,
    directNanoUsd: isCompared && didComplete ? (estimate ?? 0) : 0,
    comparedCostNanoUsd: isCompared ? cost : 0,
  };
}

/** Saved against the direct route; negative when delegating cost more. An estimate: show with `~`. */
export function savedNanoUsd(totals: Totals): NanoUsd {
  return totals.directNanoUsd - totals.comparedCostNanoUsd;
}

export function addTotals(a: Totals, b: Totals): Totals {
  return combine(a, b, 1);
}

/** `a` without `b`; what is shown after a reset is today's totals without those at the reset. */
export function subtractTotals(a: Totals, b: Totals): Totals {
  return combine(a, b, -1);
}

export function sumTotals(all: Iterable<Totals>): Totals {
  let sum = NO_TOTALS;
  for (const totals of all) sum = addTotals(sum, totals);
  return sum;
}

function combine(a: Totals, b: Totals, sign: 1 | -1): Totals {
  return {
    runs: a.runs + sign * b.runs,
    unknownRuns: a.unknownRuns + sign * b.unknownRuns,
    costNanoUsd: a.costNanoUsd + sign * b.costNanoUsd,
    promptTokens: a.promptTokens + sign * b.promptTokens,
    completionTokens: a.completionTokens + sign * b.completionTokens,
    delegations: a.delegations + sign * b.delegations,
    failedDelegations: a.failedDelegations + sign * b.failedDelegations,
    directNanoUsd: a.directNanoUsd + sign * b.directNanoUsd,
    comparedCostNanoUsd: a.comparedCostNanoUsd + sign * b.comparedCostNanoUsd,
  };
}
