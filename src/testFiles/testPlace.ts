import { splitPath, testNamingOf, testedName } from './testNames';

/** Where the tests of a source file belong, and which test shows the project's way. */
export interface TestPlace {
  /** Path of a file that is not there yet, relative to the workspace folder. */
  readonly path: string;
  /** A test of the project to learn from; null where there is none. */
  readonly example: string | null;
  /** The test that is named after the source already; null for none. */
  readonly existing: string | null;
}

export interface PlaceOptions {
  /** Relative to the workspace folder, with slashes. */
  readonly source: string;
  readonly languageId: string;
  /** Files of the workspace, of any kind. */
  readonly files: readonly string[];
}

/**
 * Finds the place of a source's tests by the tests that are there: where those whose source can be
 * told lie, the new one goes by the same rule, the commonest first. Without any it goes where the
 * language's own tools look.
 *
 * @returns null for a language of which nothing is known.
 */
export function placeTest({ source, languageId, files }: PlaceOptions): TestPlace | null {
  const naming = testNamingOf(languageId);
  if (!naming) return null;
  const from = splitPath(source);
  const tests = files.filter(
    (file) => isOfLanguage(file, from.extension) && testedName(file, languageId) !== null,
  );
  const existing =
    tests.find((test) => testedName(test, languageId) === from.name && isNear(test, from.folder)) ??
    null;
  const rules = rulesOf(tests, { files, languageId });
  const rule = commonest(rules.flatMap((each) => each.applyTo(from.folder) ?? []));
  const example = existing ?? nearest(tests, rule ?? from.folder);
  const folder =
    rule ?? (example ? splitPath(example).folder : defaultFolder(from.folder, languageId));
  const base = example
    ? renamed(example, from, languageId)
    : naming.nameFor(from.name, from.extension);
  return { path: freePath(joined(folder, base), files), example, existing };
}

/** How a test's folder follows from its source's. */
interface FolderRule {
  /** The folder for tests of sources in a folder; null where the rule says nothing of it. */
  readonly applyTo: (folder: string) => string | null;
}

function rulesOf(
  tests: readonly string[],
  { files, languageId }: Pick<PlaceOptions, 'files' | 'languageId'>,
): FolderRule[] {
  const sources = new Map<string, string[]>();
  for (const file of files) {
    const { name, folder } = splitPath(file);
    if (testedName(file, languageId) === null)
      sources.set(name, [...(sources.get(name) ?? []), folder]);
  }
  return tests.flatMap((test) => {
    const name = testedName(test, languageId) ?? '';
    const { folder } = splitPath(test);
    const [only, ...others] = nearestFolders(sources.get(name) ?? [], folder);
    return only === undefined || others.length > 0 ? [] : [ruleBetween(only, folder)];
  });
}

/** Of several sources with the same name those that share most of the test's path. */
function nearestFolders(folders: readonly string[], test: string): readonly string[] {
  const best = Math.max(...folders.map((folder) => commonEnd(folder, test)));
  return folders.filter((folder) => commonEnd(folder, test) === best);
}

/** `src/a/b` with a test in `test/unit/a/b`: what is the same at the end stays, the rest is exchanged. */
function ruleBetween(source: string, test: string): FolderRule {
  if (test.startsWith(source === '' ? '' : `${source}/`) && test !== source) {
    const below = source === '' ? test : test.slice(source.length + 1);
    // A folder of a few levels below each source, such as `__tests__`.
    if (/^(?:__tests__|tests?|spec)$/.test(below) && source !== '') {
      return { applyTo: (folder) => joined(folder, below) };
    }
  }
  if (source === test) return { applyTo: (folder) => folder };
  const kept = commonEnd(source, test);
  const [from, to] = [withoutEnd(source, kept), withoutEnd(test, kept)];
  return {
    applyTo: (folder) => {
      if (from === '') return joined(to, folder);
      if (folder === from) return to;
      return folder.startsWith(`${from}/`) ? joined(to, folder.slice(from.length + 1)) : null;
    },
  };
}

/** How many last segments two folders share. */
function commonEnd(a: string, b: string): number {
  const [left, right] = [segmentsOf(a).reverse(), segmentsOf(b).reverse()];
  const at = left.findIndex((segment, index) => segment !== right[index]);
  return at < 0 ? left.length : at;
}

function withoutEnd(folder: string, count: number): string {
  const segments = segmentsOf(folder);
  return segments.slice(0, segments.length - count).join('/');
}

function segmentsOf(folder: string): string[] {
  return folder === '' ? [] : folder.split('/');
}

function commonest(folders: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const folder of folders) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** The test that shares most of its path with a folder. */
function nearest(tests: readonly string[], folder: string): string | null {
  const shared = (test: string): number => {
    const other = segmentsOf(splitPath(test).folder);
    const at = segmentsOf(folder).findIndex((segment, index) => segment !== other[index]);
    return at < 0 ? segmentsOf(folder).length : at;
  };
  return [...tests].sort((a, b) => shared(b) - shared(a) || (a < b ? -1 : 1))[0] ?? null;
}

/** A base name like the example's, for another source. */
function renamed(
  example: string,
  { name, extension }: { readonly name: string; readonly extension: string },
  languageId: string,
): string {
  const { base } = splitPath(example);
  const tested = testedName(example, languageId) ?? '';
  const at = base.indexOf(tested);
  const rest = base.slice(at + tested.length);
  // A test of a component may have another extension than one of a function.
  const end =
    rest.endsWith('x') !== extension.endsWith('x') ? rest.replace(/\.[^.]+$/, extension) : rest;
  return `${base.slice(0, at)}${name}${end}`;
}

const DEFAULT_FOLDERS: Readonly<Record<string, (folder: string) => string>> = {
  python: () => 'tests',
  ruby: () => 'test',
  rust: () => 'tests',
  php: () => 'tests',
  csharp: () => 'tests',
  c: () => 'tests',
  cpp: () => 'tests',
  java: (folder) => folder.replace(/(^|\/)src\/main\//, '$1src/test/'),
};

function defaultFolder(folder: string, languageId: string): string {
  return DEFAULT_FOLDERS[languageId]?.(folder) ?? folder;
}

/** A path that no file has: nothing is ever written over. */
function freePath(path: string, files: readonly string[]): string {
  const taken = new Set(files);
  if (!taken.has(path)) return path;
  const { folder, base } = splitPath(path);
  const dot = base.indexOf('.');
  const [name, rest] = dot < 0 ? [base, ''] : [base.slice(0, dot), base.slice(dot)];
  for (let number = 2; ; number++) {
    const next = joined(folder, `${name}${String(number)}${rest}`);
    if (!taken.has(next)) return next;
  }
}

function isOfLanguage(file: string, extension: string): boolean {
  return (
    file.endsWith(extension) || file.endsWith(`${extension}x`) || `${file}x`.endsWith(extension)
  );
}

function isNear(test: string, folder: string): boolean {
  return commonEnd(splitPath(test).folder, folder) > 0 || splitPath(test).folder === folder;
}

function joined(folder: string, rest: string): string {
  return folder === '' ? rest : rest === '' ? folder : `${folder}/${rest}`;
}
