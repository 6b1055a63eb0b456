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
  const access = await accessTo(uri);
  if (access !== null) return { problem: access };
  if (desk.isDetached(draft.id) || draft.range.state === 'gone') {
    const range = relocateRange(document.getText(), draft);
    if (!range) return { problem: 'range-lost' };
    desk.attach(draft.id, range, document.version);
  }
  // Opening the document may have taken a moment in which it changed.
  const current = desk.find(draft.id);
  return current ? { document, draft: current, problem: null } : { problem: 'missing' };
}

/** Whether the file can be written: a document may be open although its file has gone. */
async function accessTo(uri: vscode.Uri): Promise<'missing' | 'read-only' | null> {
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return null;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return 'read-only';
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) === 0 ? null : 'read-only';
  } catch {
    return 'missing';
  }
}
