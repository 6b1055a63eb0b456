import path from 'node:path';
import * as vscode from 'vscode';
import type { Draft } from '../../drafts/draft';
import type { DraftDesk } from '../../drafts/draftDesk';
import { DRAFT_SCHEME, SENT_SCHEME } from '../../manifest';
import { partLanguage } from '../selection/partLanguages';

/** The addresses of a draft's two sides. */
export interface DraftSides {
  /** The text as it was sent. */
  readonly sent: vscode.Uri;
  readonly draft: vscode.Uri;
}

/** The right side of a draft's diff, editable; its name has the document's ending, for colours. */
export function draftUri(draft: Draft): vscode.Uri {
  return sideUri(DRAFT_SCHEME, draft);
}

export function draftSides(draft: Draft): DraftSides {
  return { sent: sideUri(SENT_SCHEME, draft), draft: draftUri(draft) };
}

function sideUri(scheme: string, draft: Draft): vscode.Uri {
  const file = draft.notebookUri ?? draft.documentUri;
  const name = path.posix.basename(vscode.Uri.parse(file).path) || 'draft';
  // With a notebook's ending the editor would compare notebooks and not texts.
  const isNotebook = draft.notebookUri !== undefined || name.endsWith('.ipynb');
  // From its first moment a part has a name by which the editor does not check it.
  const isUnchecked = sideLanguage(draft) !== draft.languageId;
  const ending = isNotebook ? ' cell' : isUnchecked ? ' part' : '';
  // Not in the path, which the editor shows above the text.
  const authority = draft.id;
  return vscode.Uri.from({ scheme, authority, path: `/${name}${ending}` });
}

/** The language of both sides of a draft's diff. */
export function sideLanguage({ languageId, isPart }: Draft): string {
  return isPart ? partLanguage(languageId) : languageId;
}

/** @returns the draft's id; null for other addresses. */
export function draftIdOf(uri: vscode.Uri): string | null {
  if (uri.scheme !== DRAFT_SCHEME && uri.scheme !== SENT_SCHEME) return null;
  return uri.authority === '' ? null : uri.authority;
}

/** The file that a side of a draft's diff shows; null for other addresses. */
export function draftOrigin(uri: vscode.Uri, desk: DraftDesk): vscode.Uri | null {
  const id = draftIdOf(uri);
  const draft = id === null ? null : desk.find(id);
  return draft && vscode.Uri.parse(draft.notebookUri ?? draft.documentUri);
}

/** The open document of a draft's right side, as the editor last told of it. */
export function rightDocument(id: string): vscode.TextDocument | null {
  const isRight = ({ uri }: vscode.TextDocument): boolean =>
    uri.scheme === DRAFT_SCHEME && uri.authority === id;
  return vscode.workspace.textDocuments.find(isRight) ?? null;
}
