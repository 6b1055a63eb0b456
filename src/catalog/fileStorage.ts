import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CatalogStorage } from './modelCatalog';

/** Keeps the list of models in a file that is replaced whole, so that windows can share it. */
export function fileStorage(path: string): CatalogStorage {
  return {
    read: () => readFile(path, 'utf8').catch(() => null),
    write: async (text) => {
      const temporary = `${path}.${randomUUID()}.tmp`;
      await mkdir(dirname(path), { recursive: true });
      try {
        await writeFile(temporary, text);
        await rename(temporary, path);
      } catch (error) {
        await unlink(temporary).catch(() => undefined);
        throw error;
      }
    },
  };
}
