import * as vscode from 'vscode';
import { DeclinedError } from '../../accounting/budget/budgetError';
import type { Hold } from '../../accounting/budget/hold';
import { type Batch, type BatchEnd, type BatchPlan, planProblem } from '../../batch/batch';
import { ledgerAccounts, heldRun } from '../../batch/books';
import type { BatchEvent } from '../../batch/events';
import { systemClock } from '../../common/clock';
import { DelegateError } from '../../common/delegateError';
import type { Connection } from '../../editor/connection/connections';
import { showProblem } from '../../editor/connection/connectionProblem';
import { showError } from '../../editor/messages/errorActions';
import {
  showErrorWords,
  showInformation,
  showProgress,
  showWarning,
} from '../../editor/messages/show';
import { taskTitle } from '../../editor/messages/taskTitles';
import { findBadSetting } from '../../editor/settings/runSettings';
import { readSetting } from '../../editor/settings/settings';
import { type BatchHooks, type BatchParts, coreBatch } from './batchParts';
import { ProgressTeller } from './batchProgress';
import { batchDecisions } from './batchQuestions';
import type { BatchActivity, BatchSession } from './batchSession';
import { tooLittle } from './planPage';

/** A batch that can be planned: the core's with the connection that it goes by. */
export interface PlannedBatch {
  readonly batch: Batch;
  readonly plan: BatchPlan;
  readonly connection: Connection;
}

/**
 * Finds and prices what is to be done; nothing is sent.
 *
 * @returns null when it cannot be, or was cancelled; the user was told.
 */
export async function planBatch(
  session: BatchSession,
  parts: BatchParts,
): Promise<PlannedBatch | null> {
  const { l10n } = vscode;
  const connection = await connectionFor(session, parts);
  if (!connection) return null;
  const title = l10n.t('Delegate: {0}', taskTitle(session.job.task, l10n));
  return showProgress(title, async (say, token) => {
    let found = 0;
    const onFile = (): void => {
      if (token.isCancellationRequested) throw new DeclinedError();
      found += 1;
      if (found % 100 === 1) say(l10n.t('looks at files: {0}', found));
    };
    try {
      const batch = await coreBatch(session, connection, { ...parts, onFile });
      return { batch, plan: await batch.plan(), connection };
    } catch (error) {
      if (error instanceof DeclinedError) return null;
      throw error;
    }
  });
}

async function connectionFor(
  { job, root, ticket }: BatchSession,
  { connections }: BatchParts,
): Promise<Connection | null> {
  const { l10n } = vscode;
  const refusal = findBadSetting(job.task.id, root);
  if (refusal) {
    void showError(refusal);
    return null;
  }
  if (readSetting('worker.baseUrl').trim() !== '' && !ticket.isDemo) {
    void showWarning(
      l10n.t(
        'Nothing was sent: a batch cannot ask the worker at {0} yet. Clear that setting to run it through OpenRouter.',
        'delegate.worker.baseUrl',
      ),
    );
    return null;
  }
  const connection = await connections.openWithKey();
  if ('kind' in connection) {
    await showProblem(connection);
    return null;
  }
  if (connection.isDemo === ticket.isDemo) return connection;
  void showInformation(
    ticket.isDemo
      ? l10n.t('This batch was begun in the offline demo. Start the demo to go on with it.')
      : l10n.t('This batch was begun with your account. Stop the offline demo to go on with it.'),
  );
  return null;
}

/**
 * Does what is to be done of a batch, with progress, until all is or the user stops it.
 *
 * @returns null when it was refused before anything was sent; the user was told.
 */
export async function produceBatch(
  session: BatchSession,
  planned: PlannedBatch,
  parts: BatchParts,
): Promise<BatchEnd | null> {
  const refusal = refusalOf(session, planned.plan);
  if (refusal !== null) {
    void showWarning(refusal);
    return null;
  }
  const hold = await holdLimit(session, planned, parts);
  if (!hold) return null;
  const controller = new AbortController();
  const activity = session.begin(() => controller.abort());
  try {
    const title = vscode.l10n.t('Delegate: {0}', taskTitle(session.job.task, vscode.l10n));
    return await showProgress(title, async (say, token) => {
      token.onCancellationRequested(() => controller.abort());
      const observe = observer(session, activity, say);
      const decisions = batchDecisions(session, activity, controller.signal);
      const hooks: BatchHooks = { decisions, observe };
      const batch = await coreBatch(session, planned.connection, { ...parts, ...hooks });
      const accounts = ledgerAccounts({
        hold,
        job: session.job,
        isDemo: session.ticket.isDemo,
        onEntry: (entry) => parts.book.note(entry),
        onLedgerProblem: () => parts.book.warnOfLedger(),
      });
      activity.settleBill = (run, cost) => batch.settleBill(run, cost);
      return await batch.produce(accounts, controller.signal);
    });
  } catch (error) {
    // The journal, or a result, could not be written: nothing more is sent then.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === '') throw error;
    void showErrorWords(
      vscode.l10n.t(
        'The batch stopped, because the disk did not take its results ({0}). Free some space; Open batch… goes on.',
        code,
      ),
    );
    return null;
  } finally {
    await hold.release();
    session.end();
  }
}

/** Why a plan must not begin; null when it may. */
function refusalOf(session: BatchSession, plan: BatchPlan): string | null {
  switch (planProblem(plan, session.spentNanoUsd)) {
    case null:
      return null;
    case 'no-prices':
      return vscode.l10n.t(
        'Nothing was sent: the price of a model is not known, so nothing would bound the cost.',
      );
    case 'over-limit':
      return tooLittle(session, plan);
  }
}

async function holdLimit(
  session: BatchSession,
  { connection }: PlannedBatch,
  { budget }: BatchParts,
): Promise<Hold | null> {
  const { job, ticket, spentNanoUsd } = session;
  const hold = await budget.hold(
    heldRun(job, ticket.id, {
      startedAtMs: systemClock.now(),
      project: job.settings.project ?? '',
      demo: connection.isDemo,
    }),
    Math.max(0, ticket.choices.limitNanoUsd - spentNanoUsd),
  );
  if (!(hold instanceof DelegateError)) return hold;
  if (!(hold instanceof DeclinedError)) void showError(hold);
  return null;
}

function observer(
  session: BatchSession,
  activity: BatchActivity,
  say: (message: string) => void,
): (event: BatchEvent) => void {
  const teller = new ProgressTeller(say);
  return (event) => {
    if (event.type === 'calibrating') {
      activity.isLearning = true;
      say(vscode.l10n.t('learns from {0} files first', event.files));
    } else {
      activity.isLearning = false;
      activity.progress = event.progress;
      teller.tell(event.progress, session.ticket.isDemo);
    }
    session.touch();
  };
}
