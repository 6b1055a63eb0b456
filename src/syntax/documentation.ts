import type { LanguageRules } from './languageRules';
import type { LineIndex } from './lineIndex';
import type { SyntaxToken } from './syntax';

/** The text that declarations are looked up in. */
export interface DocumentedText {
  readonly source: string;
  readonly lines: LineIndex;
  /** Comments in order. */
  readonly comments: readonly SyntaxToken[];
  readonly rules: LanguageRules;
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
  text: DocumentedText,
  declarationStart: number,
): FoundDocumentation {
  const { source, rules } = text;
  const above = attachedComments(text, declarationStart);
  let start = declarationStart;
  for (const comment of above) {
    if (!rules.isDirective(source.slice(comment.start, comment.end))) break;
    start = comment.start;
  }
  const nearest = above.findIndex((comment) => isDoc(text, comment));
  const last = above[nearest];
  if (!last) return { documentation: null, start };
  let first = last;
  if (!isBlock(text, last)) {
    for (const comment of above.slice(nearest + 1)) {
      if (!isDoc(text, comment) || isBlock(text, comment)) break;
      first = comment;
    }
  }
  return { documentation: { start: first.start, end: last.end }, start };
}

function isDoc({ source, rules }: DocumentedText, comment: SyntaxToken): boolean {
  return rules.isDocComment(source.slice(comment.start, comment.end));
}

function isBlock({ source }: DocumentedText, comment: SyntaxToken): boolean {
  return source.startsWith('/*', comment.start);
}

/** Comments that stand on lines of their own directly above an offset, nearest first. */
function attachedComments(text: DocumentedText, offset: number): SyntaxToken[] {
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
