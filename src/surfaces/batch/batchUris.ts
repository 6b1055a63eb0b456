import * as vscode from 'vscode';
import type { BatchFile } from '../../batch/journal/batchState';
import { BATCH_SCHEME } from '../../manifest';
import type { BatchSession } from './batchSession';

/** Query of what was sent; a result has none. Both have the file's name, for colours and tabs. */
const SENT = 'sent';

/** The result of a file, which can be edited until it is applied. */
export function resultUri({ id }: BatchSession, { path }: BatchFile): vscode.Uri {
  return vscode.Uri.from({ scheme: BATCH_SCHEME, authority: id, path: `/${path}` });
}

/** The text that a file's result is made from. */
export function sentUri(session: BatchSession, file: BatchFile): vscode.Uri {
  return resultUri(session, file).with({ query: SENT });
}

/** What an address stands for; null for other addresses. */
export function placeOf(
  uri: vscode.Uri,
): { readonly id: string; readonly path: string; readonly isSent: boolean } | null {
  if (uri.scheme !== BATCH_SCHEME) return null;
  return { id: uri.authority, path: uri.path.slice(1), isSent: uri.query === SENT };
}
