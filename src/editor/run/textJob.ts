import * as vscode from 'vscode';
import type { JobSource } from '../selection/jobSource';
import type { Job } from './job';
import type { JobRunner } from './runJob';
import type { FinishedJob } from './jobHooks';

/** Runs a job whose result is text or a document, and shows it. */
export async function runTextJob(
  job: Job,
  source: JobSource,
  options: { readonly runner: JobRunner; readonly start: (next: Job) => Promise<void> },
): Promise<void> {
  const { runner, start } = options;
  const finished = await runner.run(job, source, { rerun: runner.rerunOf(job, start) });
  if (finished) await present(finished);
}

/** Shows a result where it belongs; text is in the panel already. */
async function present({ job, result }: FinishedJob): Promise<void> {
  const { outcome } = result;
  if (!outcome) return;
  const content =
    outcome.format === 'json'
      ? { language: 'json', content: JSON.stringify(outcome.value, null, 2) + '\n' }
      : outcome.format === 'text' && job.task.id === 'extract'
        ? { language: 'markdown', content: outcome.text }
        : null;
  if (!content) return;
  const document = await vscode.workspace.openTextDocument(content);
  await vscode.window.showTextDocument(document);
}
