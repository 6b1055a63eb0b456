import os from 'node:os';
import * as vscode from 'vscode';
import type { BudgetBreach } from '../../accounting/budget/budget';
import { BudgetError, DeclinedError } from '../../accounting/budget/budgetError';
import type { Ledger } from '../../accounting/ledger/ledger';
import type { LedgerDisk } from '../../accounting/disk';
import { type Reservation, Reservations } from '../../accounting/budget/reservations';
import type { Hold } from '../../accounting/budget/hold';
import { systemClock } from '../../common/clock';
import type { DelegateError } from '../../common/delegateError';
import { processExists } from '../../common/processes';
import type { NanoUsd } from '../../common/money';
import type { PlannedRun } from '../../accounting/ledger/entryFromRecord';
import { breachText } from '../messages/budgetText';
import { readPolicy } from '../settings/budgetSettings';
import { showWarning } from '../messages/show';

/** Grants runs against the budgets of all windows, and asks where budgets only warn. */
export class BudgetGate implements vscode.Disposable {
  readonly #reservations: Reservations;

  constructor(ledger: Ledger, disk: LedgerDisk) {
    this.#reservations = new Reservations({
      disk,
      ledger,
      clock: systemClock,
      random: Math.random,
      self: { pid: process.pid, host: os.hostname(), isAlive: processExists },
    });
  }

  /** Accounts for runs of windows that were killed, from now on; the result stops it. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(this.#reservations.watch());
  }

  /** Frees what was reserved for a run whose cost will stay unknown. */
  async release(id: string): Promise<void> {
    await this.#reservations.release(id);
  }

  /** @returns the reservation to settle, or why the run must not be sent. */
  async reserve(
    run: PlannedRun,
    ceilingNanoUsd: NanoUsd | null,
  ): Promise<Reservation | DelegateError> {
    const { verdict, reservation } = await this.#reservations.reserve(
      run,
      ceilingNanoUsd,
      readPolicy(),
    );
    if (!reservation) {
      const [breach] = verdict.kind === 'allow' ? [] : verdict.breaches;
      return breach ? new BudgetError(breach) : new DeclinedError();
    }
    if (verdict.kind === 'warn' && !(await isAccepted(verdict.breaches))) {
      await reservation.settle(null);
      return new DeclinedError();
    }
    return reservation;
  }

  /**
   * Holds the limit of a batch against the budgets of all windows.
   * @returns the hold to release, or why the batch must not begin.
   */
  async hold(batch: PlannedRun, limitNanoUsd: NanoUsd): Promise<Hold | DelegateError> {
    const { verdict, hold } = await this.#reservations.hold(batch, limitNanoUsd, readPolicy());
    if (!hold) {
      const [breach] = verdict.kind === 'allow' ? [] : verdict.breaches;
      return breach ? new BudgetError(breach) : new DeclinedError();
    }
    if (verdict.kind === 'warn' && !(await isAccepted(verdict.breaches))) {
      await hold.release();
      return new DeclinedError();
    }
    return hold;
  }

  dispose(): void {
    this.#reservations.dispose();
  }
}

async function isAccepted(breaches: readonly BudgetBreach[]): Promise<boolean> {
  const run = vscode.l10n.t('Run anyway');
  const answer = await showWarning(
    vscode.l10n.t('This run may exceed a budget.'),
    { modal: true, detail: breaches.map((breach) => breachText(breach, vscode.l10n)).join('\n') },
    run,
  );
  return answer === run;
}
