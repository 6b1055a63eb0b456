/** Texts of languages without a grammar in which no comment can be written. */

import type { Span } from '../commentRules';
import { linesOf } from './lexes';

/** Line breaks between a line that is continued and the next one. */
export function continuedLines(source: string, sign: RegExp): Span[] {
  return linesOf(source)
    .filter(({ text }) => sign.test(text.trimEnd()) && !/^\s*#/.test(text))
    .map(({ text, start }) => ({
      start,
      end: Math.min(source.length, start + text.length + 2),
    }));
}

/** Lines that are deeper than a line with a sign at its end, which says that they are text. */
export function indentedTexts(source: string, sign: RegExp): Span[] {
  const spans: Span[] = [];
  let head: { readonly start: number; readonly indentation: number } | null = null;
  for (const { text, start } of linesOf(source)) {
    if (text.trim() === '') continue;
    const indentation = text.search(/\S/);
    if (head && indentation > head.indentation) {
      spans.push({ start: head.start, end: start + text.length });
    } else {
      head = sign.test(text.trimEnd()) ? { start: start + text.length, indentation } : null;
    }
  }
  return spans;
}

/** Block scalars, and scalars in quotes or without that go on in further lines. */
export function yamlTexts(source: string): Span[] {
  const spans: Span[] = [];
  let scalar: { readonly start: number; readonly indentation: number } | null = null;
  for (const { text, start } of linesOf(source)) {
    if (text.trim() === '') continue;
    const indentation = text.search(/\S/);
    const isInside: boolean = scalar !== null && indentation > scalar.indentation;
    if (scalar && isInside) {
      spans.push({ start: scalar.start, end: start + text.length });
      continue;
    }
    scalar = null;
    if (text.trimStart().startsWith('#')) continue;
    // A sequence in a mapping's value is as deep as its key, and its dashes count as indentation.
    const dashes = /^\s*(?:-\s+)*/.exec(text)?.[0].length ?? 0;
    if (opensScalar(text.slice(dashes))) {
      const isEntry = /^(?:"[^"]*"|'[^']*'|[^\s#'"][^#]*?):(?:\s|$)/.test(text.slice(dashes));
      scalar = { start: start + text.length, indentation: isEntry ? dashes : indentation };
    }
  }
  return spans;
}

/** Whether a line's value is a text that deeper lines belong to. */
function opensScalar(entry: string): boolean {
  const value = /^(?:"[^"]*"|'[^']*'|[^\s#'"[{][^#]*?):(?:\s+(.*))?$/.exec(entry)?.[1] ?? entry;
  const plain = value.replace(/\s+#.*$/, '').trim();
  if (/^(?:[&!]\S*\s+)*[|>][-+\d]*$/.test(plain)) return true;
  // Lists and mappings in brackets may have comments; keys without a value begin a block.
  return plain !== '' && !/:$/.test(plain) && !/^(?:[[{&*]|---|\.\.\.)/.test(plain);
}
