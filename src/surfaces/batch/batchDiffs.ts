import * as vscode from 'vscode';
import { shown } from '../../common/shown';
import type { BatchFile } from '../../batch/journal/batchState';
import type { BatchSession } from './batchSession';
import { resultUri, sentUri } from './batchUris';

/** The two sides of a file: what was sent, and its result or, once it is applied, the file itself. */
function sides(session: BatchSession, file: BatchFile): readonly [vscode.Uri, vscode.Uri] {
  const right = file.applied ? session.uriOf(file) : resultUri(session, file);
  return [sentUri(session, file), right];
}

/** Opens one file's result as a diff. */
export async function openResult(session: BatchSession, file: BatchFile): Promise<void> {
  const name = file.path.split('/').at(-1) ?? file.path;
  await vscode.commands.executeCommand('vscode.diff', ...sides(session, file), shown(name), {
    preview: true,
  });
}

/** Opens many results in the editor's multi-file diff; nothing when there is none to show. */
export async function openResults(
  session: BatchSession,
  files: readonly BatchFile[],
  title: string,
): Promise<void> {
  const edits = files.filter(({ result }) => result !== '');
  if (edits.length === 0 || !session.makesEdits) return;
  const rows = edits.map((file) => [session.uriOf(file), ...sides(session, file)]);
  await vscode.commands.executeCommand('vscode.changes', shown(title), rows);
}
