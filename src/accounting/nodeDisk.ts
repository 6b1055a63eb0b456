import { randomUUID } from 'node:crypto';
import { type FSWatcher, constants, watch } from 'node:fs';
import {
  type FileHandle,
  chmod,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  stat,
  unlink,
  utimes,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DiskFile, LedgerDisk } from './disk';

/** What was spent on which models is nobody else's business, on machines that several people use. */
const OWNERS_ONLY = { recursive: true, mode: 0o700 } as const;
const TEMPORARY = /\.[0-9a-f-]{36}\.tmp$/;
/** On Windows a file that another process reads cannot be replaced for a moment. */
const REPLACE_ATTEMPTS = 6;

/** The real disk, below `root`; folders are made when something is written into them. */
export function nodeDisk(root: string): LedgerDisk {
  const path = (name: string): string => join(root, name);
  closeToOthers(root);
  return {
    size: (name) =>
      ifPresent(
        stat(path(name)).then((stats) => stats.size),
        null,
      ),
    read: (name, start, length) =>
      ifPresent(
        withFile(path(name), constants.O_RDONLY, (file) => readFully(file, start, length)),
        Buffer.alloc(0),
      ),
    readText: (name) => ifPresent(readFile(path(name), 'utf8'), ''),
    append: (name, bytes) =>
      writing(path(name), () =>
        withFile(path(name), constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, (file) =>
          writeOnce(file, bytes, null),
        ),
      ),
    writeAt: (name, position, bytes) =>
      writing(path(name), () =>
        withFile(path(name), constants.O_WRONLY | constants.O_CREAT, (file) =>
          writeOnce(file, bytes, position),
        ),
      ),
    replace: (name, text, touchedAtMs) =>
      writing(path(name), () => replaceFile(path(name), text, touchedAtMs)),
    create: async (name, text) => {
      try {
        await writing(path(name), () => createFile(path(name), text));
        return true;
      } catch (error) {
        if (errorCode(error) === 'EEXIST') return false;
        throw error;
      }
    },
    remove: (name) =>
      ifPresent(
        unlink(path(name)).then(() => true),
        false,
      ),
    touch: (name, atMs) =>
      ifPresent(
        touchFile(path(name), atMs).then(() => true),
        false,
      ),
    list: (folder) => ifPresent(listFolder(path(folder)), []),
    sweep: (folder, beforeMs) => ifPresent(sweepFolder(path(folder), beforeMs), undefined),
    watch: (listener) => watchFolder(root, listener),
  };
}

/** A folder of an earlier version may be open to others; one that is not there yet is made closed. */
function closeToOthers(root: string): void {
  void chmod(root, OWNERS_ONLY.mode).catch(() => undefined);
}

async function withFile<T>(path: string, flags: number, use: (file: FileHandle) => Promise<T>) {
  const file = await open(path, flags, 0o600);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function readFully(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** A second write could land behind another window's line, so a short write is an error. */
async function writeOnce(file: FileHandle, bytes: Buffer, position: number | null): Promise<void> {
  const { bytesWritten } = await file.write(bytes, 0, bytes.length, position);
  if (bytesWritten !== bytes.length) {
    throw Object.assign(new Error('The disk took only part of a write.'), { code: 'ENOSPC' });
  }
}

/** Makes the folder only when it turns out to be missing: nearly always it is there. */
async function writing(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await mkdir(dirname(path), OWNERS_ONLY);
    await write();
  }
}

async function createFile(path: string, text: string): Promise<void> {
  await withFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, (file) =>
    file.writeFile(text),
  );
}

async function touchFile(path: string, atMs: number): Promise<void> {
  await utimes(path, atMs / 1000, atMs / 1000);
}

async function replaceFile(path: string, text: string, touchedAtMs?: number): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await createFile(temporary, text);
    if (touchedAtMs !== undefined) await touchFile(temporary, touchedAtMs);
    await renameOver(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const isBusy = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error));
      if (!isBusy || attempt === REPLACE_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * attempt));
    }
  }
}

async function listFolder(path: string): Promise<DiskFile[]> {
  const files: DiskFile[] = [];
  for (const name of await readdir(path)) {
    if (TEMPORARY.test(name)) continue;
    const stats = await ifPresent(stat(join(path, name)), null);
    if (stats?.isFile()) files.push({ name: basename(name), touchedAtMs: stats.mtimeMs });
  }
  return files;
}

async function sweepFolder(path: string, beforeMs: number): Promise<void> {
  for (const name of await readdir(path)) {
    if (!TEMPORARY.test(name)) continue;
    const stats = await ifPresent(stat(join(path, name)), null);
    if (stats && stats.mtimeMs < beforeMs) await ifPresent(unlink(join(path, name)), undefined);
  }
}

/** Some file systems do not report changes, or not any more; a watcher polls as well. */
function watchFolder(path: string, listener: () => void): () => void {
  let watcher: FSWatcher | null = null;
  let isOver = false;
  const start = async (): Promise<void> => {
    await mkdir(path, OWNERS_ONLY);
    if (isOver) return;
    watcher = watch(path, { persistent: false }, listener);
    watcher.on('error', () => watcher?.close());
    // What changed until now was not seen.
    listener();
  };
  start().catch(() => undefined);
  return () => {
    isOver = true;
    watcher?.close();
  };
}

async function ifPresent<T, U>(result: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await result;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return otherwise;
    throw error;
  }
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
