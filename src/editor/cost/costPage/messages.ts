import type { Period } from '../../../accounting/ledger/ledger';
import { asRecord } from '../../../common/json';
import { type RangeId, readRange } from './ranges';

type BudgetPeriod = 'run' | 'day' | 'month';

/** What the page may ask for; anything else that it sends is nothing. */
export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'range'; readonly range: RangeId }
  | { readonly type: 'reset'; readonly period: Period }
  | { readonly type: 'show-all'; readonly period: Period }
  | { readonly type: 'set-budget'; readonly budget: BudgetPeriod }
  | { readonly type: 'export' };

const COUNTERS: readonly Period[] = ['session', 'today', 'month'];
const BUDGETS: readonly BudgetPeriod[] = ['run', 'day', 'month'];

export function readMessage(value: unknown): PageMessage | null {
  const message = asRecord(value);
  const type = message?.['type'];
  switch (type) {
    case 'ready':
    case 'export':
      return { type };
    case 'range':
      return { type, range: readRange(message?.['subject']) };
    case 'reset':
    case 'show-all': {
      const period = COUNTERS.find((counter) => counter === message?.['subject']);
      return period ? { type, period } : null;
    }
    case 'set-budget': {
      const budget = BUDGETS.find((period) => period === message?.['subject']);
      return budget ? { type, budget } : null;
    }
    default:
      return null;
  }
}
