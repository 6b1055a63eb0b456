import type { SyntaxToken } from './syntax';

/**
 * Marks the tokens at which a preprocessor directive begins and after which it has ended.
 *
 * The grammars take `#ifdef A` and the code after it alike whether or not a line break is between;
 * the compiler does not. With the marks in `text`, a token that moves into a directive's line or
 * out of it is no longer equal.
 */
export function markDirectiveLines(source: string, tokens: readonly SyntaxToken[]): SyntaxToken[] {
  let directiveEnd = -1;
  let isAfterDirective = false;
  return tokens.map((token) => {
    if (token.kind !== 'code') return token;
    const isNewDirective = source[token.start] === '#' && beginsLine(source, token.start);
    const endsDirective = directiveEnd >= 0 && token.start > directiveEnd;
    if (endsDirective) {
      isAfterDirective = true;
      directiveEnd = -1;
    }
    if (isNewDirective) directiveEnd = logicalLineEnd(source, token.start);
    if (!isNewDirective && !isAfterDirective) return token;
    isAfterDirective = false;
    const text = token.text ?? source.slice(token.start, token.end);
    // White space after the sign only shows how deep directives are nested.
    return { ...token, text: `\n${isNewDirective ? text.replace(/^#\s+/, '#') : text}` };
  });
}

function beginsLine(source: string, offset: number): boolean {
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  // A line that the one above goes on in is not a line of its own.
  const isContinued = /\\\r?\n$/.test(source.slice(Math.max(0, start - 3), start));
  return !isContinued && source.slice(start, offset).trim() === '';
}

/** Offset of the line break that ends the line, continued ones counted as one. */
function logicalLineEnd(source: string, offset: number): number {
  for (let end = source.indexOf('\n', offset); end >= 0; end = source.indexOf('\n', end + 1)) {
    if (!/\\\r?$/.test(source.slice(offset, end))) return end;
  }
  return source.length;
}
