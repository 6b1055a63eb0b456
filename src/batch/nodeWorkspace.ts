import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, lstat, open, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from './hash';
import type { WorkspaceEntry, WorkspaceFiles, WriteProblem } from './ports';

/** A workspace folder on the disk. Links are seen as links and never followed. */
export function nodeWorkspace(root: string): WorkspaceFiles {
  const at = (path: string): string => join(root, ...path.split('/'));
  // Windows has no O_NOFOLLOW; there it counts as 0.
  const read = async (path: string): Promise<Buffer | null> => {
    try {
      const file = await open(at(path), constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        return (await file.stat()).isFile() ? await file.readFile() : null;
      } finally {
        await file.close();
      }
    } catch {
      return null;
    }
  };
  return {
    list: async (folder) => {
      const entries = await readdir(at(folder), { withFileTypes: true }).catch(() => []);
      return entries.map((entry): WorkspaceEntry => ({ name: entry.name, kind: kindOf(entry) }));
    },
    size: async (path) => {
      const stats = await lstat(at(path)).catch(() => null);
      return stats?.isFile() === true ? stats.size : null;
    },
    read,
    write: async (path, bytes, expectedHash) => {
      const before = await read(path);
      if (before === null) return 'gone';
      if (hashOf(before) !== expectedHash) return 'changed';
      return replace(at(path), bytes);
    },
  };
}

function kindOf(entry: {
  isSymbolicLink(): boolean;
  isFile(): boolean;
  isDirectory(): boolean;
}): WorkspaceEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

/** Readers see the old file or the new one, never a part: a killed process leaves one of both. */
async function replace(path: string, bytes: Buffer): Promise<WriteProblem | null> {
  const stats = await lstat(path).catch(() => null);
  if (!stats?.isFile()) return 'gone';
  if (!(await isWritable(path))) return 'read-only';
  // A file of several names must stay the file of all of them.
  if (stats.nlink > 1) return attempt(() => writeFile(path, bytes));
  const temporary = `${path}.${randomUUID()}.tmp`;
  const problem = await attempt(async () => {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await chmod(temporary, stats.mode & 0o7777);
    await rename(temporary, path);
  });
  if (problem) await unlink(temporary).catch(() => undefined);
  return problem;
}

/** A folder's permission would let a file be replaced that its owner has protected. */
export async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return ((await lstat(path)).mode & 0o222) !== 0;
  } catch {
    return false;
  }
}

async function attempt(change: () => Promise<void>): Promise<WriteProblem | null> {
  try {
    await change();
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'read-only' : 'failed';
  }
}
