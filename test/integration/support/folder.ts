import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { poll } from '../../support/poll';

/** The folder that the tests' window has open. */
export function workspaceRoot(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The tests need a workspace folder.');
  return folder.uri;
}

/** Where a file of the workspace is on the disk. */
export function onDisk(name: string): string {
  return path.join(workspaceRoot().fsPath, ...name.split('/'));
}

/** Writes a file of the workspace, and the folders above it. */
export function put(name: string, content: string | Buffer): vscode.Uri {
  mkdirSync(path.dirname(onDisk(name)), { recursive: true });
  writeFileSync(onDisk(name), content);
  return vscode.Uri.file(onDisk(name));
}

/**
 * Shows a document with all of it selected; a file once the editor has the text of the disk: one
 * that had it open before reads it again later, which takes the selection away.
 */
export async function openWhole(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (uri.scheme === 'file') {
    const written = readFileSync(uri.fsPath, 'utf8').replace(/^\uFEFF/, '');
    await poll('the text of the disk', () => document.getText() === written);
  }
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.selection = new vscode.Selection(0, 0, document.lineCount, 0);
  return editor;
}
