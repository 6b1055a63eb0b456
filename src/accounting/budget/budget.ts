import type { NanoUsd } from '../../common/money';

/** The budget settings in nano-USD; 0 is off. */
export interface BudgetPolicy {
  readonly perRunNanoUsd: NanoUsd;
  readonly dailyNanoUsd: NanoUsd;
  readonly monthlyNanoUsd: NanoUsd;
  readonly action: 'block' | 'warn';
}

export type BudgetPeriod = 'run' | 'day' | 'month';

/** What counts against the budget of a day or month besides the run in question. */
export interface Spending {
  /** Known costs of runs that ended. */
  readonly spentNanoUsd: NanoUsd;
  /** Ceilings of runs that are under way in any window, or whose cost is still being looked up. */
  readonly reservedNanoUsd: NanoUsd;
}

/** One budget that a run could exceed, with the numbers to say so. */
export interface BudgetBreach {
  readonly period: BudgetPeriod;
  readonly limitNanoUsd: NanoUsd;
  readonly spentNanoUsd: NanoUsd;
  readonly reservedNanoUsd: NanoUsd;
  /** The worst case of the run; null when there are no prices to tell it. */
  readonly ceilingNanoUsd: NanoUsd | null;
  /** The limit that would let the run pass; null when its worst case is unknown. */
  readonly neededLimitNanoUsd: NanoUsd | null;
}

/** `warn` lets the run be sent. Breaches are those of the run first, then day, then month. */
export type BudgetVerdict =
  | { readonly kind: 'allow' }
  | { readonly kind: 'warn' | 'refuse'; readonly breaches: readonly BudgetBreach[] };

/**
 * What a run can cost at most as far as budgets are concerned.
 *
 * Without prices there is no worst case of our own. Then the budget per run takes its place, as it
 * goes out with the request as `max_cost`. When that one is off as well nothing bounds the run.
 */
export function effectiveCeiling(
  ceilingNanoUsd: NanoUsd | null,
  policy: BudgetPolicy,
): NanoUsd | null {
  return ceilingNanoUsd ?? (policy.perRunNanoUsd > 0 ? policy.perRunNanoUsd : null);
}

/**
 * Decides before sending whether a run fits all budgets in its worst case. A run that uses a limit
 * up to the last nano-dollar fits. A run without a ceiling fits only where no budget is on.
 */
export function checkBudget(
  policy: BudgetPolicy,
  ceilingNanoUsd: NanoUsd | null,
  spending: { readonly day: Spending; readonly month: Spending },
): BudgetVerdict {
  const nothing: Spending = { spentNanoUsd: 0, reservedNanoUsd: 0 };
  const ceiling = effectiveCeiling(ceilingNanoUsd, policy);
  const breaches = [
    breachOf({ period: 'run', limitNanoUsd: policy.perRunNanoUsd }, ceiling, nothing),
    breachOf({ period: 'day', limitNanoUsd: policy.dailyNanoUsd }, ceiling, spending.day),
    breachOf({ period: 'month', limitNanoUsd: policy.monthlyNanoUsd }, ceiling, spending.month),
  ].filter((breach) => breach !== null);
  if (breaches.length === 0) return { kind: 'allow' };
  return { kind: policy.action === 'block' ? 'refuse' : 'warn', breaches };
}

function breachOf(
  limit: Pick<BudgetBreach, 'period' | 'limitNanoUsd'>,
  ceilingNanoUsd: NanoUsd | null,
  spending: Spending,
): BudgetBreach | null {
  if (limit.limitNanoUsd <= 0) return null;
  const { spentNanoUsd, reservedNanoUsd } = spending;
  const neededLimitNanoUsd =
    ceilingNanoUsd === null ? null : spentNanoUsd + reservedNanoUsd + ceilingNanoUsd;
  if (neededLimitNanoUsd !== null && neededLimitNanoUsd <= limit.limitNanoUsd) return null;
  return { ...limit, spentNanoUsd, reservedNanoUsd, ceilingNanoUsd, neededLimitNanoUsd };
}
