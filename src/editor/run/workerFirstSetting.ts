import * as vscode from 'vscode';
import { asRecord } from '../../common/json';
import { type NanoUsd, formatUsd } from '../../common/money';
import { showForMoment, showInformation } from '../messages/show';
import { taskTitle } from '../messages/taskTitles';
import type { FinishedJob } from './jobHooks';

/** What the user can have from now on, as a button. */
export function workerFirstTitle(): string {
  return vscode.l10n.t('Ask the worker first from now on');
}

/** Says what worker first would have cost, with a button that sets it for the task. */
export async function offerWorkerFirst(
  { job, result }: FinishedJob,
  nanoUsd: NanoUsd,
): Promise<void> {
  const button = workerFirstTitle();
  const message = vscode.l10n.t(
    '{0}: this machine can prove the result. With the worker asked first it would have cost about {1}, not {2}.',
    taskTitle(job.task, vscode.l10n),
    formatUsd(nanoUsd),
    formatUsd(result.record.usage?.costNanoUsd ?? 0),
  );
  if ((await showInformation(message, button)) === button) await setWorkerFirst(job.task.id);
}

/** Sets the route for one task in the user's settings; what else is set for it stays. */
export async function setWorkerFirst(taskId: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('delegate');
  const tasks = asRecord(settings.inspect('tasks')?.globalValue) ?? {};
  const own = asRecord(tasks[taskId]) ?? {};
  await settings.update(
    'tasks',
    { ...tasks, [taskId]: { ...own, routing: 'worker-first' } },
    vscode.ConfigurationTarget.Global,
  );
  showForMoment(vscode.l10n.t('Set in delegate.tasks: the worker is asked first'), 5000);
}
