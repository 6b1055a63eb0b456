import os from 'node:os';
import * as vscode from 'vscode';
import type { BudgetBreach, BudgetPolicy } from '../accounting/budget';
import type { Ledger } from '../accounting/ledger';
import { nodeDisk } from '../accounting/nodeDisk';
import { type Reservation, Reservations } from '../accounting/reservations';
import { RunFiles } from '../accounting/runFiles';
import { systemClock } from '../common/clock';
import { DelegateError } from '../common/delegateError';
import { NANO_PER_USD, formatUsd } from '../common/money';
import { processExists } from '../common/processes';
import type { PreparedRun } from '../delegation/prepare';
import type { RunRequest } from '../delegation/run';
import { readSetting } from './settings';

/** A run that does not fit a budget in its worst case. Nothing was sent. */
export class BudgetError extends DelegateError {
  readonly code = 'budget-exceeded';
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

/** Grants runs against the budgets of all windows, and asks where budgets only warn. */
export class BudgetGate implements vscode.Disposable {
  readonly #reservations: Reservations;

  constructor(ledger: Ledger, ledgerFolder: vscode.Uri) {
    this.#reservations = new Reservations({
      files: new RunFiles(nodeDisk(ledgerFolder.fsPath)),
      ledger,
      clock: systemClock,
      random: Math.random,
      self: { pid: process.pid, host: os.hostname(), isAlive: processExists },
    });
  }

  /** Accounts for runs of windows that were killed. */
  async recover(): Promise<void> {
    await this.#reservations.recover();
  }

  /** Frees what was reserved for a run whose cost will stay unknown. */
  async release(id: string): Promise<void> {
    await this.#reservations.release(id);
  }

  /** @returns the reservation to settle, or why the run must not be sent. */
  async reserve(
    request: RunRequest,
    prepared: PreparedRun,
    context: { readonly isDemo: boolean; readonly startedAtMs: number },
  ): Promise<Reservation | DelegateError> {
    const { verdict, reservation } = await this.#reservations.reserve(
      {
        id: request.id,
        route: request.task.id,
        protocol: request.settings.protocol,
        routing: prepared.routing,
        orchestratorModel: request.settings.orchestratorModel,
        workerModel: request.settings.workerModel,
        didEnableDelegation: prepared.routing === 'delegated',
        startedAtMs: context.startedAtMs,
        directEstimateNanoUsd: prepared.directEstimateNanoUsd,
        demo: context.isDemo,
      },
      prepared.estimate?.ceilingNanoUsd ?? null,
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

  dispose(): void {
    this.#reservations.dispose();
  }
}

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

/** What a budget says about a run, in one sentence with its numbers. */
export function breachText(breach: BudgetBreach): string {
  const { l10n } = vscode;
  const ceiling =
    breach.ceilingNanoUsd === null ? l10n.t('unknown') : formatUsd(breach.ceilingNanoUsd);
  const limit = formatUsd(breach.limitNanoUsd);
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
        formatUsd(breach.spentNanoUsd + breach.reservedNanoUsd),
      );
    case 'month':
      return l10n.t(
        'In the worst case this run costs {0}; of the monthly budget of {1}, {2} are spent or reserved.',
        ceiling,
        limit,
        formatUsd(breach.spentNanoUsd + breach.reservedNanoUsd),
      );
  }
}

async function isAccepted(breaches: readonly BudgetBreach[]): Promise<boolean> {
  const run = vscode.l10n.t('Run anyway');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('This run may exceed a budget.'),
    { modal: true, detail: breaches.map(breachText).join('\n') },
    run,
  );
  return answer === run;
}
