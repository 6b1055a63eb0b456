import * as vscode from 'vscode';
import { type FileDiff, newFileDiff, splitDiff } from '../../commit/diff';
import { findIgnore } from '../../editor/selection/ignoredFiles';
import { type GitRepository, UNTRACKED } from './gitApi';

/** What a commit is about to hold, without what may not be sent. */
export interface Changes {
  readonly files: readonly FileDiff[];
  /** How many files an ignore file keeps out. */
  readonly ignored: number;
  readonly isStaged: boolean;
}

/** Longer new files are named only. */
const MAX_NEW_FILE_BYTES = 256 * 1024;
/** More untracked files are not a commit but a folder that `.gitignore` forgot. */
const MAX_NEW_FILES = 200;

/** The staged changes, or with nothing staged all of them, new files included. */
export async function changesOf(repository: GitRepository): Promise<Changes> {
  const staged = await repository.diff(true);
  const isStaged = staged.trim() !== '';
  const all = isStaged
    ? splitDiff(staged)
    : [...splitDiff(await repository.diff(false)), ...(await newFiles(repository))];
  const files: FileDiff[] = [];
  for (const file of all) if (await maySend(repository, file)) files.push(file);
  return { files, ignored: all.length - files.length, isStaged };
}

/** Both names of a renamed file count: its old content is in the diff as well. */
async function maySend({ rootUri }: GitRepository, { path, oldPath }: FileDiff): Promise<boolean> {
  for (const each of oldPath === null ? [path] : [path, oldPath]) {
    if (await findIgnore(vscode.Uri.joinPath(rootUri, each))) return false;
  }
  return true;
}

async function newFiles({ rootUri, state }: GitRepository): Promise<readonly FileDiff[]> {
  const untracked = [...state.workingTreeChanges, ...(state.untrackedChanges ?? [])].filter(
    ({ status }) => status === UNTRACKED,
  );
  const unique = new Map(untracked.map(({ uri }) => [uri.toString(), uri]));
  const files = [...unique.values()].slice(0, MAX_NEW_FILES).map(async (uri) => {
    const path = pathBelow(rootUri, uri);
    return path === null ? null : readNewFile(uri, path);
  });
  return (await Promise.all(files)).filter((file) => file !== null);
}

async function readNewFile(uri: vscode.Uri, path: string): Promise<FileDiff | null> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File) return null;
    const bytes = size > MAX_NEW_FILE_BYTES ? null : await vscode.workspace.fs.readFile(uri);
    if (bytes && !bytes.includes(0)) return newFileDiff(path, Buffer.from(bytes).toString('utf8'));
    const text = `diff --git a/${path} b/${path}\nnew file mode 100644\nBinary files differ\n`;
    return { path, oldPath: null, change: 'binary', added: 0, removed: 0, text };
  } catch {
    // Gone since git looked.
    return null;
  }
}

function pathBelow(root: vscode.Uri, uri: vscode.Uri): string | null {
  const folder = root.path.endsWith('/') ? root.path : `${root.path}/`;
  return uri.path.startsWith(folder) ? uri.path.slice(folder.length) : null;
}
