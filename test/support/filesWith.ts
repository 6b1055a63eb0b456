import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files below a folder that contain any of the texts, as bytes; paths relative to the folder. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = contentOf(file);
      return texts.some((text) => content.includes(text));
    })
    .map((file) => path.relative(folder, file));
}

/** Locks and temporary files may go while the folder is read. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
