/** Texts of Perl in which no comment can be written. */

import type { Span } from '../commentRules';
import { CLOSING, lineSpans, linesOf } from './lexes';

/** Documentation in the language's own format, strings, patterns, and what stands after the program's end. */
export function perlTexts(source: string): Span[] {
  const pod = lineSpans(source, /^=[a-zA-Z]/, () => /^=cut\b/);
  const end = /^__(?:END|DATA)__\s*$/m.exec(source);
  const rest = end ? [{ start: end.index, end: source.length }] : [];
  const texts = [...pod, ...rest];
  texts.push(...heredocs(source, texts));
  return [...texts, ...quoted(source, texts)];
}

const HEREDOC = /<<~?(?:"([^"\n]+)"|'([^'\n]+)'|([A-Za-z_]\w*))/;

/** Heredocs; the line that opens one is code, and one without an end is an operator. */
function heredocs(source: string, others: readonly Span[]): Span[] {
  const spans: Span[] = [];
  let open: { readonly start: number; readonly word: string } | null = null;
  for (const { text, start } of linesOf(source)) {
    if (open) {
      if (text.trim() !== open.word) continue;
      spans.push({ start: open.start, end: start + text.length });
      open = null;
    }
    if (others.some((span) => span.start <= start && start < span.end)) continue;
    const [, double, single, bare] = HEREDOC.exec(text.replace(/(?:^|\s)#.*$/, '')) ?? [];
    const word = double ?? single ?? bare;
    if (word !== undefined) open = { start: start + text.length, word };
  }
  return spans;
}

/** Operators that quote, by how many parts they have; behind a sigil or an arrow it is a name. */
const OPERATOR = /(?<![\w$@%&*>:-])(?:(q[qwxr]?|m)|(s|tr|y))(?=(\s*)([^\w\s]))/y;
const NAME_BEFORE = /\bsub\s+$|->\s*$/;
const MATCH_BEFORE = /[=!]~\s*$/;
/** Where a value is due a slash begins a pattern; elsewhere it divides. */
const VALUE_BEFORE =
  /(?:^|[=!~(,{;&|?:[]|\b(?:if|unless|while|until|and|or|not|split|grep|map|return|when|push|join|x))\s*$/;

/** Strings and patterns; a quotation mark without an end is none. */
function quoted(source: string, texts: readonly Span[]): Span[] {
  const skipped = [...texts].sort((a, b) => a.start - b.start);
  const spans: Span[] = [];
  const unclosed = new Set<string>();
  let skip = 0;
  for (let at = 0; at < source.length; at++) {
    while ((skipped[skip]?.end ?? Infinity) <= at) skip++;
    const span = skipped[skip];
    if (span && span.start <= at) {
      at = span.end - 1;
      continue;
    }
    if (isComment(source, at)) {
      at = (source.indexOf('\n', at) + 1 || source.length + 1) - 1;
      continue;
    }
    const quote = quoteAt(source, at);
    if (!quote || unclosed.has(quote.open)) continue;
    const end = endOfQuote(source, quote);
    if (end === null) {
      unclosed.add(quote.open);
      continue;
    }
    spans.push({ start: at, end });
    at = end - 1;
  }
  return spans;
}

/** `$#list` is the index of a list's last entry. */
function isComment(source: string, at: number): boolean {
  return source[at] === '#' && source[at - 1] !== '$';
}

interface Quote {
  readonly open: string;
  /** Of the sign that opens it. */
  readonly start: number;
  readonly hasTwoParts: boolean;
}

function quoteAt(source: string, at: number): Quote | null {
  const sign = source.charAt(at);
  const before = source.slice(Math.max(0, at - LOOK_BACK), at);
  if (/["'`]/.test(sign)) {
    // `$"` is a variable, and `main'name` an old way to write a package.
    return /[$@%&\w\\]$/.test(before) ? null : { open: sign, start: at, hasTwoParts: false };
  }
  if (sign === '/') {
    return VALUE_BEFORE.test(before) ? { open: sign, start: at, hasTwoParts: false } : null;
  }
  if (!/[qmsty]/.test(sign)) return null;
  OPERATOR.lastIndex = at;
  const found = OPERATOR.exec(source);
  if (!found || NAME_BEFORE.test(before)) return null;
  const [word, , twoParts, space = '', open = ''] = found;
  // Behind a blank that sign begins a comment.
  if (open === '#' && space !== '') return null;
  // `(s, y)`, `{y}` and `s => 1` are words, unless something is matched with them.
  if (/[,;=)}]/.test(open) && !MATCH_BEFORE.test(before)) return null;
  return { open, start: at + word.length + space.length, hasTwoParts: twoParts !== undefined };
}

/** So much before a sign tells what it is. */
const LOOK_BACK = 20;

function endOfQuote(source: string, { open, start, hasTwoParts }: Quote): number | null {
  const first = endOfPart(source, open, start + 1);
  if (first === null || !hasTwoParts) return first;
  if (!CLOSING.has(open)) return endOfPart(source, open, first);
  const next = /\s*/y;
  next.lastIndex = first;
  const second = first + (next.exec(source)?.[0].length ?? 0);
  return endOfPart(source, source.charAt(second), second + 1);
}

/** Offset behind the sign that ends what began with `open`; brackets in it count. */
function endOfPart(source: string, open: string, from: number): number | null {
  const close = CLOSING.get(open);
  let depth = 1;
  for (let at = from; at < source.length; at++) {
    const sign = source[at];
    if (sign === '\\') at++;
    else if (sign === (close ?? open) && --depth === 0) return at + 1;
    else if (close !== undefined && sign === open) depth++;
  }
  return null;
}
