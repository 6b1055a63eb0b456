import * as vscode from 'vscode';
import type { Draft } from '../../drafts/draft';
import { relocateRange } from '../../drafts/relocate';
import { type AccessProblem, accessTo } from '../selection/documentAccess';
import type { DraftDesk } from '../../drafts/draftDesk';

export type DocumentProblem = AccessProblem | 'cell-gone' | 'range-lost';

interface Problem {
  readonly problem: DocumentProblem;
}

interface Opened {
  readonly document: vscode.TextDocument;
  readonly draft: Draft;
  readonly problem: null;
}

/** The document a draft belongs to, with the draft's range in it; or why there is none. */
export async function openDraftDocument(draft: Draft, desk: DraftDesk): Promise<Opened | Problem> {
  if (draft.notebookUri !== undefined) {
    return openDraftCell(draft, vscode.Uri.parse(draft.notebookUri, true), desk);
  }
  const uri = vscode.Uri.parse(draft.documentUri, true);
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    return { problem: 'missing' };
  }
  const access = await accessTo(uri, document);
  if (access !== null) return { problem: access };
  if (desk.isDetached(draft.id) || draft.range.state === 'gone') {
    const range = relocateRange(document.getText(), draft);
    if (!range) return { problem: 'range-lost' };
    desk.attach(draft.id, placeIn(document, range));
  }
  // Opening the document may have taken a moment in which it changed.
  const current = desk.find(draft.id);
  return current ? { document, draft: current, problem: null } : { problem: 'missing' };
}

/**
 * A cell's document. The address of a cell holds only while its notebook stays open, so after that
 * the cell is the one whose text is the draft's, provided that there is exactly one.
 */
async function openDraftCell(
  draft: Draft,
  uri: vscode.Uri,
  desk: DraftDesk,
): Promise<Opened | Problem> {
  const notebook = await vscode.workspace.openNotebookDocument(uri).then(undefined, () => null);
  if (!notebook) return { problem: 'missing' };
  const access = await accessTo(uri, notebook.getCells()[0]?.document);
  if (access !== null) return { problem: access };
  const documents = notebook.getCells().map((cell) => cell.document);
  const own = documents.find((document) => document.uri.toString() === draft.documentUri);
  if (own && !desk.isDetached(draft.id) && draft.range.state !== 'gone') {
    return { document: own, draft, problem: null };
  }
  const [found, ...others] = documents.flatMap((document) => {
    const range = relocateRange(document.getText(), draft);
    // Other text between the same neighbours could be another cell's.
    return range?.state === 'untouched' ? [{ document, range }] : [];
  });
  if (!found || others.length > 0) return { problem: own ? 'range-lost' : 'cell-gone' };
  desk.attach(draft.id, placeIn(found.document, found.range));
  const current = desk.find(draft.id);
  return current
    ? { document: found.document, draft: current, problem: null }
    : { problem: 'missing' };
}

function placeIn(
  document: vscode.TextDocument,
  range: Draft['range'],
): Pick<Draft, 'range' | 'documentUri' | 'documentVersion'> {
  return { range, documentUri: document.uri.toString(), documentVersion: document.version };
}
