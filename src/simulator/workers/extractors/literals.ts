import type { Code, CodeToken } from '../code';

export interface StringLiteral {
  readonly token: CodeToken;
  /** The text between the quotes, escapes as they are written. */
  readonly text: string;
}

const QUOTED = /^(?:[A-Za-z]{0,3}|[$@]{1,2})(#*)("""|'''|"|'|`)([\s\S]*)\2\1$/;

/** String literals in order, of any kind the language has. */
export function stringLiterals(code: Code): StringLiteral[] {
  return code.tokens.flatMap((token) => {
    const match = token.kind === 'code' ? QUOTED.exec(token.raw) : null;
    return match ? [{ token, text: match[3] ?? '' }] : [];
  });
}
