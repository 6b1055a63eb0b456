import * as vscode from 'vscode';
import { formatUsd } from '../../common/money';
import { pickOne, showForMoment, showInformation } from '../messages/show';
import { taskTitle } from '../messages/taskTitles';
import { closingWords } from '../output/closingWords';
import { readTable } from '../../text/table';
import type { AnswerDocuments, AnswerFormat } from './answerDocuments';
import type { RunAgain } from './runAgain';
import { type PastRun, type RunHistory, answerText, rawText } from './runHistory';

export interface AnswerCommandOptions {
  readonly history: RunHistory;
  readonly documents: AnswerDocuments;
  readonly again: RunAgain;
}

/** All take the id of a run; without it they go by the last one. */
export function createAnswerCommands(options: AnswerCommandOptions): {
  readonly 'delegate.openAnswer': (id?: unknown) => Promise<void>;
  readonly 'delegate.copyAnswer': (id?: unknown) => Promise<void>;
  readonly 'delegate.runAgain': (id?: unknown) => Promise<void>;
  readonly 'delegate.openRun': () => Promise<void>;
} {
  const { history, again } = options;
  return {
    'delegate.openAnswer': async (id) => {
      const run = answered(history, id);
      if (run) await openAnswer(run, options);
    },
    'delegate.copyAnswer': async (id) => {
      const run = answered(history, id);
      if (run) await copyAnswer(run);
    },
    'delegate.runAgain': async (id) => {
      const run = history.find(runId(id)) ?? history.runs[0];
      if (run) await again.ask(run);
      else void showInformation(vscode.l10n.t('Nothing has run in this window yet.'));
    },
    'delegate.openRun': () => openRun(options),
  };
}

/** A menu passes the address of the document that it belongs to. */
function runId(given: unknown): unknown {
  return given instanceof vscode.Uri ? given.authority : given;
}

function answered(history: RunHistory, given: unknown): PastRun | null {
  const run = history.find(runId(given)) ?? history.lastAnswer;
  if (!run) void showInformation(vscode.l10n.t('There is no answer to read in this window yet.'));
  return run;
}

async function openAnswer(run: PastRun, { documents }: AnswerCommandOptions): Promise<void> {
  const format = await pickFormat(run);
  if (format) await documents.open(run, format);
}

/** A list can be read in several ways; a text in one. */
async function pickFormat({ result: { outcome } }: PastRun): Promise<AnswerFormat | null> {
  const { l10n } = vscode;
  if (outcome?.format !== 'json') return 'preview';
  if (!readTable(outcome.value)) return 'json';
  const items: (vscode.QuickPickItem & { readonly format: AnswerFormat })[] = [
    { label: l10n.t('Table'), description: 'Markdown', format: 'preview' },
    { label: 'CSV', description: l10n.t('for spreadsheets'), format: 'csv' },
    { label: 'JSON', format: 'json' },
  ];
  const picked = await pickOne(items, { title: l10n.t('Open answer as') });
  return picked?.format ?? null;
}

async function copyAnswer({ result }: PastRun): Promise<void> {
  await vscode.env.clipboard.writeText(answerText(result) ?? rawText(result));
  showForMoment(vscode.l10n.t('Answer copied'), 3000);
}

/** The runs of this window with what each brought and cost, and what can be done with one. */
async function openRun(options: AnswerCommandOptions): Promise<void> {
  const { l10n } = vscode;
  const { runs } = options.history;
  if (runs.length === 0) {
    void showInformation(l10n.t('Nothing has run in this window yet.'));
    return;
  }
  const picked = await pickOne(
    runs.map((run) => ({
      label: `${taskTitle(run.job.task, l10n)} · ${run.source.location}`,
      description: new Date(run.endedAtMs).toLocaleTimeString(),
      detail: closingWords(run, l10n),
      run,
    })),
    { title: l10n.t('Open run'), placeHolder: l10n.t('Which run? The latest is first.') },
  );
  if (picked) await offerActions(picked.run, options);
}

async function offerActions(run: PastRun, options: AnswerCommandOptions): Promise<void> {
  const { l10n } = vscode;
  const hasAnswer = answerText(run.result) !== null;
  const hasText = rawText(run.result).trim() !== '';
  const action = (
    label: string,
    icon: string,
    act: () => Promise<void>,
  ): vscode.QuickPickItem & { readonly act: () => Promise<void> } => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    act,
  });
  const cost = run.result.record.usage?.costNanoUsd ?? null;
  const picked = await pickOne(
    [
      ...(hasAnswer
        ? [
            action(l10n.t('Open answer'), 'open-preview', () => openAnswer(run, options)),
            action(l10n.t('Copy answer'), 'copy', () => copyAnswer(run)),
          ]
        : []),
      action(l10n.t('Run again with…'), 'debug-rerun', () => options.again.ask(run)),
      ...(hasText
        ? [
            action(l10n.t('Show the answer as it came'), 'file-code', () =>
              options.documents.open(run, 'raw'),
            ),
          ]
        : []),
    ],
    {
      title: `${taskTitle(run.job.task, l10n)} · ${run.source.location}`,
      ...(cost !== null && { placeHolder: formatUsd(cost) }),
    },
  );
  await picked?.act();
}
