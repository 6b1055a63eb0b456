import * as vscode from 'vscode';
import { markdownName } from '../../text/markdownName';
import { csvTable, markdownTable, readTable } from '../../text/table';
import { linkedAnswer } from '../../text/linkedAnswer';
import { ANSWER_SCHEME } from '../../manifest';
import { taskTitle } from '../messages/taskTitles';
import type { FinishedJob } from '../run/jobHooks';
import { answerText, rawText } from './runHistory';

/** What an answer can be opened as. */
export type AnswerFormat = 'preview' | 'markdown' | 'json' | 'csv' | 'raw';

const PREVIEW = 'preview';

const ENDINGS: Readonly<Record<AnswerFormat, string>> = {
  preview: 'md',
  markdown: 'md',
  json: 'json',
  csv: 'csv',
  raw: 'txt',
};

/** Answers as read-only documents with a name of their own: nothing to be saved, nothing dirty. */
export class AnswerDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription = vscode.Disposable.from(
    this.#changed,
    vscode.workspace.registerTextDocumentContentProvider(ANSWER_SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === ANSWER_SCHEME) this.#texts.delete(uri.toString());
    }),
  );

  dispose(): void {
    this.#subscription.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens an answer; as Markdown in the editor's own preview. */
  async open(run: FinishedJob, format: AnswerFormat): Promise<void> {
    await this.show(addressOf(run, format), contentOf(run, format));
  }

  /** Shows a text at an address that `answerAddress` made; in the editor's preview where it says so. */
  async show(uri: vscode.Uri, text: string): Promise<void> {
    this.#texts.set(uri.toString(), text);
    // The same address may be open already, with the text before.
    this.#changed.fire(uri);
    if (uri.query === PREVIEW) {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
      return;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }
}

function addressOf({ job, source, result }: FinishedJob, format: AnswerFormat): vscode.Uri {
  const title = `${taskTitle(job.task, vscode.l10n)} ${source.location}`;
  return answerAddress(result.record.id, title, format);
}

/** @param title becomes the name of a tab, and of a file where it is saved. */
export function answerAddress(id: string, title: string, format: AnswerFormat): vscode.Uri {
  const name = title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim();
  return vscode.Uri.from({
    scheme: ANSWER_SCHEME,
    authority: id,
    path: `/${name}.${ENDINGS[format]}`,
    // The preview shows another text under the same name.
    ...(format === PREVIEW && { query: format }),
  });
}

function contentOf(run: FinishedJob, format: AnswerFormat): string {
  const { outcome } = run.result;
  const table = outcome?.format === 'json' ? readTable(outcome.value) : null;
  switch (format) {
    case 'raw':
      return rawText(run.result);
    case 'csv':
      return table ? csvTable(table) : '';
    case 'json':
    case 'markdown':
      return answerText(run.result) ?? '';
    case 'preview':
      return `${heading(run)}\n\n${table ? linkedTable(run, table) : linkedText(run)}`;
  }
}

function linkedText(run: FinishedJob): string {
  const { selection } = run.source;
  const uri = sourceOf(run);
  const text = answerText(run.result) ?? '';
  if (!uri || run.result.outcome?.format !== 'text') return linkedAnswer(text, null);
  const numbers = selection.lineNumbers;
  return linkedAnswer(text, {
    text: selection.text,
    lineUri: (line) => lineUri(uri, numbers?.[line] ?? selection.startLine + line),
  });
}

/** Lines in a table are the file's own, as the models were shown them. */
function linkedTable(run: FinishedJob, table: NonNullable<ReturnType<typeof readTable>>): string {
  const uri = sourceOf(run);
  return markdownTable(table, (column, value) =>
    uri && column === 'line' && typeof value === 'number' && Number.isInteger(value)
      ? `[${String(value)}](${lineUri(uri, value)})`
      : null,
  );
}

function heading(run: FinishedJob): string {
  const { job, source } = run;
  const uri = sourceOf(run);
  const place = markdownName(source.location);
  const link = uri ? `[${place}](${lineUri(uri, source.selection.startLine)})` : place;
  return `## ${markdownName(taskTitle(job.task, vscode.l10n))} · ${link}`;
}

/** The one file that a run was about; links into several would have to guess. */
function sourceOf({ source: { files } }: FinishedJob): vscode.Uri | null {
  const [only, ...others] = files;
  return only && others.length === 0 ? only : null;
}

/**
 * A link to a line as the editor's preview opens it: it shows no links to files by their whole address,
 * and takes a path from the root for one below the first workspace folder.
 */
function lineUri(uri: vscode.Uri, line: number): string {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  const prefix = root && (root.path.endsWith('/') ? root.path : `${root.path}/`);
  const fragment = `L${String(line)}`;
  if (root?.scheme !== uri.scheme || prefix === undefined || !uri.path.startsWith(prefix)) {
    return uri.with({ fragment }).toString();
  }
  const path = encodeURI(uri.path.slice(prefix.length)).replace(
    /[()#?]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `/${path}#${fragment}`;
}
