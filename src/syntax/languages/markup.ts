import type { CommentRules, Span } from '../commentRules';
import type { Language } from '../language';
import { lineSpans } from './lexes';

export const markupComments: CommentRules = {
  documentation: { kind: 'block', open: '<!--', close: '-->', prefix: '' },
  directive:
    /^<!--\s*(?:eslint-disable-next-line|prettier-ignore|svelte-ignore|@ts-|@vue-|markdownlint-disable-next-line)/,
  orderLines:
    /^(?:eslint-(?:dis|en)able|prettier-ignore|svelte-ignore|@ts-|@vue-|markdownlint-|htmlhint\b|html-validate-|\[if\b|\[endif\b|#(?:include|exec)\b)/,
  leadingLines: /^<(?:\?|!DOCTYPE\b)/i,
  // Two hyphens must not stand in such a comment at all, nor one at its end.
  escapeLine: (line) => line.replace(/-(?=-)/g, '- ').replace(/-$/, '- '),
};

/** Parts that begin with one sign and end with another, whatever stands between. */
const FENCED: readonly (readonly [open: string, close: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['{{', '}}'],
  ['{%', '%}'],
];
/** Elements whose content is text, comments included. */
const RAW_ELEMENTS: ReadonlySet<string> = new Set(['textarea', 'title', 'pre', 'xmp', 'plaintext']);

/** Tags, comments, raw text and, with `hasExpressions`, what stands in braces. */
function markupSpans(source: string, hasExpressions: boolean): Span[] {
  const spans: Span[] = [];
  let at = 0;
  while (at < source.length) {
    const end = partEnd(source, at, hasExpressions);
    if (end > at) spans.push({ start: at, end });
    at = Math.max(end, at + 1);
  }
  return spans;
}

/** End of the part that begins at an offset, or the offset when none does. */
function partEnd(source: string, at: number, hasExpressions: boolean): number {
  const sign = source[at];
  if (sign !== '<' && !(hasExpressions && sign === '{')) return at;
  for (const [open, close] of FENCED) {
    if (source.startsWith(open, at)) return endAfter(source, close, at + open.length);
  }
  if (sign === '{') return balancedEnd(source, at);
  const name = /^<(?:!|\/?([A-Za-z_:][\w:.-]*))/.exec(source.slice(at, at + 80));
  if (!name) return at;
  const end = tagEnd(source, at);
  const element = hasExpressions ? name[1]?.toLowerCase() : undefined;
  if (element === undefined || source[at + 1] === '/' || !RAW_ELEMENTS.has(element)) return end;
  return endOfElement(source, element, end);
}

/** Where the closing tag of an element begins, or the text's end. */
export function endOfElement(source: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = from;
  return closing.exec(source)?.index ?? source.length;
}

function endAfter(source: string, close: string, from: number): number {
  const found = source.indexOf(close, from);
  return found === -1 ? source.length : found + close.length;
}

function tagEnd(source: string, at: number): number {
  for (let end = at + 1; end < source.length; end++) {
    const sign = source[end];
    if (sign === '>') return end + 1;
    if (sign === '"' || sign === "'") end = endAfter(source, sign, end + 1) - 1;
    if (sign === '{') end = balancedEnd(source, end) - 1;
    if (sign === '[') end = endAfter(source, ']', end + 1) - 1;
  }
  return source.length;
}

function balancedEnd(source: string, at: number): number {
  let depth = 0;
  for (let end = at; end < source.length; end++) {
    if (source[end] === '{') depth++;
    if (source[end] === '}' && --depth === 0) return end + 1;
  }
  return source.length;
}

export const markupLanguages: readonly Language[] = [
  {
    ids: ['xml', 'xsl', 'svg'],
    comments: { ...markupComments, lexis: { texts: (source) => markupSpans(source, false) } },
  },
  {
    ids: ['html', 'vue', 'svelte', 'astro', 'handlebars', 'razor', 'aspnetcorerazor'],
    comments: { ...markupComments, lexis: { texts: (source) => markupSpans(source, true) } },
  },
  {
    ids: ['markdown', 'mdx'],
    comments: {
      ...markupComments,
      lexis: {
        texts: (source) =>
          lineSpans(source, /^\s*(```+|~~~+)/, ([, fence = '']) => new RegExp(`^\\s*${fence}`)),
      },
    },
  },
];
