import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The repository's root, from a compiled file as well (`out/test/host/paths.js`). */
export const repositoryRoot = findRoot(__dirname);

/** Downloads and installations of this clone; git-ignored. */
export const localFolder = path.join(repositoryRoot, '.vscode-test');

/**
 * Installations that all clones of this user share, so that a fresh clone is ready at once.
 * Nothing depends on it: what is missing there, or was not finished, is installed again.
 */
export const sharedFolder = path.join(
  process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'),
  'delegate-vscode-test',
);

function findRoot(from: string): string {
  let folder = from;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${from}.`);
    folder = parent;
  }
  return folder;
}
