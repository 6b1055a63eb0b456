import type { Extractor } from './item';
import { stringLiterals } from './literals';

/** Strings that a person reads: words with spaces between, or a capitalized word; no keys or paths. */
export const humanStrings: Extractor = (code) =>
  stringLiterals(code)
    .filter(({ text }) => isForPeople(text.trim()))
    .map(({ token, text }) => ({ line: code.lineNumber(token.start), text }));

function isForPeople(text: string): boolean {
  if (!/\p{L}{2}/u.test(text)) return false;
  if (/^(?:[\w.-]*[/\\])+[\w.*-]*$/.test(text) || /^\w+:\/\//.test(text)) return false;
  if (/^\s*(?:select|insert|update|delete|create|alter|drop|with)\s/i.test(text)) return false;
  return (
    /\p{L}[\p{L}'’,;:.!?)]*\s+[\p{L}\d$%{(]/u.test(text) || /^\p{Lu}\p{Ll}+[.!?]?$/u.test(text)
  );
}
