import type { Declaration, SyntaxTree } from '../../syntax/syntax';
import { indentationOf, lineAt, lineStarts, splitLines, withoutEol } from '../../text/lines';

/** Why an insertion is not written. */
export type SkipReason =
  /** The line is not one of the selection's. */
  | 'no-such-line'
  | 'empty-text'
  /** The text would give orders to a compiler or a tool. */
  | 'tool-directive'
  | 'no-comment-syntax'
  /** The declaration's body is on the line of its signature, so a docstring has no place. */
  | 'one-line-body'
  /** Other code stands on the line, or the selection starts in the middle of it. */
  | 'shared-line'
  /** The line is inside a string or the like, or continues the line before. */
  | 'inside-text'
  /** The declaration's documentation, or the place for it, is not in the selection. */
  | 'documentation-outside'
  /** Another insertion of the answer has the same place. */
  | 'duplicate'
  /** The documentation is this already. */
  | 'unchanged';

/** The selection that is documented, with what the grammar says of it. */
export interface DocumentedText {
  readonly text: string;
  /** The document up to the selection; empty when it is not known. */
  readonly before: string;
  /** Of the selection, in its offsets and lines; null without a grammar. */
  readonly tree: Pick<SyntaxTree, 'tokens' | 'declarations'> | null;
  /** Whether documentation is a string below the signature. */
  readonly isInner: boolean;
}

export type Placement =
  | {
      readonly kind: 'insert' | 'replace';
      /** Of the text that the comment takes the place of; empty for `insert`. */
      readonly start: number;
      readonly end: number;
      readonly indentation: string;
      /** Whether it belongs to a declaration, so that it is documentation and not a plain comment. */
      readonly isDeclared: boolean;
    }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

/** Where the documentation of what stands on a zero-based line goes. */
export function placeDocstring(documented: DocumentedText, line: number): Placement {
  const lines = splitLines(documented.text);
  if (line < 0 || line >= lines.length) return skip('no-such-line');
  const declaration = documented.tree && findDeclaration(documented, line);
  // A variable in a language with docstrings has no body to put one into.
  if (!declaration || (documented.isInner && declaration.kind === 'variable')) {
    return placeAbove(documented, { line, indentationLine: line, isDeclared: false });
  }
  if (declaration.documentation) return replaceDocumentation(documented, declaration.documentation);
  if (declaration.documentationLine === null) {
    return skip(documented.isInner ? 'one-line-body' : 'shared-line');
  }
  return placeAbove(documented, {
    line: declaration.documentationLine,
    indentationLine: declaration.indentationLine,
    isDeclared: true,
  });
}

/**
 * The declaration that a line begins: a line from its first, decorators included, to that with its
 * name. Of several the one named on this line comes first, then the outermost.
 */
function findDeclaration(documented: DocumentedText, line: number): Declaration | null {
  const starts = lineStarts(documented.text);
  const candidates = (documented.tree?.declarations ?? [])
    .filter((declaration) => declaration.startLine <= line && line <= declaration.endLine)
    .map((declaration) => ({ declaration, nameLine: nameLineOf(documented, declaration, starts) }))
    .filter(({ nameLine }) => line <= nameLine)
    .sort(
      (a, b) =>
        Number(b.nameLine === line) - Number(a.nameLine === line) ||
        a.declaration.depth - b.declaration.depth,
    );
  return candidates[0]?.declaration ?? null;
}

function nameLineOf(
  { text, before, tree }: DocumentedText,
  declaration: Declaration,
  starts: readonly number[],
): number {
  const document = before + text;
  const name = tree?.tokens.find(
    ({ kind, start, end }) =>
      kind === 'code' &&
      start >= declaration.start &&
      end <= declaration.end &&
      document.slice(start + before.length, end + before.length) === declaration.name,
  );
  if (!name) return declaration.startLine;
  return name.start < 0 ? -1 : lineAt(starts, name.start);
}

function replaceDocumentation(
  documented: DocumentedText,
  documentation: { readonly start: number; readonly end: number },
): Placement {
  const { text } = documented;
  const { start, end } = documentation;
  if (start < 0 || end > text.length) return skip('documentation-outside');
  const starts = lineStarts(text);
  const line = lineAt(starts, start);
  const lineStart = starts[line] ?? 0;
  const before = (line === 0 ? linePrefixOf(documented) : '') + text.slice(lineStart, start);
  const after = withoutEol(splitLines(text.slice(end))[0] ?? '');
  if (before.trim() !== '' || after.trim() !== '') return skip('shared-line');
  return { kind: 'replace', start, end, indentation: before, isDeclared: true };
}

function placeAbove(
  documented: DocumentedText,
  place: {
    readonly line: number;
    readonly indentationLine: number;
    readonly isDeclared: boolean;
  },
): Placement {
  const { text, tree } = documented;
  const linePrefix = linePrefixOf(documented);
  const lines = splitLines(text);
  if (place.line < 0) return skip('documentation-outside');
  const line = skipLeadingLines(lines, place.line);
  if (line >= lines.length) return skip('shared-line');
  const start = (lineStarts(text)[line] ?? 0) + (line === 0 ? byteOrderMarkLength(text) : 0);
  if (line === 0 && linePrefix.trim() !== '') return skip('shared-line');
  const isInsideToken = tree?.tokens.some((token) => token.start < start && start < token.end);
  if (isInsideToken || /\\(?:\r\n|\r|\n)$/.test(lines[line - 1] ?? '')) return skip('inside-text');
  const model = Math.max(place.indentationLine, 0);
  const indentation = (model === 0 ? linePrefix : '') + indentationOf(lines[model] ?? '');
  return { kind: 'insert', start, end: start, indentation, isDeclared: place.isDeclared };
}

/** What stands before the selection on its first line. */
export function linePrefixOf({ before }: DocumentedText): string {
  return /[^\r\n]*$/.exec(before)?.[0] ?? '';
}

/** Lines that must stay first in a file: `#!`, `<?php`, `<?xml`, and one that names the encoding. */
function skipLeadingLines(lines: readonly string[], line: number): number {
  let first = line;
  if (first === 0 && /^\uFEFF?(?:#!|<\?|<!DOCTYPE\b)/i.test(lines[0] ?? '')) first = 1;
  if (first < 2 && /^\uFEFF?[ \t]*#.*?coding[:=]/.test(lines[first] ?? '')) first++;
  return first;
}

function byteOrderMarkLength(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

function skip(reason: SkipReason): Placement {
  return { kind: 'skip', reason };
}
