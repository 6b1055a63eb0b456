import * as vscode from 'vscode';
import { readTable } from '../../text/table';
import { showInformation } from '../messages/show';
import { taskTitle } from '../messages/taskTitles';
import type { Job } from '../run/job';
import type { FinishedJob } from '../run/jobHooks';
import type { JobRunner } from '../run/runJob';
import type { JobSource } from '../selection/jobSource';
import type { AnswerDocuments } from './answerDocuments';

export interface TextJobOptions {
  readonly runner: JobRunner;
  readonly documents: AnswerDocuments;
  /** Starts the job once more with a change, as from an error's actions. */
  readonly start: (next: Job) => Promise<void>;
}

/** Runs a job whose result is text or a document, and shows it. */
export async function runTextJob(
  job: Job,
  source: JobSource,
  { runner, documents, start }: TextJobOptions,
): Promise<void> {
  const finished = await runner.run(job, source, { rerun: runner.rerunOf(job, start) });
  if (finished) await present(finished, documents);
}

/** Shows a result where it belongs; text is in the panel already. */
async function present(finished: FinishedJob, documents: AnswerDocuments): Promise<void> {
  const { job, source, result } = finished;
  const { outcome } = result;
  if (outcome?.format === 'json' && readTable(outcome.value)?.rows.length === 0) {
    const what = `${taskTitle(job.task, vscode.l10n)} · ${source.location}`;
    void showInformation(vscode.l10n.t('{0}: none found', what));
  } else if (outcome?.format === 'file') {
    const { languageId: language } = source.selection;
    const document = await vscode.workspace.openTextDocument({ language, content: outcome.text });
    await vscode.window.showTextDocument(document, { preview: false });
  } else if (outcome?.format === 'json') await documents.open(finished, 'json');
  else if (outcome && job.task.id === 'extract') await documents.open(finished, 'markdown');
}
