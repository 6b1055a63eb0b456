import { randomUUID } from 'node:crypto';
import {
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchFolder } from '../ports';

/** Only the user may read what a batch keeps: it has code of the workspace in it. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Results are code of the user's: they are not kept for longer than someone may want them. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Removes the folder of a batch that nothing was written to for a month. */
export async function removeOldFolder(root: string, nowMs: number): Promise<void> {
  const stats = await stat(root).catch(() => null);
  if (stats && nowMs - stats.mtimeMs > KEPT_MS) await rm(root, { recursive: true, force: true });
}

/** A batch's folder on the disk; it is made when something is written into it. */
export function nodeFolder(root: string): BatchFolder {
  const path = (name: string): string => join(root, name);
  const make = (): Promise<unknown> => mkdir(root, { recursive: true, mode: FOLDER_MODE });
  return {
    read: (name) => readFile(path(name)).catch(absent(null)),
    append: async (name, bytes) => {
      await make();
      const file = await open(path(name), 'a', FILE_MODE);
      try {
        const { bytesWritten } = await file.write(bytes);
        if (bytesWritten !== bytes.length) throw new Error('The disk took a part of a line only.');
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    replace: async (name, bytes) => {
      await make();
      const temporary = path(`${name}.${randomUUID()}.tmp`);
      try {
        const file = await open(temporary, 'wx', FILE_MODE);
        try {
          await file.writeFile(bytes);
          await file.datasync();
        } finally {
          await file.close();
        }
        await rename(temporary, path(name));
      } catch (error) {
        await unlink(temporary).catch(() => undefined);
        throw error;
      }
    },
    create: async (name, text) => {
      await make();
      try {
        await writeFile(path(name), text, { flag: 'wx', mode: FILE_MODE });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },
    remove: (name) => unlink(path(name)).catch(absent(undefined)),
    list: () => readdir(root).catch(absent([])),
  };
}

/** The value for a file or folder that is not there; other errors stay errors. */
function absent<T>(value: T): (error: unknown) => T {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };
}
