import type { Insertion } from '../../tasks/task';
import type { SyntaxService, SyntaxTree } from '../../syntax/syntax';
import {
  type CommentStyle,
  type LanguageComments,
  commentStyleOf,
  plainStyle,
} from '../../syntax/commentStyle';
import { writeComment } from '../../syntax/commentStyle';
import { commentLines, isToolDirective } from './commentText';
import {
  type DocumentedText,
  type Placement,
  type SkipReason,
  linePrefixOf,
  placeDocstring,
} from './docstringPlacement';
import { dominantEol, lineStarts } from '../../text/lines';
import { applyEdits } from '../../text/offsets';

export interface DocstringInput {
  /** The selection as it was sent, which insertions count their lines in. */
  readonly base: string;
  readonly languageId: string;
  readonly insertions: readonly Insertion[];
  readonly syntax: SyntaxService;
  /** The document's line ending, for a selection of a single line. */
  readonly eol: string;
  /** The rest of the document, so that the grammar sees a whole file. */
  readonly context?: { readonly before: string; readonly after: string };
  /** The editor's configuration, for a language without rules of our own. */
  readonly comments?: LanguageComments;
}

/** A comment in the new text, in its offsets, with the text that it took the place of. */
export interface InsertedRange {
  readonly start: number;
  readonly end: number;
  /** Empty unless documentation was updated. */
  readonly replaced: string;
}

export interface SkippedInsertion {
  /** As in the insertion. */
  readonly line: number;
  readonly reason: SkipReason;
}

export interface DocstringResult {
  readonly text: string;
  /** In order; putting back what each replaced gives the selection again. */
  readonly insertedRanges: readonly InsertedRange[];
  readonly skipped: readonly SkippedInsertion[];
}

/**
 * Writes documentation into a text: comment lines and, in Python, docstrings below the signature.
 *
 * Code lines stay as they are. A declaration that is documented already gets the new text instead
 * of a second one. Where there is a grammar, it confirms of every insertion that it became a comment
 * or docstring; one that did not, as inside a markup text, is left out. An insertion that cannot be
 * written is skipped with a reason, and the others are written.
 */
export async function writeDocstrings(input: DocstringInput): Promise<DocstringResult> {
  const style = commentStyleOf(input.languageId, input.comments);
  if (!style) {
    const skipped = input.insertions.map(({ line }) => skippedFor(line, 'no-comment-syntax'));
    return { text: input.base, insertedRanges: [], skipped };
  }
  const documented: DocumentedText = {
    text: input.base,
    before: input.context?.before ?? '',
    tree: await parseSelection(input, input.base),
    isInner: style.kind === 'docstring',
  };
  const writing = new Writing(input, documented, style);
  for (const insertion of input.insertions) writing.add(insertion);
  let result = writing.finish();
  // A comment that broke the parse may have hidden that another one is none, so this is repeated.
  while (documented.tree) {
    const misread = await findMisread(input, result);
    if (misread.length === 0) break;
    writing.drop(misread);
    result = writing.finish();
  }
  return result;
}

interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly line: number;
}

/** Collects edits of one text, at most one for each place. */
class Writing {
  readonly #input: DocstringInput;
  readonly #documented: DocumentedText;
  readonly #style: CommentStyle;
  readonly #eol: string;
  #edits: Edit[] = [];
  readonly #skipped: SkippedInsertion[] = [];

  constructor(input: DocstringInput, documented: DocumentedText, style: CommentStyle) {
    this.#input = input;
    this.#documented = documented;
    this.#style = style;
    this.#eol = dominantEol(input.base) ?? input.eol;
  }

  add({ line, text }: Insertion): void {
    const lines = commentLines(text);
    const reason =
      lines.length === 0 ? 'empty-text' : lines.some(isToolDirective) ? 'tool-directive' : null;
    const placement: Placement = reason
      ? { kind: 'skip', reason }
      : placeDocstring(this.#documented, line - 1);
    if (placement.kind === 'skip') {
      this.#skipped.push(skippedFor(line, placement.reason));
      return;
    }
    const { start, end } = placement;
    if (this.#edits.some((edit) => edit.offset === start)) {
      this.#skipped.push(skippedFor(line, 'duplicate'));
      return;
    }
    const written = this.#write(lines, placement);
    if (written === this.#input.base.slice(start, end)) {
      this.#skipped.push(skippedFor(line, 'unchanged'));
      return;
    }
    this.#edits.push({ offset: start, length: end - start, text: written, line });
    this.#edits.sort((a, b) => a.offset - b.offset);
  }

  /** Leaves out edits that turned out not to be comments where they stand. */
  drop(indices: readonly number[]): void {
    const dropped = this.#edits.filter((_, index) => indices.includes(index));
    this.#skipped.push(...dropped.map(({ line }) => skippedFor(line, 'inside-text')));
    this.#edits = this.#edits.filter((edit) => !dropped.includes(edit));
  }

  finish(): DocstringResult {
    const { base } = this.#input;
    let shift = 0;
    const insertedRanges = this.#edits.map(({ offset, length, text }) => {
      const start = offset + shift;
      shift += text.length - length;
      return { start, end: start + text.length, replaced: base.slice(offset, offset + length) };
    });
    return { text: applyEdits(base, this.#edits), insertedRanges, skipped: [...this.#skipped] };
  }

  #write(lines: readonly string[], placement: Exclude<Placement, { kind: 'skip' }>): string {
    const { indentation, kind, start } = placement;
    const style = placement.isDeclared ? this.#style : plainStyle(this.#style);
    const comment = writeComment(lines, style, this.#input.languageId)
      .map((line, index) => (index === 0 || line === '' ? line : indentation + line))
      .join(this.#eol);
    if (kind === 'replace') return comment;
    // The line's own prefix outside of the selection indents the comment, and code needs it again.
    const linePrefix = linePrefixOf(this.#documented);
    const isFirstLine = start === 0 && linePrefix !== '';
    return isFirstLine
      ? indentation.slice(linePrefix.length) + comment + this.#eol + linePrefix
      : indentation + comment + this.#eol;
  }
}

function skippedFor(line: number, reason: SkipReason): SkippedInsertion {
  return { line, reason };
}

/** Parses a text in the selection's place; positions of the result are those of `range`. */
async function parseSelection(
  input: DocstringInput,
  range: string,
): Promise<Pick<SyntaxTree, 'tokens' | 'declarations'> | null> {
  const { before = '', after = '' } = input.context ?? {};
  // A grammar that cannot be loaded is as good as none.
  const tree = await input.syntax.parse(input.languageId, before + range + after).catch(() => null);
  if (!tree || before === '') return tree;
  const offset = before.length;
  const lineOffset = lineStarts(before).length - 1;
  return {
    tokens: tree.tokens.map((token) => ({
      ...token,
      start: token.start - offset,
      end: token.end - offset,
    })),
    declarations: tree.declarations.map((declaration) => ({
      ...declaration,
      start: declaration.start - offset,
      end: declaration.end - offset,
      startLine: declaration.startLine - lineOffset,
      endLine: declaration.endLine - lineOffset,
      documentation: declaration.documentation && {
        start: declaration.documentation.start - offset,
        end: declaration.documentation.end - offset,
      },
      documentationLine:
        declaration.documentationLine === null ? null : declaration.documentationLine - lineOffset,
      indentationLine: declaration.indentationLine - lineOffset,
    })),
  };
}

/** Indices of insertions that the grammar does not read as comments or docstrings. */
async function findMisread(input: DocstringInput, result: DocstringResult): Promise<number[]> {
  const tree = await parseSelection(input, result.text);
  if (!tree) return [];
  const harmless = tree.tokens.filter(({ kind }) => kind !== 'code');
  return result.insertedRanges.flatMap(({ start, end }, index) => {
    const covered = harmless
      .filter((token) => token.start < end && token.end > start)
      .map((token) => ({
        offset: Math.max(token.start, start) - start,
        length: Math.min(token.end, end) - Math.max(token.start, start),
        text: '',
      }));
    return applyEdits(result.text.slice(start, end), covered).trim() === '' ? [] : [index];
  });
}
