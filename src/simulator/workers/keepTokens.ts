import { tokenText } from '../../syntax/syntax';
import type { SyntaxToken } from '../../syntax/syntax';
import type { Parsed } from './sameMeaning';

/** Formatters add and drop these on their own account. */
const OPTIONAL: ReadonlySet<string> = new Set([';', ',', '(', ')']);

/**
 * Takes the layout of a formatted text and the tokens of the text before: separators that the
 * formatter added go, ones that it dropped come back, literals get their own quotes again.
 *
 * @returns null when the formatter changed more than that.
 */
export function withOriginalTokens(before: Parsed, after: Parsed): string | null {
  const old = before.tree.tokens;
  const now = after.tree.tokens;
  const written: string[] = [];
  let next = 0;
  let position = 0;
  for (const token of old) {
    while (isExtra({ before, after }, token, next)) {
      // Its place closes up: a line break that it brought along could end a statement.
      const extra = now[next];
      const isOpening = after.text.slice(extra?.start, extra?.end) === '(';
      if (isOpening) written.push(after.text.slice(position, extra?.start));
      position = (isOpening ? now[next + 1]?.start : extra?.end) ?? position;
      next++;
    }
    const match = now[next];
    if (match && isSame({ before, after }, token, match)) {
      written.push(
        after.text.slice(position, match.start),
        textOf({ before, after }, token, match),
      );
      position = match.end;
      next++;
    } else if (OPTIONAL.has(tokenText(token, before.text))) {
      written.push(tokenText(token, before.text));
    } else {
      return null;
    }
  }
  const rest = now.slice(next);
  if (rest.some((token) => !OPTIONAL.has(tokenText(token, after.text)))) return null;
  for (const token of rest) {
    written.push(after.text.slice(position, token.start));
    position = token.end;
  }
  return written.join('') + after.text.slice(position);
}

interface Pair {
  readonly before: Parsed;
  readonly after: Parsed;
}

/** Whether the formatter put an optional token here that the text before does not have. */
function isExtra(pair: Pair, token: SyntaxToken, next: number): boolean {
  const now = pair.after.tree.tokens[next];
  if (!now || isSame(pair, token, now)) return false;
  return OPTIONAL.has(tokenText(now, pair.after.text)) && now.kind === 'code';
}

function isSame({ before, after }: Pair, token: SyntaxToken, now: SyntaxToken): boolean {
  if (token.kind !== now.kind) return false;
  const first = tokenText(token, before.text);
  const second = tokenText(now, after.text);
  return first === second || (isLiteral(first) && unquoted(first) === unquoted(second));
}

function isLiteral(text: string): boolean {
  return /^\w{0,2}["']/.test(text);
}

/** A literal without what formatters rewrite in it: the kind of quotes and their escapes. */
function unquoted(text: string): string {
  return text.replace(/\\(["'])/g, '$1').replace(/["']/g, "'");
}

/** Comments move with their lines, so the formatted form counts; all else is as it was. */
function textOf({ before, after }: Pair, token: SyntaxToken, now: SyntaxToken): string {
  const isEqual = tokenText(token, before.text) === tokenText(now, after.text);
  return isEqual ? after.text.slice(now.start, now.end) : before.text.slice(token.start, token.end);
}
