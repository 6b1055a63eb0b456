import path from 'node:path';
import * as vscode from 'vscode';
import { type IgnoreRefusal, findIgnoreRule } from '../../privacy/ignoreFiles';
import { readLayers } from '../settings/settings';

/** The rule of an ignore file that keeps a file from being sent; null when none does. */
export async function findIgnore(uri: vscode.Uri): Promise<IgnoreRefusal | null> {
  const folder = folderOf(uri);
  if (!folder) return null;
  return findIgnoreRule(path.posix.relative(folder.uri.path, uri.path), {
    names: ignoreFileNames(folder.uri),
    read: (file) => readText(vscode.Uri.joinPath(folder.uri, file)),
  });
}

export function ignoredText({ ignoreFile, line, rule }: IgnoreRefusal): string {
  return vscode.l10n.t(
    'Not sent: line {0} of {1} keeps this file out ({2}).',
    line,
    ignoreFile,
    rule,
  );
}

/** Also of a file's other views, such as an older version in a diff: their path is the file's. */
function folderOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  const own = vscode.workspace.getWorkspaceFolder(uri);
  if (own) return own;
  if (uri.scheme === 'untitled') return undefined;
  return vscode.workspace.workspaceFolders?.find(({ uri: folder }) =>
    uri.path.startsWith(`${folder.path}/`),
  );
}

/** A workspace adds names to the user's; it cannot take the user's away. */
function ignoreFileNames(uri: vscode.Uri): readonly string[] {
  const { user, workspace } = readLayers('privacy.ignoreFiles', uri);
  return [...new Set([user, ...workspace].flat())];
}

async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch {
    // Most folders have no ignore file.
    return null;
  }
}
