import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A git work tree as a batch looks at it. */
export interface WorkTree {
  /** The folder's path below the repository's root: empty, or with a slash at its end. */
  readonly prefix: string;
  /** Paths with changes that are not committed, relative to the folder. Null when unknown. */
  dirtyPaths(): Promise<readonly string[]>;
}

/** @returns null when the folder is in no work tree, or there is no git. */
export async function findWorkTree(root: string): Promise<WorkTree | null> {
  const git = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('git', ['-c', 'core.fsmonitor=false', ...args], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  };
  try {
    const prefix = (await git('rev-parse', '--show-prefix')).replace(/\r?\n$/, '');
    return {
      prefix,
      dirtyPaths: async () => readStatus(await git('status', '--porcelain', '-z'), prefix),
    };
  } catch {
    return null;
  }
}

/** Entries are `XY path`, ended by NUL; a renamed one is followed by the path that it had. */
function readStatus(text: string, prefix: string): readonly string[] {
  const entries = text.split('\0');
  const paths: string[] = [];
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index] ?? '';
    if (entry.length < 4) continue;
    paths.push(entry.slice(3));
    if (entry.startsWith('R') || entry.startsWith('C')) index += 1;
  }
  return paths.map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : `../${path}`));
}
