import * as vscode from 'vscode';
import type { Demo } from '../../editor/connection/demo';
import { cellOf } from '../../editor/selection/notebookCells';
import type { Place } from '../../editor/selection/selectionSource';
import { DRAFT_SCHEME, SENT_SCHEME } from '../../manifest';
import type { SampleDocument } from './sampleDocument';

/** Documents that are shown as text editors and are no text of the user's. */
const NOT_THE_USERS: ReadonlySet<string> = new Set(['output', DRAFT_SCHEME, SENT_SCHEME]);

export interface TaskEditorOptions {
  readonly demo: Demo;
  readonly sample: SampleDocument;
}

/**
 * What a task works on, with the focus in it: the selected cells of a notebook, or an editor as
 * `editorForTask` finds it.
 *
 * @returns null when there is none; a message was shown.
 */
export async function placesForTask(options: TaskEditorOptions): Promise<readonly Place[] | null> {
  const cells = selectedCells();
  if (cells.length > 0) return cells;
  const editor = await editorForTask(options);
  return editor ? [editor] : null;
}

/**
 * The editor that a task works on: the one in front, or the only one in view when something else
 * has the focus, such as a walkthrough or the output. Without one a sample is opened, in the demo
 * at once, elsewhere after asking.
 */
async function editorForTask({
  demo,
  sample,
}: TaskEditorOptions): Promise<vscode.TextEditor | undefined> {
  const editor = editorInView();
  const isDemo = demo.endpoint !== null;
  const isBlank = editor?.document.getText().trim() === '';
  if (editor && !(isDemo && isBlank)) return inFront(editor);
  if (isDemo) return sample.open();
  const useSample = vscode.l10n.t('Use a sample');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Open a file and select the text that the task is for, then run it again.'),
    useSample,
  );
  return answer === useSample ? sample.open() : undefined;
}

/** The same without asking or opening anything; none when no text is in view. */
export function placesInView(): readonly Place[] {
  const cells = selectedCells();
  const editor = editorInView();
  return cells.length > 0 || !editor ? cells : [editor];
}

/** Whether there is text that a task could work on without a sample. */
export function hasTextInView(): boolean {
  return (editorInView()?.document.getText().trim() ?? '') !== '';
}

/** The cells of the notebook in front, when several are selected or none has the cursor. */
function selectedCells(): readonly Place[] {
  const editor = activeEditor();
  const notebookEditor = vscode.window.activeNotebookEditor;
  const cells = (notebookEditor?.selections ?? []).flatMap(
    (range) => notebookEditor?.notebook.getCells(range) ?? [],
  );
  // The editor of one of the selected cells stays active while its neighbours are selected too.
  if (editor && (cells.length < 2 || !cellOf(editor.document))) return [];
  return cells.map(({ document }) => ({ document, selections: [] }));
}

/**
 * Puts the focus into the text. Results open where it is; and a walkthrough whose button was clicked
 * would take it back from a box that opens right away.
 */
async function inFront(editor: vscode.TextEditor): Promise<vscode.TextEditor> {
  const { document, viewColumn, selections } = editor;
  const isActive = editor === vscode.window.activeTextEditor;
  // To show the document of a cell, or of a side of a comparison, would open it a second time.
  if (isActive || viewColumn === undefined || cellOf(document)) {
    if (isActive) await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    return editor;
  }
  const shown = await vscode.window.showTextDocument(document, { viewColumn });
  shown.selections = selections;
  return shown;
}

function editorInView(): vscode.TextEditor | undefined {
  const active = activeEditor();
  if (active) return active;
  const [only, ...others] = vscode.window.visibleTextEditors.filter(
    ({ document }) => !NOT_THE_USERS.has(document.uri.scheme),
  );
  return others.length === 0 ? only : undefined;
}

function activeEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  return active?.document.uri.scheme === 'output' ? undefined : active;
}
