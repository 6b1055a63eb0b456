import type { Code, CodeToken } from '../code';

export interface StringLiteral {
  readonly token: CodeToken;
  /** The text between the quotes, escapes as they are written. */
  readonly text: string;
}

const QUOTED = /^(?:[A-Za-z]{0,3}|[$@]{1,2})(#*)("""|'''|"|'|`)([\s\S]*)\2\1$/;

/** String literals in order, of any kind the language has; text between JSX tags counts as well. */
export function stringLiterals(code: Code): StringLiteral[] {
  const isJsx = code.languageId.endsWith('react');
  return code.tokens.flatMap((token) => {
    if (token.kind !== 'code') return [];
    const quoted = QUOTED.exec(token.raw);
    if (quoted) return [{ token, text: quoted[3] ?? '' }];
    const isText = isJsx && /\p{L}/u.test(token.raw) && /\s/.test(token.raw);
    return isText ? [{ token, text: token.raw.trim().replace(/\s+/g, ' ') }] : [];
  });
}
