import fs from 'node:fs/promises';
import path from 'node:path';
import { IgnoreFileError, MAX_IGNORE_FILE_BYTES, decodeIgnoreFile } from './ignoreFileError';
import {
  type IgnoreFileReader,
  type IgnoreFilesOptions,
  type IgnoreRefusal,
  findIgnoreRule,
} from './ignoreFiles';

/** Reads ignore files below a folder of this machine; only "no such file" counts as none. */
export function nodeIgnoreReader(folder: string): IgnoreFileReader {
  return async (relative) => {
    const file = path.join(folder, ...relative.split('/'));
    try {
      const stat = await fs.stat(file);
      if (!stat.isFile()) throw new IgnoreFileError('not-a-file');
      if (stat.size > MAX_IGNORE_FILE_BYTES) throw new IgnoreFileError('too-large');
      return decodeIgnoreFile(await fs.readFile(file));
    } catch (error) {
      if (error instanceof IgnoreFileError) throw error;
      if (!isMissing(error)) throw new IgnoreFileError('unreadable', codeOf(error));
      // A link that leads nowhere is there, and its rules are not.
      if (await isLink(file)) throw new IgnoreFileError('not-a-file');
      return null;
    }
  };
}

/**
 * What refuses a file of this machine, by the name it was given and by where its links lead, in each
 * of the folders that hold it: one of them that names it is enough.
 *
 * @param folders absolute paths; they may lie in each other, or be links.
 */
export async function findIgnoreOnDisk(
  file: string,
  folders: readonly string[],
  names: IgnoreFilesOptions['names'],
): Promise<IgnoreRefusal | null> {
  const real = await realPathOf(file);
  if (typeof real !== 'string') return { ignoreFile: '', ...real };
  for (const folder of folders) {
    const realFolder = await realPathOf(folder);
    if (typeof realFolder !== 'string') return { ignoreFile: '', ...realFolder };
    for (const [root, at] of pairs([folder, realFolder], [file, real])) {
      const relative = path.relative(root, at);
      if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) continue;
      const read = nodeIgnoreReader(root);
      const refusal = await findIgnoreRule(relative.split(path.sep).join('/'), { names, read });
      if (refusal) return refusal;
    }
  }
  return null;
}

function pairs(roots: readonly string[], files: readonly string[]): [string, string][] {
  return [...new Set(roots)].flatMap((root) =>
    [...new Set(files)].map((file): [string, string] => [root, file]),
  );
}

/** Where a path leads; of a file that is not there yet, where its folder does. */
async function realPathOf(
  file: string,
): Promise<string | { readonly problem: 'unreadable'; readonly detail: string }> {
  try {
    return await fs.realpath(file);
  } catch (error) {
    if (!isMissing(error)) return { problem: 'unreadable', detail: codeOf(error) };
  }
  const parent = path.dirname(file);
  if (parent === file) return file;
  const above = await realPathOf(parent);
  return typeof above === 'string' ? path.join(above, path.basename(file)) : above;
}

async function isLink(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => true,
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}
