import * as vscode from 'vscode';

/** The one line ending that a document has. */
export function lineEndingOf({ eol }: vscode.TextDocument): '\r\n' | '\n' {
  return eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}
