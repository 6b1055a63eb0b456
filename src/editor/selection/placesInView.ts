import * as vscode from 'vscode';
import { DRAFT_SCHEME, SENT_SCHEME } from '../../manifest';
import { cellOf } from './notebookCells';
import type { Place } from './selectionSource';

/** Documents that are shown as text editors and are not the user's own text. */
const NOT_THE_USERS: ReadonlySet<string> = new Set(['output', DRAFT_SCHEME, SENT_SCHEME]);

/** What a task would work on, without asking or opening anything; none when no text is in view. */
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
export function selectedCells(): readonly Place[] {
  const editor = activeEditor();
  const notebookEditor = vscode.window.activeNotebookEditor;
  const cells = (notebookEditor?.selections ?? []).flatMap(
    (range) => notebookEditor?.notebook.getCells(range) ?? [],
  );
  // The editor of one of the selected cells stays active while its neighbours are selected too.
  if (editor && (cells.length < 2 || !cellOf(editor.document))) return [];
  return cells.map(({ document }) => ({ document, selections: [] }));
}

/** The editor in front, or the only one in view when something else has the focus. */
export function editorInView(): vscode.TextEditor | undefined {
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
