import * as vscode from 'vscode';
import type { IndentationStyle } from '../../text/indentation';

/**
 * How the editor that shows a document indents it: what it has found in the file, or else what is
 * set. Null where no editor shows it, since nothing is found then.
 */
export function editorIndentation(document: vscode.TextDocument): IndentationStyle | null {
  const { visibleTextEditors } = vscode.window;
  const editor = visibleTextEditors.find((each) => each.document === document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  return typeof insertSpaces === 'boolean' && typeof tabSize === 'number'
    ? { insertSpaces, tabSize }
    : null;
}
