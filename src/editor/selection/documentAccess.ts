import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { asRecord } from '../../common/json';

/** Why nothing can be written to a document. */
export type AccessProblem = 'missing' | 'read-only';

/**
 * Whether edits of a document could be kept: it may be open although its file has gone, belong to a
 * provider that only shows text, or be made read-only by permissions or by the editor's settings.
 *
 * An edit that an extension makes is taken by the editor in every case, and saving fails then. What
 * the user made read-only for the session alone, no extension can see.
 *
 * @param uri of the file; of a notebook for one of its cells.
 * @param document that the settings' patterns are matched with.
 */
export async function accessTo(
  uri: vscode.Uri,
  document: vscode.TextDocument | undefined,
): Promise<AccessProblem | null> {
  if (uri.scheme === 'untitled') return null;
  // Undefined is a document that a provider shows without any file behind it.
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return 'read-only';
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    if ((permissions & vscode.FilePermission.Readonly) !== 0) return 'read-only';
  } catch {
    return 'missing';
  }
  const isLocked = uri.scheme === 'file' && (await isLockedFile(uri));
  return isLocked || (document && isReadonlyBySettings(uri, document)) ? 'read-only' : null;
}

/** The editor's own file system does not tell permissions. */
async function isLockedFile(uri: vscode.Uri): Promise<boolean> {
  const files = vscode.workspace.getConfiguration('files', uri);
  if (files.get('readonlyFromPermissions') === true) {
    // Then the bits decide, also for a superuser, whom they do not bind.
    const mode = await stat(uri.fsPath).then(
      (stats) => stats.mode,
      () => 0o200,
    );
    if ((mode & 0o200) === 0) return true;
  }
  return access(uri.fsPath, constants.W_OK).then(
    () => false,
    () => true,
  );
}

/** The settings by which the editor shows files as read-only. */
function isReadonlyBySettings(uri: vscode.Uri, document: vscode.TextDocument): boolean {
  const files = vscode.workspace.getConfiguration('files', uri);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const matches = (setting: string): boolean =>
    Object.entries(asRecord(files.get(setting)) ?? {}).some(([glob, isOn]) => {
      if (isOn !== true) return false;
      const patterns = folder ? [glob, new vscode.RelativePattern(folder, glob)] : [glob];
      return patterns.some((pattern) => vscode.languages.match({ pattern }, document) > 0);
    });
  return matches('readonlyInclude') && !matches('readonlyExclude');
}
