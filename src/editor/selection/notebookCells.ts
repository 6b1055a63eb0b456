import * as vscode from 'vscode';

/** The cell that a document is the text of; null for documents of their own. */
export function cellOf(document: vscode.TextDocument): vscode.NotebookCell | null {
  const key = document.uri.toString();
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cell = notebook.getCells().find((each) => each.document.uri.toString() === key);
    if (cell) return cell;
  }
  return null;
}

/** Shows a cell in its notebook and selects it. */
export async function showCell({ notebook, index }: vscode.NotebookCell): Promise<void> {
  await vscode.window.showNotebookDocument(notebook, {
    selections: [new vscode.NotebookRange(index, index + 1)],
  });
}
