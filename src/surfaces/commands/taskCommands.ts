import * as vscode from 'vscode';
import type { Demo } from '../../editor/connection/demo';
import { type JobSource, combineSources } from '../../editor/selection/jobSource';
import { takeSelections } from '../../editor/selection/selectionSource';
import { InstructionBox } from './instructionBox';
import { draftEach } from '../../editor/drafts/draftEach';
import type { DraftRunOptions } from '../../editor/drafts/draftRun';
import type { FinishedJob } from '../../editor/run/runView';
import {
  type Job,
  askExtractJob,
  askRefactorJob,
  freeJob,
  isEdit,
  plainJob,
  readJobArguments,
} from './askJob';
import type { JobRunner } from '../../editor/run/runJob';
import type { SampleDocument } from './sampleDocument';
import { placesForTask } from './taskEditor';
import { pickTask } from './taskPicker';

export interface TaskCommandOptions extends DraftRunOptions {
  readonly demo: Demo;
  readonly sample: SampleDocument;
}

/** The commands that run a task on the selection of the active editor. */
export function createTaskCommands(options: TaskCommandOptions): {
  readonly 'delegate.summarizeSelection': () => Promise<void>;
  readonly 'delegate.draftDocstring': () => Promise<void>;
  readonly 'delegate.reformatSelection': () => Promise<void>;
  readonly 'delegate.extractFromSelection': (given?: unknown) => Promise<void>;
  readonly 'delegate.draftRefactor': (given?: unknown) => Promise<void>;
  readonly 'delegate.runTask': (given?: unknown) => Promise<void>;
} {
  const box = new InstructionBox();
  const start = (job: Job | null): Promise<void> => startJob(job, options);
  // Nobody should write an instruction first and hear then that there is no text for it.
  const ask = async (askJob: () => Promise<Job | null>): Promise<void> => {
    if (await placesForTask(options)) await start(await askJob());
  };
  return {
    'delegate.summarizeSelection': () => start(plainJob('summarize')),
    'delegate.draftDocstring': () => start(plainJob('docstring')),
    'delegate.reformatSelection': () => start(plainJob('reformat')),
    'delegate.extractFromSelection': (given) =>
      ask(() => askExtractJob(box, readJobArguments(given))),
    'delegate.draftRefactor': (given) => ask(() => askRefactorJob(box, readJobArguments(given))),
    'delegate.runTask': async (given) => {
      const { instruction } = readJobArguments(given);
      await start(instruction === null ? await pickTask(box) : freeJob(instruction));
    },
  };
}

async function startJob(job: Job | null, options: TaskCommandOptions): Promise<void> {
  if (!job) return;
  const places = await placesForTask(options);
  const sources = places && (await takeSelections(places));
  if (!sources) return;
  if (isEdit(job)) await draftEach(job, sources, options);
  else {
    const restart = (next: Job): Promise<void> => startJob(next, options);
    await runTextJob(job, combineSources(sources), { runner: options.runner, restart });
  }
}

/** Runs a job whose result is text or a document, and shows it. */
export async function runTextJob(
  job: Job,
  source: JobSource,
  options: { readonly runner: JobRunner; readonly restart: (next: Job) => Promise<void> },
): Promise<void> {
  const { runner, restart } = options;
  const finished = await runner.run(job, source, { again: runner.again(job, restart) });
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
