import { type DifferenceList, lineOfLexeme, sourceOf } from './differenceList';
import type { Lexeme, ParsedText, ParsedVersions } from './parsedVersions';
import { withoutQuoteStyle } from '../../syntax/quoteEquality';
import { diffSequences } from '../../text/sequenceDiff';
import type { SequenceHunk } from '../../text/shortestDiff';

/** What the shape of a tree leaves out. */
const SEPARATORS: ReadonlySet<string> = new Set([',', ';']);
const PUNCTUATION: ReadonlySet<string> = new Set([',', ';', '(', ')']);
/** Tokens after which a list of alternatives may begin with its operator. */
const LIST_OPENERS: ReadonlySet<string> = new Set(['=', ':', '<', '(', ',', '[']);
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
  const { before, after, languageId } = comparison;
  const meanings = (side: readonly Lexeme[]): string[] =>
    side.map(({ text }) => withoutQuoteStyle(text, languageId));
  let position = { before: 0, after: 0 };
  for (const hunk of diffSequences(meanings(before), meanings(after))) {
    compareQuotes(comparison, { ...position, length: hunk.beforeStart - position.before }, found);
    classifyHunk(comparison, hunk, found);
    position = { before: hunk.beforeEnd, after: hunk.afterEnd };
  }
  compareQuotes(comparison, { ...position, length: before.length - position.before }, found);
}

/** Lists strings with other quotes in a stretch that is the same otherwise. */
function compareQuotes(
  { versions, before, after }: TokenComparison,
  stretch: { readonly before: number; readonly after: number; readonly length: number },
  found: DifferenceList,
): void {
  for (let index = 0; index < stretch.length; index++) {
    const old = before[stretch.before + index];
    const fresh = after[stretch.after + index];
    if (!old || !fresh || old.text === fresh.text) continue;
    const line = versions.proposed.lineOf(fresh.start);
    found.add({ kind: 'quotes', line, before: old.source, after: fresh.source });
  }
}

/** Splits a hunk into comments, punctuation and, if there is anything else, code. */
function classifyHunk(
  comparison: TokenComparison,
  hunk: SequenceHunk,
  found: DifferenceList,
): void {
  const removed = comparison.before.slice(hunk.beforeStart, hunk.beforeEnd);
  const added = comparison.after.slice(hunk.afterStart, hunk.afterEnd);
  addComments(comparison, { removed, added, hunk }, found);
  const oldCode = removed.filter(isCode);
  const newCode = added.filter(isCode);
  const line = lineAfter(comparison, hunk.afterStart);
  const isPunctuation =
    oldCode.every((lexeme) => isPunctuationIn(comparison.before, lexeme)) &&
    newCode.every((lexeme) => isPunctuationIn(comparison.after, lexeme));
  if (!isPunctuation) {
    const { base, proposed } = comparison.versions;
    const before = sourceOf(base, oldCode);
    found.add({ kind: 'code', line, before, after: sourceOf(proposed, newCode) });
    return;
  }
  for (const lexeme of oldCode) {
    const count = PUNCTUATION_COUNTS[punctuationRole(comparison.before, lexeme)].removed;
    found.add({ kind: 'punctuation', line, before: lexeme.source, after: '' }, count);
  }
  for (const lexeme of newCode) {
    const count = PUNCTUATION_COUNTS[punctuationRole(comparison.after, lexeme)].added;
    const addedLine = comparison.versions.proposed.lineOf(lexeme.start);
    found.add({ kind: 'punctuation', line: addedLine, before: '', after: lexeme.source }, count);
  }
}

const PUNCTUATION_COUNTS = {
  semicolon: { added: 'semicolonsAdded', removed: 'semicolonsRemoved' },
  trailingComma: { added: 'trailingCommasAdded', removed: 'trailingCommasRemoved' },
  other: { added: 'otherPunctuation', removed: 'otherPunctuation' },
} as const;

function punctuationRole(side: readonly Lexeme[], lexeme: Lexeme): keyof typeof PUNCTUATION_COUNTS {
  if (lexeme.text === ';') return 'semicolon';
  if (lexeme.text !== ',') return 'other';
  const next = side.slice(side.indexOf(lexeme) + 1).find(isCode);
  return next && CLOSERS.has(next.text) ? 'trailingComma' : 'other';
}

/** Whether a lexeme is punctuation; the `|` before the first member of a type counts as well. */
function isPunctuationIn(side: readonly Lexeme[], lexeme: Lexeme): boolean {
  if (PUNCTUATION.has(lexeme.text)) return true;
  if (lexeme.text !== '|' && lexeme.text !== '&') return false;
  const previous = side.slice(0, side.indexOf(lexeme)).findLast(isCode);
  return previous !== undefined && LIST_OPENERS.has(previous.text);
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
