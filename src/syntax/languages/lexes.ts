import type { Lexis, Span, TaggedText } from '../commentRules';

const DOUBLE = { open: '"', close: '"' };
const SINGLE = { open: "'", close: "'" };
const LONG_DOUBLE = { open: '"""', close: '"""', isLong: true };
const LONG_SINGLE = { open: "'''", close: "'''", isLong: true };

export const STRINGS = { DOUBLE, SINGLE, LONG_DOUBLE, LONG_SINGLE } as const;

/** A quotation mark as a character, which opens no string. */
export const QUOTE_CHARACTERS = [
  { open: `'"'`, close: '' },
  { open: `'\\"'`, close: '' },
] as const;

/** What ends a text in brackets. */
export const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
]);

/** Brackets with equals signs between, as Lua and CMake have them, after a sign for comments or none. */
export function longBrackets(sign: string): TaggedText {
  return {
    first: sign.charAt(0) || '[',
    open: new RegExp(`${sign}\\[(=*)\\[`, 'y'),
    closeOf: ([, level = '']) => `]${level}]`,
    isComment: sign !== '',
  };
}

/** Comments and strings as in C. */
export const C_LEXIS: Lexis = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  strings: [DOUBLE, SINGLE],
};

/** As in Kotlin, Swift and their like: comments nest, and strings may have several lines. */
export const NESTED_LEXIS: Lexis = {
  ...C_LEXIS,
  hasNestedComments: true,
  strings: [LONG_DOUBLE, DOUBLE, SINGLE],
};

/** Parts of a text from a line that begins one to the line that ends it, or to the text's end. */
export function lineSpans(
  source: string,
  begin: RegExp,
  endOf: (begin: RegExpExecArray) => RegExp,
): Span[] {
  const spans: Span[] = [];
  let open: { readonly start: number; readonly end: RegExp } | null = null;
  for (const { text, start } of linesOf(source)) {
    if (open) {
      if (!open.end.test(text)) continue;
      spans.push({ start: open.start, end: start + text.length });
      open = null;
      continue;
    }
    const found = begin.exec(text);
    if (found) open = { start, end: endOf(found) };
  }
  if (open) spans.push({ start: open.start, end: source.length });
  return spans;
}

/** Heredocs; the line that opens one is code. */
export function heredocs(source: string): Span[] {
  return lineSpans(
    source,
    /<<[~-]?\s*["']?([A-Za-z_]\w*)["']?/,
    ([, word = '']) => new RegExp(`^\\s*${word}\\s*$`),
  ).map(({ start, end }) => {
    const firstLineEnd = source.indexOf('\n', start);
    return { start: firstLineEnd === -1 ? end : firstLineEnd, end };
  });
}

export function linesOf(source: string): { readonly text: string; readonly start: number }[] {
  const lines: { text: string; start: number }[] = [];
  let start = 0;
  for (const text of source.split('\n')) {
    lines.push({ text: text.replace(/\r$/, ''), start });
    start += text.length + 1;
  }
  return lines;
}
