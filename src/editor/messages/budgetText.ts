import type { BudgetBreach } from '../../accounting/budget/budget';
import { formatUsd } from '../../common/money';
import type { Localization } from '../../common/translate';

/** What a budget says about a run, in one sentence with its numbers. */
export function breachText(breach: BudgetBreach, l10n: Localization): string {
  const ceiling =
    breach.ceilingNanoUsd === null ? l10n.t('unknown') : formatUsd(breach.ceilingNanoUsd);
  const limit = formatUsd(breach.limitNanoUsd);
  const taken = formatUsd(breach.spentNanoUsd + breach.reservedNanoUsd);
  switch (breach.period) {
    case 'run':
      return l10n.t(
        'In the worst case this run costs {0}; the budget per run is {1}.',
        ceiling,
        limit,
      );
    case 'day':
      return l10n.t(
        'In the worst case this run costs {0}; of the daily budget of {1}, {2} are spent or reserved.',
        ceiling,
        limit,
        taken,
      );
    case 'month':
      return l10n.t(
        'In the worst case this run costs {0}; of the monthly budget of {1}, {2} are spent or reserved.',
        ceiling,
        limit,
        taken,
      );
  }
}
