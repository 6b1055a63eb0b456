import * as vscode from 'vscode';
import type { Draft } from '../drafts/draft';
import { relocateRange } from '../drafts/relocate';
import type { DraftDesk } from './draftDesk';

export type DocumentProblem = 'missing' | 'read-only' | 'range-lost';

/** The document a draft belongs to, with the draft's range in it; or why there is none. */
export async function openDraftDocument(
  draft: Draft,
  desk: DraftDesk,
): Promise<
  | { readonly document: vscode.TextDocument; readonly draft: Draft; readonly problem: null }
  | { readonly problem: DocumentProblem }
> {
  const uri = vscode.Uri.parse(draft.documentUri, true);
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    return { problem: 'missing' };
  }
  if (await isReadOnly(uri)) return { problem: 'read-only' };
  if (desk.isDetached(draft.id) || draft.range.state === 'gone') {
    const range = relocateRange(document.getText(), draft);
    if (!range) return { problem: 'range-lost' };
    desk.attach(draft.id, range, document.version);
  }
  // Opening the document may have taken a moment in which it changed.
  const current = desk.find(draft.id);
  return current ? { document, draft: current, problem: null } : { problem: 'missing' };
}

async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    return permissions !== undefined && (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch {
    // A document that is open although its file has gone can still be edited.
    return false;
  }
}
