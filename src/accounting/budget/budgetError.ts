import { DelegateError } from '../../common/delegateError';
import type { BudgetBreach } from './budget';

/** A run that does not fit a budget in its worst case. Nothing was sent. */
export class BudgetError extends DelegateError {
  readonly code = 'budget-exceeded';
  /** The first budget that it does not fit: of the run, then of the day, then of the month. */
  readonly breach: BudgetBreach;

  constructor(breach: BudgetBreach) {
    super(`The worst case does not fit the budget per ${breach.period}.`);
    this.breach = breach;
  }
}

/** The user was asked before sending and said no. */
export class DeclinedError extends DelegateError {
  readonly code = 'declined';

  constructor() {
    super('The user did not want it sent.');
  }
}
