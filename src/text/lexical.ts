import { type LexicalRules, lexicalRulesOf } from './lexicalRules';

/** A piece of text that is not white space. */
export interface LexicalToken {
  readonly kind: 'word' | 'mark' | 'string' | 'comment';
  readonly start: number;
  readonly end: number;
}

/** What may stand before a regular expression, but not before a division. */
const BEFORE_EXPRESSION =
  /(?:^|[([{,;:=!&|?+\-*%~^<>]|\b(?:return|typeof|case|in|of|yield|await))\s*$/;
const REGULAR_EXPRESSION = /\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const WORD = /[\p{L}\p{N}_$]+/uy;
const CHARACTER = /'(?:\\(?:u\{?[0-9a-fA-F]+\}?|x[0-9a-fA-F]+|.)|[^\\'\n])'/y;

/**
 * Cuts text into words, marks, strings and comments by a few rules of its language. No parser: where
 * a grammar is at hand it knows better. Good enough to tell code from what people wrote.
 */
export function scanTokens(text: string, languageId: string): LexicalToken[] {
  const rules = lexicalRulesOf(languageId);
  const tokens: LexicalToken[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at, rules);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, start: number, rules: LexicalRules): LexicalToken {
  const comment = commentEnd(text, start, rules);
  if (comment !== null) return { kind: 'comment', start, end: comment };
  const string = stringEnd(text, start, rules);
  if (string !== null) return { kind: 'string', start, end: string };
  WORD.lastIndex = start;
  const word = WORD.exec(text);
  if (word) return { kind: 'word', start, end: start + word[0].length };
  return { kind: 'mark', start, end: start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1) };
}

function commentEnd(text: string, start: number, rules: LexicalRules): number | null {
  for (const [open, close] of rules.blockComments) {
    if (!text.startsWith(open, start)) continue;
    const end = text.indexOf(close, start + open.length);
    return end < 0 ? text.length : end + close.length;
  }
  const sign = rules.lineComments.find((each) => text.startsWith(each, start));
  if (sign === undefined || isInsideWord(text, start, sign)) return null;
  if (rules.attribute !== undefined && text.startsWith(rules.attribute, start)) return null;
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** In shell and similar languages a sign in the middle of a word begins no comment: `${#list}`. */
function isInsideWord(text: string, start: number, sign: string): boolean {
  return sign === '#' && start > 0 && /[^\s;)({},[\]]/.test(text[start - 1] ?? '');
}

function stringEnd(text: string, start: number, rules: LexicalRules): number | null {
  const long = rules.longQuotes.find((quote) => text.startsWith(quote, start));
  if (long !== undefined)
    return closing(text, start + long.length, { quote: long, limit: Infinity });
  const quote = rules.quotes.find((each) => text[start] === each);
  if (quote === undefined) {
    return rules.hasRegularExpressions ? regularExpressionEnd(text, start) : null;
  }
  if (quote === "'" && rules.hasLooseApostrophes) {
    CHARACTER.lastIndex = start;
    const character = CHARACTER.exec(text);
    return character && start + character[0].length;
  }
  const lineEnd = text.indexOf('\n', start);
  return closing(text, start + 1, { quote, limit: lineEnd < 0 ? text.length : lineEnd });
}

/** End of a string whose content starts at `from`; its limit when it is not closed before. */
function closing(
  text: string,
  from: number,
  { quote, limit }: { readonly quote: string; readonly limit: number },
): number {
  for (let at = from; at < Math.min(limit, text.length); at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(quote, at)) return at + quote.length;
  }
  return Math.min(limit, text.length);
}

function regularExpressionEnd(text: string, start: number): number | null {
  if (text[start] !== '/') return null;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (!BEFORE_EXPRESSION.test(text.slice(Math.max(lineStart, start - 40), start))) return null;
  REGULAR_EXPRESSION.lastIndex = start;
  const match = REGULAR_EXPRESSION.exec(text);
  return match && start + match[0].length;
}

/** Share of `part`'s words and strings that `whole` has too, counted one by one; 0 for none. */
export function sharedWords(part: string, whole: string): number {
  const left = new Map<string, number>();
  for (const word of words(whole)) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  let total = 0;
  for (const word of words(part)) {
    total += 1;
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    shared += 1;
    left.set(word, count - 1);
  }
  return total === 0 ? 0 : shared / total;
}

function words(text: string): string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]*|\p{N}+/gu) ?? [];
}

/** How alike two texts are by their words and signs, white space aside: 1 for the same, 0 for not. */
export function likeness(one: string, other: string): number {
  const first = pieces(one);
  const second = pieces(other);
  if (first.length === 0 || second.length === 0) return first.length === second.length ? 1 : 0;
  const left = new Map<string, number>();
  for (const piece of second) left.set(piece, (left.get(piece) ?? 0) + 1);
  let shared = 0;
  for (const piece of first) {
    const count = left.get(piece) ?? 0;
    if (count === 0) continue;
    shared += 1;
    left.set(piece, count - 1);
  }
  return (2 * shared) / (first.length + second.length);
}

function pieces(text: string): string[] {
  return text.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$`]/gu) ?? [];
}
