import type { Lexis, Span, TaggedText } from './commentRules';
import type { SyntaxToken } from './syntax';

/**
 * What can be told of a text without a grammar: its comments, and as `code` the strings over
 * several lines and other texts in which no comment can be written. In order of their starts.
 */
export function scanPlainly(source: string, lexis: Lexis): SyntaxToken[] {
  const texts = lexis.texts?.(source) ?? [];
  const found = scanSigns(source, lexis, mergedSpans(texts));
  const all = [...found, ...texts.map((span) => ({ kind: 'code' as const, ...span }))];
  return all.sort((a, b) => a.start - b.start);
}

type Opener =
  | { readonly kind: 'line'; readonly open: string }
  | {
      readonly kind: 'block';
      readonly open: string;
      readonly close: string;
      readonly isNested: boolean;
    }
  | {
      readonly kind: 'string';
      readonly open: string;
      readonly close: string;
      readonly isLong: boolean;
      /** Before what is no end; empty where nothing is escaped. */
      readonly escape: string;
    };

function openersOf(lexis: Lexis): Opener[] {
  const all: Opener[] = [
    ...(lexis.blockComments ?? []).map(([open, close]) => ({
      kind: 'block' as const,
      open,
      close,
      isNested: lexis.hasNestedComments === true,
    })),
    ...(lexis.lineComments ?? []).map((open) => ({ kind: 'line' as const, open })),
    ...(lexis.strings ?? []).map(
      ({ open, close, isLong = false, isRaw = false, escape = isRaw ? '' : '\\' }) => {
        return { kind: 'string' as const, open, close, isLong, escape };
      },
    ),
  ];
  return all.sort((a, b) => b.open.length - a.open.length);
}

function scanSigns(source: string, lexis: Lexis, skipped: readonly Span[]): SyntaxToken[] {
  const openers = openersOf(lexis);
  const tagged = lexis.tagged ?? [];
  const signs = new Set([
    ...openers.map(({ open }) => open.charAt(0)),
    ...tagged.flatMap(({ first }) => Array.from(first)),
  ]);
  const tokens: SyntaxToken[] = [];
  let skip = 0;
  for (let at = 0; at < source.length; at++) {
    while ((skipped[skip]?.end ?? Infinity) <= at) skip++;
    const span = skipped[skip];
    if (span && span.start <= at) {
      at = span.end - 1;
      continue;
    }
    if (!signs.has(source.charAt(at))) continue;
    const long = taggedAt(source, tagged, at);
    if (long) {
      tokens.push(long);
      at = long.end - 1;
      continue;
    }
    const opener = openers.find(({ open }) => source.startsWith(open, at));
    if (!opener) continue;
    const end = endOf(source, opener, at);
    const isComment = opener.kind !== 'string';
    if (isComment || opener.isLong) {
      tokens.push({ kind: isComment ? 'comment' : 'code', start: at, end });
    }
    at = Math.max(at, end - 1);
  }
  return tokens;
}

function taggedAt(
  source: string,
  tagged: readonly TaggedText[],
  start: number,
): SyntaxToken | null {
  for (const { first, open, closeOf, isComment } of tagged) {
    if (!first.includes(source.charAt(start))) continue;
    open.lastIndex = start;
    const opening = open.exec(source);
    if (!opening) continue;
    const close = closeOf(opening);
    const closing = source.indexOf(close, start + opening[0].length);
    const end = closing === -1 ? source.length : closing + close.length;
    return { kind: isComment === true ? 'comment' : 'code', start, end };
  }
  return null;
}

function endOf(source: string, opener: Opener, start: number): number {
  const from = start + opener.open.length;
  if (opener.kind === 'line') return lineEnd(source, from);
  if (opener.kind === 'block') return blockEnd(source, opener, from);
  const { close, isLong, escape } = opener;
  if (close === '') return from;
  for (let at = from; at < source.length; at++) {
    if (!isLong && (source[at] === '\n' || source[at] === '\r')) return at;
    if (source[at] === escape) at++;
    else if (source.startsWith(close, at)) return at + close.length;
  }
  return source.length;
}

function lineEnd(source: string, from: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = from;
  return found.exec(source)?.index ?? source.length;
}

function blockEnd(
  source: string,
  { open, close, isNested }: Extract<Opener, { kind: 'block' }>,
  from: number,
): number {
  let depth = 1;
  for (let at = from; at < source.length; at++) {
    if (source.startsWith(close, at)) {
      at += close.length - 1;
      if (--depth === 0) return at + 1;
    } else if (isNested && source.startsWith(open, at)) {
      depth++;
      at += open.length - 1;
    }
  }
  return source.length;
}

function mergedSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else merged.push(span);
  }
  return merged;
}
