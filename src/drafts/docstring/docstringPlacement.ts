import { isOrder } from '../../syntax/commentRules';
import { documentationAbove } from '../../syntax/documentation';
import type { Declaration, SyntaxToken } from '../../syntax/syntax';
import { indentationOf, lineAt, lineStarts, splitLines, withoutEol } from '../../text/lines';
import { annotatedLine, codeLineBelow, firstFreeLine } from './surroundings';
import { type DocumentedText, linePrefixOf } from './documentedText';
import { findDeclaration } from './findDeclaration';

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
  /** A comment there would be code, or the line ends a block. */
  | 'no-place'
  /** The declaration's documentation, or the place for it, is not in the selection. */
  | 'documentation-outside'
  /** A comment stands there that is kept: a note, or one that a tool reads. */
  | 'documented'
  /** Another insertion of the answer has the same place. */
  | 'duplicate'
  /** The documentation is this already. */
  | 'unchanged';

/** Whether nothing is lost by an insertion that was left out: what it says, or better, is there. */
export function isHarmlessSkip(reason: SkipReason): boolean {
  return HARMLESS.has(reason);
}

const HARMLESS: ReadonlySet<SkipReason> = new Set([
  'empty-text',
  'unchanged',
  'duplicate',
  'documented',
]);

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
  if (line < 0 || line >= documented.lines.length) return skip('no-such-line');
  const declaration = findDeclaration(documented, line);
  if (declaration) return placeDeclared(documented, declaration);
  // A line of a comment stands for what the comment is attached to.
  const below = codeLineBelow(documented, line);
  const commented = below === null ? null : findDeclaration(documented, below);
  return commented ? placeDeclared(documented, commented) : placeFree(documented, line);
}

/** Where the documentation of a declaration goes. */
export function placeDeclared(documented: DocumentedText, declaration: Declaration): Placement {
  const isInner = documented.rules.documentation?.kind === 'docstring';
  // A variable in a language with docstrings has no body to put one into.
  if (isInner && (declaration.kind === 'variable' || declaration.kind === 'member')) {
    return placeFree(documented, declaration.startLine);
  }
  const { documentation, documentationLine, indentationLine } = declaration;
  if (documentation) {
    const isBehind = !isInner && documentation.start > declaration.start;
    return isBehind ? skip('documented') : replaceDocumentation(documented, documentation);
  }
  if (documentationLine === null) return skip(isInner ? 'one-line-body' : 'shared-line');
  return insertAt(documented, { line: documentationLine, indentationLine, isDeclared: true });
}

/** A comment above the end of a block is about nothing that follows. */
const ENDS_BLOCK = /^\s*(?:[)\]}]|<\/|(?:end|fi|done|esac|endif|endef)\b\s*[;,)]?\s*$)/;

/** Where a comment goes on the code of a line that no declaration begins. */
function placeFree(documented: DocumentedText, line: number): Placement {
  const { rules, before, lines } = documented;
  const words = withoutEol(lines[line] ?? '');
  if (ENDS_BLOCK.test(words)) return skip('no-place');
  const starts = lineStarts(documented.text);
  const first = Math.max(0, line);
  // Before annotations are looked for: one that it stands in is not above it, unless it documents.
  const around = textAround(documented, starts[first] ?? 0);
  if (around && !DOC_TEXT.test(documented.text.slice(around.start, around.end))) {
    return skip('inside-text');
  }
  let top = first;
  for (let moved = true; moved;) {
    const offset = (starts[top] ?? 0) + (/\S/.exec(lines[top] ?? '')?.index ?? 0);
    const source = before + documented.text;
    const { lineIndex, comments } = documented;
    const above = documentationAbove(
      { source, lines: lineIndex, comments, rules },
      before.length + offset,
    );
    if (above.documentation) {
      const { start, end } = above.documentation;
      const found = { start: start - before.length, end: end - before.length };
      if (!rules.docComment) return skip('documented');
      return replaceDocumentation(documented, found);
    }
    const start = above.start - before.length;
    const climbed = start < 0 ? -1 : annotatedLine(documented, lineAt(starts, start));
    moved = climbed >= 0 && climbed < top;
    top = Math.min(top, climbed);
  }
  return insertAt(documented, {
    line: top,
    indentationLine: top,
    isDeclared: !documented.isParsed,
  });
}

function replaceDocumentation(
  documented: DocumentedText,
  documentation: { readonly start: number; readonly end: number },
): Placement {
  const { text, rules } = documented;
  const { start, end } = documentation;
  if (start < 0 || end > text.length) return skip('documentation-outside');
  const old = text.slice(start, end);
  const isString = /^\w*["']/.test(old);
  const isKept = isOrder(old, rules) || rules.keptDocumentation?.test(old) === true;
  if (!isString && isKept) return skip('documented');
  const starts = lineStarts(text);
  const line = lineAt(starts, start);
  const lineStart = starts[line] ?? 0;
  const before = (line === 0 ? linePrefixOf(documented) : '') + text.slice(lineStart, start);
  const after = withoutEol(splitLines(text.slice(end))[0] ?? '');
  if (before.trim() !== '' || after.trim() !== '') return skip('shared-line');
  return { kind: 'replace', start, end, indentation: before, isDeclared: true };
}

function insertAt(
  documented: DocumentedText,
  place: {
    readonly line: number;
    readonly indentationLine: number;
    readonly isDeclared: boolean;
  },
): Placement {
  const { text, lines, rules } = documented;
  const linePrefix = linePrefixOf(documented);
  if (place.line < 0) return skip('documentation-outside');
  const line = firstFreeLine(documented, place.line);
  if (line >= lines.length) return skip('shared-line');
  const start = (lineStarts(text)[line] ?? 0) + (line === 0 && text.startsWith('\uFEFF') ? 1 : 0);
  if (line === 0 && linePrefix.trim() !== '') return skip('shared-line');
  const isContinued = /\\(?:\r\n|\r|\n)$/.test(lines[line - 1] ?? '');
  if (textAround(documented, start) || isContinued) return skip('inside-text');
  const below = codeLineBelow(documented, line) ?? line;
  if (rules.codeBelow?.test(lines[below] ?? '')) return skip('no-place');
  const model = Math.max(place.indentationLine, 0);
  const indentation = (model === 0 ? linePrefix : '') + indentationOf(lines[model] ?? '');
  return { kind: 'insert', start, end: start, indentation, isDeclared: place.isDeclared };
}

/** A string of several lines as the attributes of Elixir have it. */
const DOC_TEXT = /^(?:"""|''')/;

/** The token that an offset is in the middle of, such as a string of several lines. */
function textAround({ tokens }: DocumentedText, offset: number): SyntaxToken | undefined {
  return tokens.find((token) => token.start < offset && offset < token.end);
}

export function skip(reason: SkipReason): Extract<Placement, { kind: 'skip' }> {
  return { kind: 'skip', reason };
}
