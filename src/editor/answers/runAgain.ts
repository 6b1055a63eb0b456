import * as vscode from 'vscode';
import type { Connections } from '../connection/connections';
import { pickModel } from '../connection/modelCommands';
import { draftEach } from '../drafts/draftEach';
import type { DraftRunOptions } from '../drafts/draftRun';
import { askText, pickOne, showInformation } from '../messages/show';
import { taskTitle } from '../messages/taskTitles';
import { type Job, type JobChanges, isEdit } from '../run/job';
import { documentSymbols } from '../selection/documentSymbols';
import type { JobSource } from '../selection/jobSource';
import { type SelectionSource, sourceAt } from '../selection/selectionSource';
import type { SyntaxService } from '../../syntax/syntax';
import type { AnswerDocuments } from './answerDocuments';
import type { PastRun } from './runHistory';
import { runTextJob } from './textJob';

export interface RunAgainOptions extends DraftRunOptions {
  readonly connections: Connections;
  readonly documents: AnswerDocuments;
}

interface ChangeItem extends vscode.QuickPickItem {
  /** @returns null when the user closed a box. */
  readonly job: () => Job | Promise<Job | null>;
}

/** Runs a job of this window once more on the same text, with a change that the user picks. */
export class RunAgain {
  readonly #options: RunAgainOptions;

  constructor(options: RunAgainOptions) {
    this.#options = options;
  }

  async ask({ job, source, result }: PastRun): Promise<void> {
    const { l10n } = vscode;
    const { record } = result;
    const change = (changes: JobChanges): Job => ({
      ...job,
      changes: { ...job.changes, ...changes },
    });
    const items: ChangeItem[] = [
      {
        label: l10n.t('Another worker model…'),
        description: record.workerModel,
        job: () => this.#withModel('workerModel', change),
      },
      {
        label: l10n.t('Another orchestrator model…'),
        description: record.orchestratorModel,
        job: () => this.#withModel('orchestratorModel', change),
      },
      ...routeItems(record.routing, change),
      ...(job.instruction === null
        ? []
        : [{ label: l10n.t('Other words…'), job: () => withOtherWords(job) }]),
      { label: l10n.t('No change'), job: () => job },
    ];
    const picked = await pickOne(items, {
      title: l10n.t('Run again with'),
      placeHolder: `${taskTitle(job.task, l10n)} · ${source.location}`,
    });
    const next = await picked?.job();
    if (next) await this.#start({ ...next, isFresh: true }, source);
  }

  async #withModel(
    setting: 'workerModel' | 'orchestratorModel',
    change: (changes: JobChanges) => Job,
  ): Promise<Job | null> {
    const { catalog } = await this.#options.connections.open();
    const title =
      setting === 'workerModel'
        ? vscode.l10n.t('Select worker model')
        : vscode.l10n.t('Select orchestrator model');
    const model = await pickModel({ setting, title }, catalog);
    return model === null ? null : change({ [setting]: model });
  }

  async #start(job: Job, source: JobSource): Promise<void> {
    const { runner, documents, syntax } = this.#options;
    if (isEdit(job)) {
      const fresh =
        'document' in source ? await freshSource(source as SelectionSource, syntax) : null;
      if (fresh) await draftEach(job, [fresh], this.#options);
      else {
        void showInformation(
          vscode.l10n.t('The text has changed since. Select it and run the task again.'),
        );
      }
      return;
    }
    const start = (next: Job): Promise<void> => this.#start(next, source);
    await runTextJob(job, source, { runner, documents, start });
  }
}

function routeItems(
  taken: PastRun['result']['record']['routing'],
  change: (changes: JobChanges) => Job,
): ChangeItem[] {
  const { l10n } = vscode;
  const routes = [
    { routing: 'delegated', label: l10n.t('With a worker') },
    { routing: 'direct', label: l10n.t('Without a worker') },
    { routing: 'worker-first', label: l10n.t('The worker alone first') },
  ] as const;
  return routes
    .filter(({ routing }) => routing !== taken)
    .map(({ routing, label }) => ({ label, job: () => change({ routing }) }));
}

async function withOtherWords(job: Job): Promise<Job | null> {
  const instruction = await askText({
    title: taskTitle(job.task, vscode.l10n),
    prompt: vscode.l10n.t('What should be done with the same text?'),
    value: job.instruction ?? '',
    ignoreFocusOut: true,
  });
  if (instruction === undefined || instruction.trim() === '') return null;
  return { ...job, instruction };
}

/** The same text where it stands now; null when it is not there exactly once. */
async function freshSource(
  source: SelectionSource,
  syntax: SyntaxService,
): Promise<SelectionSource | null> {
  const document = await vscode.workspace.openTextDocument(source.uri).then(undefined, () => null);
  if (!document) return null;
  if (document === source.document && document.version === source.version) return source;
  const { text } = source.selection;
  const all = document.getText();
  const start = all.indexOf(text);
  if (start < 0 || all.includes(text, start + 1)) return null;
  const range = new vscode.Range(
    document.positionAt(start),
    document.positionAt(start + text.length),
  );
  return sourceAt(document, range, await documentSymbols(document, syntax));
}
