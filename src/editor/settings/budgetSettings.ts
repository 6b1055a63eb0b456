import type { BudgetPolicy } from '../../accounting/budget/budget';
import { NANO_PER_USD } from '../../common/money';
import { readSetting } from './settings';

/** The budget settings in nano-USD. */
export function readPolicy(): BudgetPolicy {
  const nano = (key: 'budget.perRun' | 'budget.daily' | 'budget.monthly'): number =>
    Math.round(readSetting(key) * NANO_PER_USD);
  return {
    perRunNanoUsd: nano('budget.perRun'),
    dailyNanoUsd: nano('budget.daily'),
    monthlyNanoUsd: nano('budget.monthly'),
    action: readSetting('budget.action'),
  };
}
