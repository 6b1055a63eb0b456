import picomatch from 'picomatch';
import type { WorkspaceFiles } from '../ports';
import { GitRules } from './ignoreRules';
import type { SkippedFile } from './skipReason';

export interface WalkOptions {
  readonly files: WorkspaceFiles;
  /** Files, folders and globs, relative to the root; what they name is taken, less what is left out. */
  readonly targets: readonly string[];
  /** Whether targets are paths as they are, in which `[id].ts` is a name and not a pattern. */
  readonly areTargetsPaths?: boolean;
  /** Globs of `files.exclude` and `search.exclude` that are on. */
  readonly excludes: readonly string[];
  /** Whether a rule of an ignore file such as `.delegateignore` keeps a file from being sent. */
  readonly isKeptOut: (path: string) => Promise<boolean>;
}

/** Folders that no one means, whatever the rules say. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules']);
const GLOB_OPTIONS = { dot: false, nonegate: true } as const;

/**
 * Finds the files of a batch, folder by folder, in the order of their paths.
 *
 * Skipped are only files that a target names; a folder that is ignored is named once.
 */
export async function* walk(
  options: WalkOptions,
): AsyncGenerator<{ readonly path: string } | SkippedFile> {
  yield* walkFolder('', new GitRules(), {
    ...options,
    wanted: targetMatcher(options.targets, options.areTargetsPaths ?? false),
    isExcluded: picomatch([...options.excludes], { dot: true, nonegate: true }),
  });
}

interface Walk extends WalkOptions {
  readonly wanted: TargetMatcher;
  readonly isExcluded: (path: string) => boolean;
}

async function* walkFolder(
  folder: string,
  above: GitRules,
  context: Walk,
): AsyncGenerator<{ readonly path: string } | SkippedFile> {
  const rules = above.within(folder, await readGitRules(context.files, join(folder, '.gitignore')));
  const entries = [...(await context.files.list(folder))];
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, kind } of entries) {
    const path = join(folder, name);
    const isFolder = kind === 'folder';
    if (isFolder ? !context.wanted.mayHold(path) : !context.wanted.names(path)) continue;
    if (isFolder && NEVER.has(name)) continue;
    const shown = isFolder ? `${path}/` : path;
    if (kind === 'link') yield { path, reason: 'link' };
    else if (kind === 'other') continue;
    else if (context.isExcluded(path)) yield { path: shown, reason: 'excluded' };
    else if (rules.refuses(path, isFolder)) yield { path: shown, reason: 'ignored' };
    else if (isFolder) yield* walkFolder(path, rules, context);
    else if (await context.isKeptOut(path)) yield { path, reason: 'ignored' };
    else yield { path };
  }
}

async function readGitRules(files: WorkspaceFiles, path: string): Promise<string | null> {
  return (await files.read(path))?.toString('utf8') ?? null;
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

interface TargetMatcher {
  /** Whether a file is meant. */
  names(path: string): boolean;
  /** Whether a folder can hold files that are meant. */
  mayHold(folder: string): boolean;
}

function targetMatcher(targets: readonly string[], arePaths: boolean): TargetMatcher {
  const parts = targets.map((target) => (arePaths ? pathMatcher(target) : matcherOf(target)));
  return {
    names: (path) => parts.some((part) => part.names(path)),
    mayHold: (folder) => parts.some((part) => part.mayHold(folder)),
  };
}

function matcherOf(target: string): TargetMatcher {
  const clean = target
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
  if (clean === '' || clean === '.') return pathMatcher('');
  const { base, glob } = picomatch.scan(clean);
  if (glob === '') return pathMatcher(clean);
  const matches = picomatch(clean, GLOB_OPTIONS);
  return { names: (path) => matches(path), mayHold: (folder) => leadsTo(base, folder) };
}

/** @param target of a file or folder, `''` for all. */
function pathMatcher(target: string): TargetMatcher {
  return {
    names: (path) => target === '' || path === target || path.startsWith(`${target}/`),
    mayHold: (folder) => leadsTo(target, folder),
  };
}

/** Whether one of both is, or lies in, the other. */
function leadsTo(target: string, folder: string): boolean {
  return (
    target === '' ||
    target === folder ||
    target.startsWith(`${folder}/`) ||
    folder.startsWith(`${target}/`)
  );
}
