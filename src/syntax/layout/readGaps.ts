import type { SyntaxToken } from '../syntax';
import type { Gap, LanguageLayout, LayoutToken } from './gap';

/** Where a token stands in the tree; see `LayoutToken`. */
export interface TokenPlace {
  readonly type: string;
  readonly parent: string;
  readonly opens: readonly string[];
  readonly closes: readonly string[];
}

export interface PlacedTokens {
  readonly tokens: readonly SyntaxToken[];
  /** For each token its place. */
  readonly places: readonly TokenPlace[];
}

/** What the white space before each token means; empty for comments. */
export function readGaps(
  source: string,
  { tokens, places }: PlacedTokens,
  layout: LanguageLayout,
): readonly string[] {
  const gaps: Gap[] = [];
  let left: LayoutToken | null = null;
  let pieces = '';
  let beginsWithSpace = false;
  let hasBreak = false;
  let hasComment = false;
  let position = 0;
  tokens.forEach((token, index) => {
    const space = joinLines(source.slice(position, token.start), layout);
    if (!hasComment) beginsWithSpace = space !== '';
    pieces += space;
    hasBreak ||= /[\r\n]/.test(space);
    position = token.end;
    if (token.kind === 'comment') {
      hasComment = true;
      hasBreak ||= /[\r\n\u2028\u2029]/.test(source.slice(token.start, token.end));
      return;
    }
    const place = places[index] ?? NOWHERE;
    // Field by field: spreading is many times slower, and there are millions of tokens.
    const right: LayoutToken = {
      type: place.type,
      parent: place.parent,
      opens: place.opens,
      closes: place.closes,
      text: source.slice(token.start, token.end),
      start: token.start,
      end: token.end,
      isDoc: token.kind === 'doc',
    };
    gaps.push({ left, right, space: pieces, beginsWithSpace, hasBreak, hasComment });
    left = right;
    pieces = '';
    hasBreak = false;
    hasComment = false;
  });
  const marks = layout.read(gaps, source);
  let next = 0;
  return tokens.map(({ kind }) => (kind === 'comment' ? '' : (marks[next++] ?? '')));
}

const NOWHERE: TokenPlace = { type: '', parent: '', opens: [], closes: [] };

function joinLines(space: string, { continuation }: LanguageLayout): string {
  return continuation === undefined ? space : space.replace(/\\\r?\n/g, continuation);
}
