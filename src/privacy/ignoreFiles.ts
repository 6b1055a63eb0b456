import { setImmediate as nextTurn } from 'node:timers/promises';
import { type IgnoreProblem, IgnoreFileError } from './ignoreFileError';
import {
  type IgnoreRule,
  type StepBudget,
  TooManySteps,
  foldName,
  lastRuleFor,
  readIgnoreRules,
} from './ignorePattern';

/**
 * Gives the text of an ignore file, or null when there is no such file. Whatever else is the matter
 * is thrown as an IgnoreFileError: rules that cannot be read may name any file.
 *
 * @param path relative to the workspace folder, with slashes: `.delegateignore`, `src/.delegateignore`.
 */
export type IgnoreFileReader = (path: string) => Promise<string | null>;

/** Why a file must not be sent. */
export type IgnoreRefusal =
  /** A rule names it; `line` counts from one. */
  | { readonly ignoreFile: string; readonly line: number; readonly rule: string }
  /** An ignore file cannot be used, so it is not known whether it names the file. */
  | { readonly ignoreFile: string; readonly problem: IgnoreProblem; readonly detail: string };

export interface IgnoreFilesOptions {
  /** Names from `delegate.privacy.ignoreFiles`; a file that the rules of any of them name is refused. */
  readonly names: readonly string[];
  readonly read: IgnoreFileReader;
}

/** Deeper than any path of a file system; each folder is asked about by itself. */
const MAX_SEGMENTS = 256;
const MAX_NAMES = 32;
/** Characters of all ignore files that one file is asked about. */
const MAX_TEXT = 512 * 1024;
/** Comparisons for one file, some twenty milliseconds. Real rules take a thousandth of it. */
const MAX_STEPS = 800_000;
/** Comparisons after which the editor has a turn. */
const STEPS_IN_TURN = 200_000;

/**
 * Finds what refuses a file, by the rules of gitignore: the last matching line of a file decides, a
 * file in a deeper folder overrides those above, and nothing inside a refused folder can be let in
 * again (git-scm.com/docs/gitignore). Upper and lower case are the same, so that a rule holds on
 * every platform.
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
  const names = [...new Set(options.names)].filter(isFileName);
  if (segments.length > MAX_SEGMENTS || names.length > MAX_NAMES) {
    return { ignoreFile: names[0] ?? '', problem: 'too-complex', detail: '' };
  }
  const budget: StepBudget = { left: MAX_STEPS };
  for (const name of names) {
    const refusal = await refusalByName(segments, name, { read: options.read, budget });
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
  readonly rules: readonly IgnoreRule[];
}

/** Walks from the workspace folder down to the file; each folder on the way can end the walk. */
async function refusalByName(
  segments: readonly string[],
  name: string,
  { read, budget }: { readonly read: IgnoreFileReader; readonly budget: StepBudget },
): Promise<IgnoreRefusal | null> {
  const folded = segments.map(foldName);
  const files: IgnoreFile[] = [];
  let length = 0;
  let inTurn = budget.left;
  for (let depth = 0; depth < segments.length; depth += 1) {
    const path = [...segments.slice(0, depth), name].join('/');
    try {
      const text = await read(path);
      length += text?.length ?? 0;
      if (length > MAX_TEXT) throw new TooManySteps('Too much text.');
      if (text !== null) files.unshift({ path, depth, rules: await readIgnoreRules(text) });
      const isFolder = depth + 1 < segments.length;
      const refusal = decide(files, { path: folded.slice(0, depth + 1), isFolder }, budget);
      if (refusal !== null) return refusal;
      if (inTurn - budget.left > STEPS_IN_TURN) {
        await nextTurn();
        inTurn = budget.left;
      }
    } catch (error) {
      return unusable(path, error);
    }
  }
  return null;
}

function unusable(ignoreFile: string, error: unknown): IgnoreRefusal {
  if (error instanceof TooManySteps) return { ignoreFile, problem: 'too-complex', detail: '' };
  if (error instanceof IgnoreFileError) {
    return { ignoreFile, problem: error.problem, detail: error.detail };
  }
  return { ignoreFile, problem: 'unreadable', detail: '' };
}

/** The deepest file that has a rule for a folder or file decides about it. */
function decide(
  files: readonly IgnoreFile[],
  asked: { readonly path: readonly string[]; readonly isFolder: boolean },
  budget: StepBudget,
): IgnoreRefusal | null {
  for (const { path, depth, rules } of files) {
    const rule = lastRuleFor(rules, { ...asked, path: asked.path.slice(depth) }, budget);
    if (!rule) continue;
    return rule.isNegated ? null : { ignoreFile: path, line: rule.line, rule: rule.source };
  }
  return null;
}
