import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/** A file by the name that was asked for, and by where its links lead. */
export interface FoundFile {
  readonly named: vscode.Uri;
  readonly uri: vscode.Uri;
}

/**
 * The files that a path from outside may mean in this window, one or several when folders share
 * names: below each workspace folder, and with several
 * folders also with the folder's name in front.
 *
 * A link is followed first: where it ends counts for the workspace and for ignore rules, so that a
 * name inside a folder never opens a file outside.
 *
 * @param segments of a relative path, without any that climb.
 */
export async function findWorkspaceFiles(
  segments: readonly string[],
): Promise<readonly FoundFile[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first, ...below] = segments;
  const candidates = folders.flatMap(({ uri, name }) => [
    vscode.Uri.joinPath(uri, ...segments),
    ...(folders.length > 1 && name === first && below.length > 0
      ? [vscode.Uri.joinPath(uri, ...below)]
      : []),
  ]);
  const found = await Promise.all(
    candidates.map(async (named) => ({ named, uri: await realFile(named) })),
  );
  const files = found.flatMap(({ named, uri }) => (uri ? [{ named, uri }] : []));
  return [...new Map(files.map((file) => [file.uri.toString(), file])).values()];
}

/** The file itself, named as below its workspace folder; null when there is none, or none inside. */
async function realFile(uri: vscode.Uri): Promise<vscode.Uri | null> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return null;
    return uri.scheme === 'file' ? await followLinks(uri) : withoutLink(uri, type);
  } catch {
    // What cannot be looked at cannot be read either.
    return null;
  }
}

/** Of other file systems only the last link shows; where it leads does not. */
function withoutLink(uri: vscode.Uri, type: vscode.FileType): vscode.Uri | null {
  return (type & vscode.FileType.SymbolicLink) === 0 ? uri : null;
}

async function followLinks(uri: vscode.Uri): Promise<vscode.Uri | null> {
  const real = await fs.realpath(uri.fsPath);
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    if (folder.uri.scheme !== 'file') continue;
    const relative = path.relative(await fs.realpath(folder.uri.fsPath), real);
    const isInside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
    if (isInside) return vscode.Uri.joinPath(folder.uri, ...relative.split(path.sep));
  }
  return null;
}
