import * as vscode from 'vscode';
import type { Demo } from '../../editor/connection/demo';
import { cellOf } from '../../editor/selection/notebookCells';
import { editorInView, selectedCells } from '../../editor/selection/placesInView';
import type { Place } from '../../editor/selection/selectionSource';
import type { SampleDocument } from './sampleDocument';
import { showInformation } from '../../editor/messages/show';

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
  const answer = await showInformation(
    vscode.l10n.t('Open a file and select the text that the task is for, then run it again.'),
    useSample,
  );
  return answer === useSample ? sample.open() : undefined;
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
