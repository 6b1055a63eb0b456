import type { Code } from '../code';
import { applyEdits } from './edits';

/** Takes away white space at line ends, but for that of literals and of Markdown. */
export function tidy(code: Code): string {
  if (code.languageId === 'markdown') return code.text;
  const literals = code.tokens.filter(({ kind, raw }) => kind !== 'comment' && raw.includes('\n'));
  const edits = [...code.text.matchAll(/[ \t]+(?=\r?\n|$)/g)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length, text: '' }))
    .filter(({ start }) => !literals.some((token) => token.start <= start && start < token.end));
  return applyEdits(code.text, edits);
}
