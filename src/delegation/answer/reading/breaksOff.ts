import { type LexicalToken, scanTokens } from '../../../text/lexical';
import { isMarkupLanguage, lexicalRulesOf } from '../../../text/lexicalRules';
import type { AnsweredCode } from './peel';

/**
 * Whether new code ends in the middle: with a bracket, a text or a comment open that was closed in what
 * was sent. A worker's outcome comes without a word of whether its limit was reached.
 */
export function breaksOff(answer: string, { code, languageId }: AnsweredCode): boolean {
  if (isMarkupLanguage(languageId) || endsAtMargin(answer)) return false;
  const [before, after] = [openings(code, languageId), openings(answer, languageId)];
  return before !== null && after !== null && after > before;
}

/** Whether a text ends within a comment or a documentation string. */
export function endsInComment(text: string, languageId: string): boolean {
  const last = scanTokens(text, languageId).at(-1);
  return last !== undefined && isUnclosed(text.slice(last.start), last, languageId);
}

/** Code whose last line closes something as far left as the first begins is whole by its looks. */
function endsAtMargin(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first = '', last = ''] = [lines[0], lines.at(-1)];
  return /^\s*[)\]}]+[)\]};,\s]*$/.test(last) && indentOf(last) <= indentOf(first);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** How much is open at the end of some code; null when its brackets cannot be paired. */
function openings(text: string, languageId: string): number | null {
  const open: string[] = [];
  const tokens = scanTokens(text, languageId);
  for (const { kind, start } of tokens) {
    const sign = kind === 'mark' ? text.charAt(start) : '';
    const closing = CLOSING[sign];
    if (closing !== undefined) open.push(closing);
    else if (/[)\]}]/.test(sign) && open.pop() !== sign) return null;
  }
  const last = tokens.at(-1);
  return open.length + (last && isUnclosed(text.slice(last.start), last, languageId) ? 1 : 0);
}

function isUnclosed(text: string, { kind }: LexicalToken, languageId: string): boolean {
  const { blockComments, longQuotes, quotes } = lexicalRulesOf(languageId);
  const pairs =
    kind === 'comment'
      ? blockComments
      : kind === 'string'
        ? [...longQuotes, ...quotes].map((quote) => [quote, quote] as const)
        : [];
  const pair = pairs.find(([start]) => text.startsWith(start));
  if (!pair) return false;
  const [start, end] = pair;
  const body = text.trimEnd();
  return body.length < start.length + end.length || !body.endsWith(end);
}
