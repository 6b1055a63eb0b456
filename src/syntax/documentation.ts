import { isAside } from './asides';
import { type CommentRules, isDirective, isOrder } from './commentRules';
import type { LineIndex } from './lineIndex';
import type { SyntaxToken } from './syntax';

/** The text that declarations are looked up in. */
export interface CommentedText {
  readonly source: string;
  readonly lines: LineIndex;
  /** Comments in order. */
  readonly comments: readonly SyntaxToken[];
  readonly rules: CommentRules;
}

export interface FoundDocumentation {
  readonly documentation: { readonly start: number; readonly end: number } | null;
  /** Start of the declaration with the tool directives that stand directly above it. */
  readonly start: number;
}

/**
 * Looks above a declaration for its documentation: the nearest documenting comment among those that
 * no blank line and no code parts from it. Line comments count as a group.
 */
export function documentationAbove(
  text: CommentedText,
  declarationStart: number,
): FoundDocumentation {
  const above = attachedComments(text, declarationStart);
  let start = declarationStart;
  for (const comment of above) {
    if (!speaksOfNextLine(text, comment)) break;
    start = comment.start;
  }
  const nearest = above.findIndex((comment) => mayDocument(text, comment));
  const last = above[nearest];
  if (!last) return { documentation: null, start };
  const group = isBlock(text, last) ? [last] : lineGroup(text, above.slice(nearest));
  const first = group.at(-1) ?? last;
  const found = { start: first.start, end: last.end };
  const isDoc = !isAside(text.source.slice(found.start, found.end), text.rules);
  return { documentation: isDoc ? found : null, start };
}

/** Documentation that stands behind what it documents, as `///<` in C++. */
export function documentationBehind(
  { source, lines, comments }: CommentedText,
  declarationEnd: number,
): { readonly start: number; readonly end: number } | null {
  const next = comments[lastBefore(comments, declarationEnd) + 1];
  if (!next || lines.lineAt(next.start) !== lines.lineAt(declarationEnd)) return null;
  const isBehind = /^\/(?:\*[*!]|\/[/!])</.test(source.slice(next.start, next.start + 4));
  const isNear = /^[\s;,]*$/.test(source.slice(declarationEnd, next.start));
  return isBehind && isNear ? { start: next.start, end: next.end } : null;
}

function lineGroup(text: CommentedText, above: readonly SyntaxToken[]): SyntaxToken[] {
  const end = above.findIndex((comment) => isBlock(text, comment) || !mayDocument(text, comment));
  return end === -1 ? [...above] : above.slice(0, end);
}

function mayDocument({ source, lines, rules }: CommentedText, comment: SyntaxToken): boolean {
  const words = source.slice(comment.start, comment.end);
  if (rules.docComment ? !rules.docComment.test(words) : isOrder(words, rules)) return false;
  if (/^\W*(?:TODO|FIXME|XXX|HACK)\b/.test(words)) return false;
  if (rules.firstLineOrders?.test(words) && lines.lineAt(comment.start) < 2) return false;
  return !isDirective(words, rules) && rules.leadingLines?.test(words) !== true;
}

function speaksOfNextLine({ source, rules }: CommentedText, comment: SyntaxToken): boolean {
  return isDirective(source.slice(comment.start, comment.end), rules);
}

function isBlock({ source }: CommentedText, comment: SyntaxToken): boolean {
  return /^(?:\/\*|=begin|\(\*|<!--|\{-|<#|--\[=*\[|#=)/.test(
    source.slice(comment.start, comment.start + 8),
  );
}

/** Comments that stand on lines of their own directly above an offset, nearest first. */
function attachedComments(text: CommentedText, offset: number): SyntaxToken[] {
  const { source, lines, comments } = text;
  const attached: SyntaxToken[] = [];
  let below = offset;
  for (let index = lastBefore(comments, offset); index >= 0; index--) {
    const comment = comments[index];
    if (!comment) break;
    const gap = source.slice(comment.end, below);
    const hasBlankLine = (gap.match(/\r\n|\r|\n/g)?.length ?? 0) > 1;
    if (gap.trim() !== '' || hasBlankLine || !lines.isFirstOnLine(comment.start)) break;
    attached.push(comment);
    below = comment.start;
  }
  return attached;
}

/** Index of the last comment that ends at an offset or before, or -1. */
function lastBefore(comments: readonly SyntaxToken[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
