import path from 'node:path';
import * as vscode from 'vscode';
import { globalStorage } from '../../host/ledgerFiles';
import { filesWith } from '../../support/filesWith';

/** Words that occur nowhere but where each of these is handled. */
export const canaries = {
  selection: 'kakapoInTheSelection',
  fileName: 'tuataraFileName',
  instruction: 'wekaInTheInstruction',
  key: `sk-or-v1-${'c0ffee'.repeat(8)}${'moa'.repeat(5)}`,
};

/** What workers make of the function's name; it is in no text that we send. */
export const answers = ['quokka marmalade', 'Quokka marmalade'];

export const content = [
  canaries.selection,
  canaries.fileName,
  canaries.instruction,
  ...answers,
] as const;

export const canaryCode = `export function quokkaMarmalade(values: readonly number[]): number {
  // TODO: ${canaries.selection}
  let total = 0;
  for (const value of values) { total += value; }
  return   total;
}
`;

/** Opens the code in a file of its own name, all of it selected. */
export async function openCanaryCode(): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The tests need a workspace folder.');
  const uri = vscode.Uri.joinPath(folder.uri, `${canaries.fileName}.ts`);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(canaryCode));
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.selection = new vscode.Selection(0, 0, document.lineCount, 0);
  return editor;
}

/** Where drafts are kept, which hold content until they are applied or discarded. */
export function draftsFolder(userData: string): string {
  return path.join(globalStorage(userData), 'drafts');
}

/**
 * Files with a canary that must not have one: the key in any, content in all but the panel, which is
 * the answer's own place, and drafts.
 */
export function leaks(userData: string): readonly string[] {
  const drafts = draftsFolder(userData) + path.sep;
  const withContent = filesWith(userData, content).filter(
    (file) => !/\d+-Delegate\.log$/.test(file) && !path.join(userData, file).startsWith(drafts),
  );
  return [...withContent, ...filesWith(userData, [canaries.key])];
}

/** Messages to the user that have a canary in them. */
export function leakyMessages(messages: readonly string[]): readonly string[] {
  return messages.filter((text) =>
    [...content, canaries.key].some((canary) => text.includes(canary)),
  );
}
