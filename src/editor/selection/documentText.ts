import type * as vscode from 'vscode';
import type { TextChange } from '../../text/offsets';

/** What an edit changed in a document, in offsets of the text before it. */
export function textChanges({ contentChanges }: vscode.TextDocumentChangeEvent): TextChange[] {
  return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    offset: rangeOffset,
    deletedLength: rangeLength,
    insertedText: text,
  }));
}
