import { lineStarts } from '../../text/lines';
import type { CommentRules } from '../../syntax/commentRules';
import type { DocumentedText } from './documentedText';

/** Annotations of more lines than these are not looked through. */
const MAX_ANNOTATION_LINES = 20;

/** The first line of the annotations that stand directly above a line, or the line itself. */
export function annotatedLine({ lines, rules }: DocumentedText, line: number): number {
  if (!rules.annotation && !rules.annotationLine) return line;
  let top = line;
  for (let first = line - 1; first >= 0 && top - first <= MAX_ANNOTATION_LINES; first--) {
    if ((lines[first] ?? '').trim() === '') break;
    if (isWhole(lines.slice(first, top).join('').trim(), rules)) top = first;
  }
  return top;
}

/** Whether a text is annotations as a whole, and not the head of code of its own. */
function isWhole(text: string, { annotation, annotationLine }: CommentRules): boolean {
  if (annotationLine?.test(text)) return !/[\r\n]/.test(text) || isHeredoc(text);
  if (!annotation?.test(text)) return false;
  let at = 0;
  while (at < text.length) {
    const name = /^\s*@[\w.:]+[ \t]*/.exec(text.slice(at));
    if (!name) return text.slice(at).trim() === '';
    at += name[0].length;
    if (text[at] === '(') at = closingOf(text, at);
  }
  return true;
}

function isHeredoc(text: string): boolean {
  const [, quotes = '', rest = ''] = /("""|''')([\s\S]*)$/.exec(text) ?? [];
  return quotes !== '' && rest.endsWith(quotes) && rest.indexOf(quotes) === rest.length - 3;
}

/** Offset after the bracket that closes the one at an offset. */
function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if ('([{'.includes(text.charAt(at))) depth++;
    if (')]}'.includes(text.charAt(at)) && --depth === 0) return at + 1;
  }
  return text.length + 1;
}

/**
 * The line of code that a comment's line is attached to, with no blank line between; null when the
 * line is not a comment's or nothing follows.
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
