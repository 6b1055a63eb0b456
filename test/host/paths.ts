import { homedir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../support/projectFiles';

/** Downloads and installations of this clone; git-ignored. */
export const localFolder = path.join(projectRoot, '.vscode-test');

/**
 * Installations that all clones of this user share, so that a fresh clone is ready at once.
 * Nothing depends on it: what is missing there, or was not finished, is installed again.
 */
export const sharedFolder = path.join(
  process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'),
  'delegate-vscode-test',
);
