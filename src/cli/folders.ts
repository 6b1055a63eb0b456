import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { removeOldFolder } from '../batch/journal/nodeFolder';

/** Where batches and the ledger are kept: never in a workspace. */
export interface Folders {
  /** Journals and results; may be removed without loss once a batch is done. */
  readonly cache: string;
  readonly ledger: string;
}

export function foldersOf(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): Folders {
  const own = environment['DELEGATE_BATCH_HOME'];
  if (own !== undefined && own !== '')
    return { cache: join(own, 'cache'), ledger: join(own, 'ledger') };
  const home = homedir();
  if (platform === 'win32') {
    const base = environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
    return {
      cache: join(base, 'delegate-batch', 'cache'),
      ledger: join(base, 'delegate-batch', 'ledger'),
    };
  }
  if (platform === 'darwin') {
    const library = join(home, 'Library');
    return {
      cache: join(library, 'Caches', 'delegate-batch'),
      ledger: join(library, 'Application Support', 'delegate-batch', 'ledger'),
    };
  }
  const cache = environment['XDG_CACHE_HOME'] ?? join(home, '.cache');
  const state = environment['XDG_STATE_HOME'] ?? join(home, '.local', 'state');
  return { cache: join(cache, 'delegate-batch'), ledger: join(state, 'delegate-batch', 'ledger') };
}

/** Folders of a command's batches, oldest first. */
export async function batchFolders(cache: string, key: string): Promise<readonly string[]> {
  const names = await readdir(join(cache, 'batches', key)).catch(() => []);
  return names
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => join(cache, 'batches', key, name));
}

export function newBatchFolder(cache: string, key: string, existing: readonly string[]): string {
  const last = /(\d+)$/.exec(existing.at(-1) ?? '')?.[1] ?? '0';
  return join(cache, 'batches', key, String(Number(last) + 1));
}

/** Removes batches that nothing was written to for a month. */
export async function removeOldBatches(cache: string, nowMs: number): Promise<void> {
  const root = join(cache, 'batches');
  for (const key of await readdir(root).catch(() => [])) {
    for (const folder of await batchFolders(cache, key)) await removeOldFolder(folder, nowMs);
  }
}
