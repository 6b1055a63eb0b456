import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Rules of gitignore (git-scm.com/docs/gitignore), matched piece by piece: a rule costs no more than
 * its length times that of the path, whatever a workspace writes into it. Patterns made into regular
 * expressions take seconds for eight times `**` in a row.
 */
export interface IgnoreRule {
  /** As it is written. */
  readonly source: string;
  /** Counted from one. */
  readonly line: number;
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  /** Without a slash in it a rule names a file or folder at any depth. */
  readonly isAnchored: boolean;
  /** Names from the top, in one way or, behind a word that ends with `**`, in another. */
  readonly ways: readonly (readonly Segment[])[];
}

/** How much may still be compared; a rule that needs more ends the matching. */
export interface StepBudget {
  left: number;
}

/** More was to be compared than any rules that people write need. */
export class TooManySteps extends Error {}

type Segment = 'any-folders' | readonly Token[];
type Token =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'many' }
  | { readonly kind: 'class'; readonly has: (character: string) => boolean };

/** Names are compared without case, and é as one character however the file system writes it. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** UTF-16 units that are read in one turn of the event loop, and of the longest line. */
const TURN = 20_000;

/**
 * Reads the rules of an ignore file; lines that git does not understand have none.
 *
 * @throws TooManySteps for a line that is longer than any path.
 */
export async function readIgnoreRules(text: string): Promise<readonly IgnoreRule[]> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const rules: IgnoreRule[] = [];
  let inTurn = 0;
  for (const [index, line] of lines.entries()) {
    if (line.length > TURN) throw new TooManySteps('A line is too long.');
    inTurn += line.length + 1;
    if (inTurn > TURN) {
      await nextTurn();
      inTurn = 0;
    }
    const rule = readRule(line, index + 1);
    if (rule) rules.push(rule);
  }
  return rules;
}

function readRule(source: string, line: number): IgnoreRule | null {
  if (source.startsWith('#')) return null;
  const isNegated = source.startsWith('!');
  // Blanks at the end count only behind a backslash.
  let pattern = source.slice(isNegated ? 1 : 0).replace(/(?<!\\) +$/, '');
  const isForFolders = pattern.endsWith('/');
  if (isForFolders) pattern = pattern.slice(0, -1);
  const isAnchored = pattern.includes('/');
  const path = pattern.replace(/^\//, '').normalize('NFC');
  const ways = (isAnchored ? spelledOut(path) : [path]).map(readWay).filter((way) => way !== null);
  return ways.length === 0 ? null : { source, line, isNegated, isForFolders, isAnchored, ways };
}

/**
 * Git cuts off what stands before the first special sign and matches the rest by itself. So `a**\/b`
 * is `ab`, and `b` at any depth in a folder whose name starts with `a`.
 */
function spelledOut(path: string): readonly string[] {
  const [, start, behind = ''] = /^([^*?[\\]*[^*?[\\/])\*{2,}(\/.*)?$/.exec(path) ?? [];
  return start === undefined
    ? [path]
    : [`${start}${behind.slice(1) || '*'}`, `${start}*/**${behind}`];
}

/** @returns null when git never matches it. */
function readWay(path: string): readonly Segment[] | null {
  const segments = path
    .split('/')
    .map((part) => (/^\*{2,}$/.test(part) ? 'any-folders' : readSegment(part)));
  const isUsable = segments.every((segment) => segment !== null && segment.length > 0);
  return isUsable ? segments.filter((segment) => segment !== null) : null;
}

/** @returns null for what git never matches: an open bracket, a backslash at the end. */
function readSegment(text: string): readonly Token[] | null {
  const characters = Array.from(text);
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === '*') {
      if (tokens.at(-1)?.kind !== 'many') tokens.push({ kind: 'many' });
    } else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '[') {
      const found = readClass(characters, at + 1);
      if (!found) return null;
      tokens.push({ kind: 'class', has: found.has });
      at = found.end;
    } else if (character === '\\') {
      at += 1;
      const escaped = characters[at];
      if (escaped === undefined) return null;
      tokens.push({ kind: 'character', character: escaped.toLowerCase() });
    } else tokens.push({ kind: 'character', character: character.toLowerCase() });
  }
  return tokens;
}

const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[\p{L}\p{N}]/u,
  alpha: /\p{L}/u,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /\d/,
  graph: /[^\s\p{Cc}]/u,
  lower: /\p{L}/u,
  print: /[^\p{Cc}]/u,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /\p{L}/u,
  xdigit: /[0-9a-f]/i,
};

/** Reads `[a-z]`, `[!abc]`, `[[:digit:]_]` from behind its bracket; `end` is the closing one. */
function readClass(
  characters: readonly string[],
  from: number,
): { readonly has: (character: string) => boolean; readonly end: number } | null {
  const isNegated = characters[from] === '!' || characters[from] === '^';
  const parts: ((character: string) => boolean)[] = [];
  const first = isNegated ? from + 1 : from;
  for (let at = first; at < characters.length; at += 1) {
    const named = /^\[:([a-z]{1,8}):\]/.exec(characters.slice(at, at + 12).join(''));
    if (characters[at] === ']' && at > first) {
      const has = (character: string): boolean =>
        parts.some((part) => part(character) || part(character.toUpperCase()));
      return { has: (character) => has(character) !== isNegated, end: at };
    }
    if (named) {
      const pattern = NAMED[named[1] ?? ''];
      if (!pattern) return null;
      parts.push((character) => pattern.test(character));
      at += named[0].length - 1;
      continue;
    }
    if (characters[at] === '\\') at += 1;
    const low = characters[at] ?? '';
    const isRange = characters[at + 1] === '-' && (characters[at + 2] ?? ']') !== ']';
    if (isRange) at += characters[at + 2] === '\\' ? 3 : 2;
    const high = isRange ? (characters[at] ?? low) : low;
    parts.push((character) => low <= character && character <= high);
  }
  return null;
}

/**
 * The last rule that names a path; what it says holds.
 *
 * @param path names from the ignore file's folder down, folded.
 * @throws TooManySteps
 */
export function lastRuleFor(
  rules: readonly IgnoreRule[],
  { path, isFolder }: { readonly path: readonly string[]; readonly isFolder: boolean },
  budget: StepBudget,
): IgnoreRule | null {
  const names = path.map((name) => Array.from(name));
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    const rule = rules[index];
    spend(budget);
    if (!rule || (rule.isForFolders && !isFolder)) continue;
    const compared = rule.isAnchored ? names : names.slice(-1);
    if (rule.ways.some((way) => matchesPath(way, compared, budget))) return rule;
  }
  return null;
}

/** `**` takes as few folders as it can; when what follows fails, one more than before. */
function matchesPath(
  segments: readonly Segment[],
  names: readonly (readonly string[])[],
  budget: StepBudget,
): boolean {
  let [at, name] = [0, 0];
  let retry: { readonly at: number; name: number } | null = null;
  while (name < names.length) {
    const segment = segments[at];
    if (segment === 'any-folders') {
      // At the end it is everything inside, and not the folder itself.
      if (at === segments.length - 1) return at === 0 || name < names.length;
      retry = { at: at + 1, name };
      at += 1;
    } else if (segment && matchesName(segment, names[name] ?? [], budget)) {
      at += 1;
      name += 1;
    } else if (retry) {
      retry.name += 1;
      at = retry.at;
      name = retry.name;
    } else return false;
  }
  return at === segments.length;
}

function matchesName(
  tokens: readonly Token[],
  name: readonly string[],
  budget: StepBudget,
): boolean {
  let [at, character] = [0, 0];
  let retry: { readonly at: number; character: number } | null = null;
  while (character < name.length) {
    spend(budget);
    const token = tokens[at];
    if (token?.kind === 'many') {
      retry = { at: at + 1, character };
      at += 1;
    } else if (token && fits(token, name[character] ?? '')) {
      at += 1;
      character += 1;
    } else if (retry) {
      retry.character += 1;
      at = retry.at;
      character = retry.character;
    } else return false;
  }
  while (tokens[at]?.kind === 'many') at += 1;
  return at === tokens.length;
}

function fits(token: Exclude<Token, { kind: 'many' }>, character: string): boolean {
  switch (token.kind) {
    case 'character':
      return token.character === character;
    case 'one':
      return true;
    case 'class':
      return token.has(character);
  }
}

function spend(budget: StepBudget): void {
  budget.left -= 1;
  if (budget.left < 0) throw new TooManySteps('Too many steps.');
}
