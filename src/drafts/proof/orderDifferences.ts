import { type CommentRules, isDirective, isOrder } from '../../syntax/commentRules';
import type { DifferenceList } from './differenceList';
import type { Lexeme, ParsedText, ParsedVersions } from './parsedVersions';

/**
 * Adds a difference for each comment that a compiler or tool acts on and that does not stand where
 * it stood: beside its code, or above the same line with nothing between. Only for versions whose
 * code is equal.
 */
export function compareOrders(
  versions: ParsedVersions,
  rules: CommentRules | undefined,
  found: DifferenceList,
): void {
  compareFirstLines(versions, rules, found);
  if (!rules) return;
  const before = ordersOf(versions.base, rules);
  const after = ordersOf(versions.proposed, rules);
  // One that came or went is a difference already.
  if (before.length !== after.length) return;
  after.forEach(({ lexeme, place }, index) => {
    const old = before[index];
    if (!old || old.place === place) return;
    found.add({
      kind: 'directive',
      line: Math.max(1, versions.proposed.lineOf(lexeme.start)),
      before: linesAt(versions.base, old.lexeme),
      after: linesAt(versions.proposed, lexeme),
    });
  });
}

/** What runs a file and what its characters are is read from its first lines, and nowhere else. */
function compareFirstLines(
  { base, proposed }: ParsedVersions,
  rules: CommentRules | undefined,
  found: DifferenceList,
): void {
  const after = proposed.text.split('\n', 2);
  base.text.split('\n', 2).forEach((line, index) => {
    const isEncoding = /^[ \t]*[#@]/.test(line) && rules?.firstLineOrders?.test(line) === true;
    if (!isEncoding && !(index === 0 && line.startsWith('#!'))) return;
    const fresh = after[index] ?? '';
    if (fresh.trimEnd() === line.trimEnd()) return;
    found.add({ kind: 'directive', line: index + 1, before: line, after: fresh });
  });
}

interface Order {
  readonly lexeme: Lexeme;
  readonly place: string;
}

function ordersOf(parsed: ParsedText, rules: CommentRules): Order[] {
  return parsed.lexemes.flatMap((lexeme, index) =>
    lexeme.kind === 'comment' && isOrder(lexeme.source, rules)
      ? [{ lexeme, place: placeOf(parsed, index, rules) }]
      : [],
  );
}

/** On which side of what a comment stands, as text that is equal for equal places. */
function placeOf({ text, lexemes }: ParsedText, index: number, rules: CommentRules): string {
  const lexeme = lexemes[index];
  const previous = lexemes[index - 1];
  const next = lexemes[index + 1];
  if (!lexeme) return '';
  const breaksBefore = previous ? breaksIn(text.slice(previous.end, lexeme.start)) : 1;
  const isBeside = breaksBefore === 0 && previous?.kind === 'code';
  if (isBeside || !next) return isBeside ? 'beside' : 'above nothing';
  if (rules.signatureComment?.test(lexeme.source)) return `below ${previous?.kind ?? ''}`;
  if (!isDirective(lexeme.source, rules)) return 'above';
  const breaks = breaksIn(text.slice(lexeme.end, next.start));
  const isOfFile = breaks > 1 && rules.fileDirective?.test(lexeme.source) === true;
  return isOfFile ? 'above an empty line' : `above ${String(breaks)} ${next.kind}`;
}

/** Line breaks: none, one, or that there are blank lines. */
function breaksIn(space: string): number {
  return Math.min(2, space.split('\n').length - 1);
}

function linesAt({ text }: ParsedText, { start, end }: Lexeme): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next === -1 ? -1 : text.indexOf('\n', next + 1);
  return text.slice(from, to === -1 ? undefined : to).trim();
}
