import ignore from 'ignore';

/**
 * Gives the text of an ignore file, or null when there is none.
 *
 * @param path relative to the workspace folder, with slashes: `.delegateignore`, `src/.delegateignore`.
 */
export type IgnoreFileReader = (path: string) => Promise<string | null>;

/** The rule that keeps a file from being sent. */
export interface IgnoreRefusal {
  /** The ignore file, relative to the workspace folder, with slashes. */
  readonly ignoreFile: string;
  /** Counted from one. */
  readonly line: number;
  readonly rule: string;
}

export interface IgnoreFilesOptions {
  /** Names from `delegate.privacy.ignoreFiles`; a file that the rules of any of them name is refused. */
  readonly names: readonly string[];
  readonly read: IgnoreFileReader;
}

/**
 * Finds the rule that refuses a file, by the rules of gitignore: the last matching line of a file
 * decides, a file in a deeper folder overrides those above, and nothing inside a refused folder can
 * be let in again (git-scm.com/docs/gitignore). Upper and lower case are the same, so that a rule
 * holds on every platform.
 *
 * @param path relative to the workspace folder, with slashes or backslashes. A path that leaves the
 *   folder has no ignore files and is not refused here.
 */
export async function findIgnoreRule(
  path: string,
  options: IgnoreFilesOptions,
): Promise<IgnoreRefusal | null> {
  const segments = path.replaceAll('\\', '/').split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    return null;
  for (const name of options.names) {
    if (!isFileName(name)) continue;
    const refusal = await refusalByName(segments, name, options.read);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** A setting may hold anything; a name with a path in it could read files elsewhere. */
function isFileName(name: string): boolean {
  return /^[^\\/]+$/.test(name) && name !== '.' && name !== '..';
}

interface IgnoreFile {
  readonly path: string;
  /** How many folders lie above it. */
  readonly depth: number;
  readonly text: string;
  readonly rules: ignore.Ignore;
}

/** Walks from the workspace folder down to the file; each folder on the way can end the walk. */
async function refusalByName(
  segments: readonly string[],
  name: string,
  read: IgnoreFileReader,
): Promise<IgnoreRefusal | null> {
  const files: IgnoreFile[] = [];
  for (let depth = 0; depth < segments.length; depth += 1) {
    const path = [...segments.slice(0, depth), name].join('/');
    const text = await read(path);
    if (text !== null) files.unshift({ path, depth, text, rules: parseRules(text) });
    const refusal = decide(files, segments, depth + 1);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Judges the first `length` segments: the deepest file that has a rule for them decides. */
function decide(
  files: readonly IgnoreFile[],
  segments: readonly string[],
  length: number,
): IgnoreRefusal | null {
  const isFolder = length < segments.length;
  for (const file of files) {
    const { path, depth, rules } = file;
    const relative = segments.slice(depth, length).join('/') + (isFolder ? '/' : '');
    const result = rules.test(relative);
    if (result.unignored) return null;
    if (!result.ignored) continue;
    const { rule, ignored } = rulingOf(file, segments.slice(depth, length), relative);
    if (!ignored) continue;
    return { ignoreFile: path, line: Number(rule?.mark ?? 0), rule: rule?.pattern ?? '' };
  }
  return null;
}

/**
 * What an ignore file says of a path itself. The folders above it have been let in, perhaps by a
 * deeper file, so what this file says of them no longer counts.
 */
function rulingOf(
  { text, rules }: IgnoreFile,
  segments: readonly string[],
  relative: string,
): ignore.TestResult {
  const parents = segments.slice(0, -1).map((_, index) => segments.slice(0, index + 1).join('/'));
  if (!parents.some((parent) => rules.ignores(`${parent}/`))) return rules.test(relative);
  const letIn = parents.map((parent) => `!/${parent.replace(/[\\*?[\]]/g, '\\$&')}/`);
  return parseRules(text).add(letIn).test(relative);
}

function parseRules(text: string): ignore.Ignore {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return ignore().add(
    lines
      .map((pattern, index) => ({ pattern, mark: String(index + 1) }))
      .filter(({ pattern }) => pattern.trim() !== '' && !pattern.startsWith('#')),
  );
}
