import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, delay } from '../common/clock';
import type { DraftStorage } from './draftStore';

const TEMPORARY_SUFFIX = '.tmp';
/** A temporary file this old belongs to a write that a crash cut off. */
const TEMPORARY_MAX_AGE_MS = 60 * 60 * 1000;
const RENAME_ATTEMPTS = 5;

/**
 * Drafts as files of one folder, readable by the user alone.
 *
 * A text is written to a temporary file, flushed, and renamed over the old one.
 */
export class FileDraftStorage implements DraftStorage {
  readonly #folder: string;
  readonly #clock: Clock;

  /** @param folder is made when it is first needed. */
  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  async list(): Promise<string[]> {
    const names = await ifThere(readdir(this.#folder));
    if (!names) return [];
    const temporary = names.filter((name) => name.endsWith(TEMPORARY_SUFFIX));
    await Promise.all(temporary.map((name) => this.#sweep(name)));
    return names.filter((name) => !name.endsWith(TEMPORARY_SUFFIX));
  }

  async read(name: string): Promise<string | null> {
    return ifThere(readFile(join(this.#folder, name), 'utf8'));
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.#folder, `${name}.${randomUUID()}${TEMPORARY_SUFFIX}`);
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(text, 'utf8');
        // Without this a power cut after the rename can leave an empty file under the final name.
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#rename(temporary, join(this.#folder, name));
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
  }

  async delete(name: string): Promise<boolean> {
    return (await ifThere(unlink(join(this.#folder, name)).then(() => true))) ?? false;
  }

  /** On Windows a rename fails for as long as a virus scanner or a reader holds the old file. */
  async #rename(from: string, to: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await rename(from, to);
        return;
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if ((code !== 'EPERM' && code !== 'EACCES') || attempt === RENAME_ATTEMPTS) throw error;
        await delay(this.#clock, attempt * 20);
      }
    }
  }

  async #sweep(name: string): Promise<void> {
    const path = join(this.#folder, name);
    const stats = await ifThere(stat(path));
    if (stats && this.#clock.now() - stats.mtimeMs > TEMPORARY_MAX_AGE_MS) {
      await ifThere(unlink(path));
    }
  }
}

/** The value, or null when the file or folder does not exist. */
async function ifThere<Value>(operation: Promise<Value>): Promise<Value | null> {
  try {
    return await operation;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
