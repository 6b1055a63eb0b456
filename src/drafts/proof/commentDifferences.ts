import { type DifferenceList, lineOfLexeme, sourceOf } from './differenceList';
import type { Lexeme, ParsedText, ParsedVersions } from './parsedVersions';
import type { ProofClaim } from './proofResult';
import { diffSequences } from '../../text/sequenceDiff';
import { type CommentRules, isOrder } from '../../syntax/commentRules';
import { compareDirectives } from './directiveDifferences';
import { isCode } from './tokenDifferences';

/** Comments that came and went between two versions whose code lexemes are equal. */
interface CommentChanges {
  readonly removed: Lexeme[];
  readonly added: Lexeme[];
}

/**
 * Compares the comments of two versions whose code lexemes are equal, and adds a difference for
 * each that went: `documentation` when a declaration's documentation got a new text, else `comment`;
 * and one for each that came and is not a mere comment, since a compiler or tool acts on it.
 *
 * @returns what may be claimed if nothing but documentation differs.
 */
export function compareComments(
  versions: ParsedVersions,
  rules: CommentRules,
  found: DifferenceList,
): ProofClaim {
  const { base, proposed } = versions;
  const all: CommentChanges = { removed: [], added: [] };
  const before = groupByCode(base);
  const after = groupByCode(proposed);
  const code = proposed.lexemes.filter(isCode);
  const replacing = new Set<Lexeme>();
  after.forEach((comments, index) => {
    const changes = changesOf(before[index] ?? [], comments);
    all.removed.push(...changes.removed);
    all.added.push(...changes.added);
    if (changes.removed.length > 0) addDifferences(versions, changes, found);
    for (const comment of changes.added) {
      if (changes.removed.some((old) => takesItsPlace(comment, old))) replacing.add(comment);
    }
    const updated = isUpdate(base, changes) ? changes.removed : [];
    const next = code[index];
    compareDirectives(versions, { added: changes.added, updated, next }, { rules, found });
  });
  for (const comment of all.added) {
    if (replacing.has(comment) || isMere(proposed, comment, rules)) continue;
    const line = Math.max(1, proposed.lineOf(comment.start));
    const kind = comment.kind === 'doc' ? 'comment' : 'directive';
    found.add({ kind, line, before: '', after: comment.source });
  }
  const rest = {
    before: withoutComments(base.text, all.removed),
    after: withoutComments(proposed.text, all.added),
  };
  if (rest.before !== rest.after) return 'only-comments-and-layout-changed';
  return all.removed.length === 0 ? 'only-comments-added' : 'only-comments-changed';
}

/** Whether neither the language nor a tool takes an added comment for more than words. */
function isMere(parsed: ParsedText, comment: Lexeme, rules: CommentRules): boolean {
  if (comment.kind === 'doc') return isOfItsBlock(parsed, comment);
  const isAtStart = parsed.lineOf(comment.start) <= 2 && parsed.lineOf(0) === 1;
  if (isOrder(comment.source, rules)) return false;
  if (isAtStart && rules.firstLineOrders?.test(comment.source)) return false;
  return !rules.codeBelow?.test(lineOf(parsed, nextCode(parsed, comment)));
}

/** Whether a docstring stands where another one stood. */
function takesItsPlace(comment: Lexeme, old: Lexeme): boolean {
  return comment.kind === 'doc' && old.kind === 'doc' && comment.gap === old.gap;
}

/** Whether a docstring is indented like the statement after it. */
function isOfItsBlock(parsed: ParsedText, comment: Lexeme): boolean {
  const next = nextCode(parsed, comment);
  return next === undefined || next.gap === comment.gap;
}

function nextCode({ lexemes }: ParsedText, { start }: Lexeme): Lexeme | undefined {
  return lexemes.find((lexeme) => lexeme.start > start && isCode(lexeme));
}

function lineOf({ text }: ParsedText, lexeme: Lexeme | undefined): string {
  if (!lexeme) return '';
  const end = text.indexOf('\n', lexeme.start);
  return text.slice(lexeme.start, end === -1 ? undefined : end);
}

/** The comments before each code lexeme, and last those after all code. */
function groupByCode(parsed: ParsedText): Lexeme[][] {
  const groups: Lexeme[][] = [[]];
  for (const lexeme of parsed.lexemes) {
    if (isCode(lexeme)) groups.push([]);
    else groups.at(-1)?.push(lexeme);
  }
  return groups;
}

function changesOf(before: readonly Lexeme[], after: readonly Lexeme[]): CommentChanges {
  const sources = (side: readonly Lexeme[]): string[] => side.map(({ source }) => source);
  const hunks = diffSequences(sources(before), sources(after));
  return {
    removed: hunks.flatMap((hunk) => before.slice(hunk.beforeStart, hunk.beforeEnd)),
    added: hunks.flatMap((hunk) => after.slice(hunk.afterStart, hunk.afterEnd)),
  };
}

function addDifferences(
  { base, proposed }: ParsedVersions,
  changes: CommentChanges,
  found: DifferenceList,
): void {
  const { removed, added } = changes;
  const next = added[0] ?? nextLexeme(proposed, base, removed);
  found.add({
    kind: isUpdate(base, changes) ? 'documentation' : 'comment',
    line: next ? Math.max(1, proposed.lineOf(next.start)) : lineOfLexeme(proposed, [], 0),
    before: sourceOf(base, removed),
    after: sourceOf(proposed, added),
  });
}

/** Whether a declaration's documentation got a new text. */
function isUpdate(base: ParsedText, { removed, added }: CommentChanges): boolean {
  return added.length > 0 && removed.every((comment) => isDocumentation(base, comment));
}

function isDocumentation({ tree }: ParsedText, comment: Lexeme): boolean {
  if (comment.kind === 'doc') return true;
  return [...tree.declarations, ...tree.members].some(
    ({ documentation }) =>
      documentation && documentation.start <= comment.start && comment.end <= documentation.end,
  );
}

/** The code in the proposed text that follows where comments were removed. */
function nextLexeme(
  proposed: ParsedText,
  base: ParsedText,
  removed: readonly Lexeme[],
): Lexeme | undefined {
  const start = removed[0]?.start ?? 0;
  const codeBefore = base.lexemes.filter((lexeme) => isCode(lexeme) && lexeme.end <= start).length;
  return proposed.lexemes.filter(isCode)[codeBefore] ?? proposed.lexemes.at(-1);
}

/**
 * The text without some of its comments: whole lines go where nothing else stands on them, elsewhere
 * the comment goes with the blanks before it.
 */
function withoutComments(text: string, comments: readonly Lexeme[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end } of comments) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const lineEnd = text.indexOf('\n', end);
    const isAlone =
      lineStart >= position &&
      text.slice(lineStart, start).trim() === '' &&
      text.slice(end, lineEnd === -1 ? undefined : lineEnd).trim() === '';
    if (isAlone && lineEnd !== -1) {
      parts.push(text.slice(position, lineStart));
      position = lineEnd + 1;
    } else {
      parts.push(text.slice(position, start).replace(/[ \t]+$/, ''));
      position = end;
    }
  }
  parts.push(text.slice(position));
  return parts.join('');
}
