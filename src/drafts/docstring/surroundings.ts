import { lineStarts, withoutEol } from '../../text/lines';
import type { DocumentedText } from './documentedText';

/** Annotations of more lines than these are not looked through. */
const MAX_ANNOTATION_LINES = 20;

/** The first line of the annotations that stand directly above a line, or the line itself. */
export function annotatedLine({ lines, rules }: DocumentedText, line: number): number {
  const { annotation } = rules;
  if (!annotation) return line;
  let top = line;
  for (let first = line - 1; first >= 0 && top - first <= MAX_ANNOTATION_LINES; first--) {
    const words = withoutEol(lines[first] ?? '').trim();
    if (words === '') break;
    if (!annotation.test(words)) continue;
    const between = lines.slice(first, top).join('');
    if (!isClosed(between)) break;
    top = first;
  }
  return top;
}

/** Whether a text is an annotation as a whole, and not the head of code of its own. */
function isClosed(text: string): boolean {
  const words = text.trim();
  const heredoc = /("""|''')/g;
  if ((words.match(heredoc)?.length ?? 0) === 2)
    return words.endsWith('"""') || words.endsWith("'''");
  if (!/\r|\n/.test(words)) return !/[{;]$|=$/.test(words);
  let depth = 0;
  for (let index = 0; index < words.length; index++) {
    const sign = words.charAt(index);
    if ('([{'.includes(sign)) depth++;
    if (!')]}'.includes(sign)) continue;
    if (--depth === 0) return index === words.length - 1;
  }
  return false;
}

/**
 * The line of code that a comment's line is attached to, with no blank line between; null when the
 * line is no comment's or nothing follows.
 */
export function codeLineBelow(documented: DocumentedText, line: number): number | null {
  const { lines, comments, before, text } = documented;
  const starts = lineStarts(text);
  const isComment = (index: number): boolean => {
    const words = lines[index] ?? '';
    const offset = before.length + (starts[index] ?? 0) + (/\S/.exec(words)?.index ?? 0);
    return comments.some(({ start, end }) => start <= offset && offset < end);
  };
  if (!isComment(line)) return null;
  for (let next = line + 1; next < lines.length; next++) {
    if ((lines[next] ?? '').trim() === '' && !isComment(next)) return null;
    if (!isComment(next)) return next;
  }
  return null;
}

/** Lines that must stay first in a file: `#!`, `<?php`, `<?xml`, and one that names the encoding. */
export function firstFreeLine({ lines, rules, before }: DocumentedText, line: number): number {
  if (before.trim() !== '') return line;
  let first = 0;
  const isLeading = (words: string): boolean =>
    /^(?:#!|<\?|<!DOCTYPE\b)/i.test(words) || rules.leadingLines?.test(words) === true;
  while (isLeading(withoutMark(lines[first]))) first++;
  if (first < 2 && rules.firstLineOrders && /^[ \t]*#/.test(withoutMark(lines[first]))) {
    if (rules.firstLineOrders.test(lines[first] ?? '')) first++;
  }
  return Math.max(first, line);
}

function withoutMark(line = ''): string {
  return line.replace(/^\uFEFF/, '');
}
