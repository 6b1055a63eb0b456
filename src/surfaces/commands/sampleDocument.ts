import * as vscode from 'vscode';
import { SAMPLE_CODE } from './sampleCode';

/** The one sample document of a window, opened when a task has no text to work on. */
export class SampleDocument {
  #uri: vscode.Uri | null = null;

  /**
   * Shows the sample, the same one again while it is open, with its functions selected; beside what
   * is open, such as a walkthrough.
   */
  async open(): Promise<vscode.TextEditor> {
    const document = this.#opened() ?? (await createBlank());
    this.#uri = document.uri;
    const editor = await vscode.window.showTextDocument(document, {
      preview: false,
      viewColumn: isGroupTaken() ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    });
    if (document.getText().trim() === '') await fill(editor);
    const start = document.getText().indexOf('function ');
    if (editor.selection.isEmpty && start >= 0) {
      const end = document.positionAt(document.getText().trimEnd().length);
      editor.selection = new vscode.Selection(document.positionAt(start), end);
    }
    return editor;
  }

  #opened(): vscode.TextDocument | undefined {
    const uri = this.#uri?.toString();
    return vscode.workspace.textDocuments.find(
      (document) => !document.isClosed && document.uri.toString() === uri,
    );
  }
}

/** Whether something other than text is in front; a text editor there is blank. */
function isGroupTaken(): boolean {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  return activeTab !== undefined && !(activeTab.input instanceof vscode.TabInputText);
}

/** Blank until it is shown: VS Code opens a tab of its own for text that no editor shows yet. */
async function createBlank(): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ language: 'typescript' });
}

async function fill(editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  const all = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  await editor.edit((edit) => edit.replace(all, SAMPLE_CODE));
  editor.selection = new vscode.Selection(0, 0, 0, 0);
}
