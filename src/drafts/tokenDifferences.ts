import { type DifferenceList, lineOfLexeme, sourceOf } from './differenceList';
import type { Lexeme, ParsedText, ParsedVersions } from './parsedVersions';
import { differInQuotesAlone } from './quoteEquality';
import { diffSequences } from './sequenceDiff';
import type { SequenceHunk } from './shortestDiff';

/** What the shape of a tree leaves out. */
const SEPARATORS: ReadonlySet<string> = new Set([',', ';']);
const PUNCTUATION: ReadonlySet<string> = new Set([',', ';', '(', ')']);
const CLOSERS: ReadonlySet<string> = new Set([')', ']', '}', '>']);

export interface TokenComparison {
  readonly versions: ParsedVersions;
  readonly languageId: string;
  /** The lexemes to compare, in order. */
  readonly before: readonly Lexeme[];
  readonly after: readonly Lexeme[];
}

/** Adds a difference for each place at which the lexemes are not the same. */
export function compareTokens(comparison: TokenComparison, found: DifferenceList): void {
  const before = comparison.before.map(({ text }) => text);
  const after = comparison.after.map(({ text }) => text);
  for (const hunk of diffSequences(before, after)) classifyHunk(comparison, hunk, found);
}

/** Splits a hunk into what is harmless to name and, if anything is left, one difference of code. */
function classifyHunk(
  comparison: TokenComparison,
  hunk: SequenceHunk,
  found: DifferenceList,
): void {
  const removed = comparison.before.slice(hunk.beforeStart, hunk.beforeEnd);
  const added = comparison.after.slice(hunk.afterStart, hunk.afterEnd);
  addComments(comparison, { removed, added, hunk }, found);
  const pairs = pairUp(removed.filter(isCode), added.filter(isCode), comparison.languageId);
  if (!pairs) {
    found.add({
      kind: 'code',
      line: lineAfter(comparison, hunk.afterStart),
      before: sourceOf(comparison.versions.base, removed.filter(isCode)),
      after: sourceOf(comparison.versions.proposed, added.filter(isCode)),
    });
    return;
  }
  for (const pair of pairs) addPair(comparison, { ...pair, hunk }, found);
}

interface Pair {
  readonly removed: Lexeme | null;
  readonly added: Lexeme | null;
}

/** Pairs strings that differ in quotes, and single commas and the like; null if other code differs. */
function pairUp(
  removed: readonly Lexeme[],
  added: readonly Lexeme[],
  languageId: string,
): Pair[] | null {
  const pairs: Pair[] = [];
  let before = 0;
  let after = 0;
  while (before < removed.length || after < added.length) {
    const old = removed[before] ?? null;
    const fresh = added[after] ?? null;
    if (old && fresh && differInQuotesAlone(old.text, fresh.text, languageId)) {
      pairs.push({ removed: old, added: fresh });
      before++;
      after++;
    } else if (old && PUNCTUATION.has(old.text)) {
      pairs.push({ removed: old, added: null });
      before++;
    } else if (fresh && PUNCTUATION.has(fresh.text)) {
      pairs.push({ removed: null, added: fresh });
      after++;
    } else {
      return null;
    }
  }
  return pairs;
}

function addPair(
  comparison: TokenComparison,
  pair: Pair & { readonly hunk: SequenceHunk },
  found: DifferenceList,
): void {
  const { removed, added, hunk } = pair;
  const { proposed } = comparison.versions;
  const line = added ? proposed.lineOf(added.start) : lineAfter(comparison, hunk.afterStart);
  const texts = { before: removed?.source ?? '', after: added?.source ?? '' };
  if (removed && added) {
    found.add({ kind: 'quotes', line, ...texts });
    return;
  }
  const lexeme = added ?? removed;
  const side = added ? comparison.after : comparison.before;
  const difference = { kind: 'punctuation' as const, line, ...texts };
  if (lexeme?.text === ';') {
    found.add(difference, added ? 'semicolonsAdded' : 'semicolonsRemoved');
  } else if (lexeme?.text === ',' && isTrailing(side, lexeme)) {
    found.add(difference, added ? 'trailingCommasAdded' : 'trailingCommasRemoved');
  } else {
    found.add(difference);
  }
}

function isTrailing(side: readonly Lexeme[], comma: Lexeme): boolean {
  const next = side.slice(side.indexOf(comma) + 1).find(isCode);
  return next !== undefined && CLOSERS.has(next.text);
}

function addComments(
  comparison: TokenComparison,
  change: {
    readonly removed: readonly Lexeme[];
    readonly added: readonly Lexeme[];
    readonly hunk: SequenceHunk;
  },
  found: DifferenceList,
): void {
  const removed = change.removed.filter((lexeme) => !isCode(lexeme));
  const added = change.added.filter((lexeme) => !isCode(lexeme));
  for (let index = 0; index < Math.max(removed.length, added.length); index++) {
    const fresh = added[index];
    found.add({
      kind: 'comment',
      line: fresh
        ? comparison.versions.proposed.lineOf(fresh.start)
        : lineAfter(comparison, change.hunk.afterStart),
      before: removed[index]?.source ?? '',
      after: fresh?.source ?? '',
    });
  }
}

function lineAfter({ versions, after }: TokenComparison, index: number): number {
  return lineOfLexeme(versions.proposed, after, index);
}

export function isCode(lexeme: Lexeme): boolean {
  return lexeme.kind === 'code';
}

/**
 * Adds a difference when the same code stands in other blocks, or means something else by its line
 * breaks. Only for versions whose code is equal but for commas, semicolons and quotes.
 */
export function compareStructure(versions: ParsedVersions, found: DifferenceList): void {
  const { base, proposed } = versions;
  const isCompared = (lexeme: Lexeme): boolean => isCode(lexeme) && !SEPARATORS.has(lexeme.text);
  const before = base.lexemes.filter(isCompared);
  const after = proposed.lexemes.filter(isCompared);
  const moved = after.findIndex((lexeme, index) => lexeme.depth !== before[index]?.depth);
  if (moved === -1 && base.tree.structure === proposed.tree.structure) return;
  const place = moved === -1 ? firstOtherBreak(before, after, versions) : moved;
  found.add({
    kind: 'structure',
    line: lineOfLexeme(proposed, after, place),
    before: lineAround(base, before[place]),
    after: lineAround(proposed, after[place]),
  });
}

/** Index of the first lexeme that starts a line in one version alone: the likely cause. */
function firstOtherBreak(
  before: readonly Lexeme[],
  after: readonly Lexeme[],
  versions: ParsedVersions,
): number {
  const startsLine = (parsed: ParsedText, side: readonly Lexeme[], index: number): boolean =>
    parsed.text
      .slice(side[index - 1]?.end ?? 0, side[index]?.start)
      .replace(/\\\n/g, '')
      .includes('\n');
  const found = after.findIndex(
    (_, index) =>
      startsLine(versions.base, before, index) !== startsLine(versions.proposed, after, index),
  );
  return Math.max(0, found);
}

function lineAround(parsed: ParsedText, lexeme: Lexeme | undefined): string {
  if (!lexeme) return '';
  const start = parsed.text.lastIndexOf('\n', lexeme.start - 1) + 1;
  const end = parsed.text.indexOf('\n', lexeme.start);
  return parsed.text.slice(start, end === -1 ? undefined : end).trim();
}
