import type { SyntaxToken } from './syntax';

/** What may stand before a directive on its line: comments, as in C, or nothing at all, as in C#. */
export type DirectiveRule = 'commented' | 'alone';

/**
 * Marks the tokens at which a preprocessor directive begins and after which it has ended.
 *
 * The grammars take `#ifdef A` and the code after it alike whether or not a line break is between;
 * the compiler does not. With the marks in `text`, a token that moves into a directive's line or
 * out of it is no longer equal.
 */
export function markDirectiveLines(
  source: string,
  tokens: readonly SyntaxToken[],
  rule: DirectiveRule,
): SyntaxToken[] {
  let isInDirective = false;
  let isAfterDirective = false;
  let isFirst = true;
  let position = 0;
  /** What stands between the last token of code and the next, as far as lines depend on it. */
  let between = '';
  return tokens.map((token) => {
    between += source.slice(position, token.start);
    position = token.end;
    if (token.kind !== 'code') {
      // To C a comment is a blank, also one of several lines.
      if (rule === 'alone') between += source.slice(token.start, token.end);
      return token;
    }
    // A line that the one above goes on in is not a line of its own.
    const [ended = '', ...lines] = between.replace(/\\\r?\n/g, '').split('\n');
    const line = lines.at(-1) ?? (isFirst ? ended : null);
    between = '';
    isFirst = false;
    if (isInDirective && lines.length > 0) {
      isInDirective = false;
      isAfterDirective = true;
    }
    const isSign = source.startsWith('#', token.start);
    const isNewDirective = isSign && line?.trim() === '';
    isInDirective ||= isNewDirective;
    const isMarked = isNewDirective || (isAfterDirective && !isSign);
    isAfterDirective = false;
    if (!isMarked) return token;
    const text = token.text ?? source.slice(token.start, token.end);
    // White space after the sign only shows how deep directives are nested.
    return { ...token, text: `\n${isNewDirective ? text.replace(/^#\s+/, '#') : text}` };
  });
}
