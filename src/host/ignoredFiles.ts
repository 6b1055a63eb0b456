import path from 'node:path';
import * as vscode from 'vscode';
import { findIgnoreRule } from '../privacy/ignoreFiles';
import { readLayers } from './settings';

/** Whether an ignore file keeps a document from being sent; then the user is told which rule. */
export async function isIgnored(uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return false;
  const refusal = await findIgnoreRule(path.posix.relative(folder.uri.path, uri.path), {
    names: ignoreFileNames(uri),
    read: (file) => readText(vscode.Uri.joinPath(folder.uri, file)),
  });
  if (!refusal) return false;
  const { ignoreFile, line, rule } = refusal;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('Not sent: line {0} of {1} keeps this file out ({2}).', line, ignoreFile, rule),
  );
  return true;
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
