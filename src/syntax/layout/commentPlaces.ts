import type { LanguageRules } from '../languageRules';
import type { SyntaxToken } from '../syntax';
import type { CommentNeighbours } from './gap';
import type { PlacedTokens } from './readGaps';

/** Whether the language reads each comment as one, where it stands. */
export function hasOnlyComments(
  source: string,
  placed: PlacedTokens,
  rules: LanguageRules,
): boolean {
  const { misreadsComment, refusesComment } = rules;
  if (!misreadsComment && !refusesComment) return true;
  return placed.tokens.every((token, index) => {
    if (token.kind === 'code') return true;
    const text = source.slice(token.start, token.end);
    const before = lineBefore(source, token.start, rules);
    if (misreadsComment?.(text, before)) return false;
    return !refusesComment?.(text, neighbours(source, placed, index));
  });
}

/** What stands before an offset on its line; a line that a backslash continues is the same line. */
function lineBefore(source: string, offset: number, { layout }: LanguageRules): string {
  const { continuation } = layout;
  let start = source.lastIndexOf('\n', offset - 1) + 1;
  if (continuation === undefined) return source.slice(start, offset);
  while (/\\\r?$/.test(source.slice(Math.max(0, start - 3), Math.max(0, start - 1)))) {
    start = source.lastIndexOf('\n', start - 2) + 1;
  }
  return source.slice(start, offset).replace(/\\\r?\n/g, continuation);
}

function neighbours(
  source: string,
  { tokens, places }: PlacedTokens,
  index: number,
): CommentNeighbours {
  const isCode = (token: SyntaxToken): boolean => token.kind !== 'comment';
  const previous = tokens.slice(Math.max(0, index - NEAR), index).findLast(isCode);
  const next = tokens.findIndex((token, at) => at > index && isCode(token));
  const place = places[next];
  return {
    previous: previous ? source.slice(previous.start, previous.end) : null,
    opens: place ? [...place.opens, place.type] : [],
  };
}

/** Tokens that are looked through for code; no file starts with more comments in a row. */
const NEAR = 1000;
