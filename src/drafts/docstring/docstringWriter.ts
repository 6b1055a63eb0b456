import type { Insertion } from '../../tasks/task';
import type { Declaration, SyntaxService } from '../../syntax/syntax';
import { type CommentRules, isOrder } from '../../syntax/commentRules';
import { type LanguageComments, commentRulesOf, writeComment } from '../../syntax/commentStyle';
import { commentLines } from './commentText';
import {
  type Placement,
  type SkipReason,
  placeDeclared,
  placeDocstring,
  skip,
} from './docstringPlacement';
import { type DocumentedText, linePrefixOf } from './documentedText';
import { beginsAt, findDeclaration, findNamed, findNearby, isElsewhere } from './findDeclaration';
import { Readings, type WrittenRange } from './readings';
import { dominantEol, lineAt, lineStarts } from '../../text/lines';
import { applyEdits } from '../../text/offsets';

export interface DocstringInput {
  /** The selection as it was sent, which insertions count their lines in. */
  readonly base: string;
  readonly languageId: string;
  readonly insertions: readonly NamedInsertion[];
  readonly syntax: SyntaxService;
  /** The document's line ending, for a selection of a single line. */
  readonly eol: string;
  /** The rest of the document, so that the grammar sees a whole file. */
  readonly context?: { readonly before: string; readonly after: string };
  /** The editor's configuration, for a language without rules of our own. */
  readonly comments?: LanguageComments;
}

/** An insertion with the name of what it documents, where the worker said it. */
export type NamedInsertion = Insertion & { readonly name?: string };

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
  /** How many of the comments stand at no declaration; 0 where no grammar tells. */
  readonly undeclared: number;
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
  const readings = new Readings(
    {
      languageId: input.languageId,
      rules: commentRulesOf(input.languageId, input.comments),
      syntax: input.syntax,
      before: input.context?.before ?? '',
      after: input.context?.after ?? '',
    },
    input.base,
  );
  const writing = new Writing(input);
  for (const insertion of await located(input, readings)) writing.add(insertion);
  let result = writing.finish();
  // A misplaced comment can hide another one, so check again after removing it.
  for (;;) {
    const misread = await readings.findMisread(result.text, writing.written(result));
    if (misread.length === 0) return result;
    writing.drop(misread);
    result = writing.finish();
  }
}

interface LocatedInsertion extends NamedInsertion {
  readonly documented: DocumentedText;
  readonly declaration: Declaration | null;
  /** Whether the name that the worker gave does not tell what is meant, and its line is another's. */
  readonly isUnclear: boolean;
}

/**
 * Finds what each insertion documents: what the worker named, what its line begins, or the one
 * declaration near to it that neither has documentation nor is meant by another insertion.
 */
async function located(input: DocstringInput, readings: Readings): Promise<LocatedInsertion[]> {
  const found: LocatedInsertion[] = [];
  for (const insertion of input.insertions) {
    const documented = await readings.at(insertion.line - 1);
    const onLine = findDeclaration(documented, insertion.line - 1);
    const meant = insertion.name === undefined ? onLine : meantBy(insertion, documented, onLine);
    const isUnclear = meant === 'unclear';
    found.push({ ...insertion, documented, declaration: isUnclear ? null : meant, isUnclear });
  }
  const shifted = shiftedTogether(found);
  if (shifted) return shifted;
  const meant = new Set(found.map(({ declaration }) => declaration?.start));
  return found.map((insertion) => {
    const { documented, declaration, line, text, name } = insertion;
    if (declaration || insertion.isUnclear || line < 1 || line > documented.lines.length)
      return insertion;
    const target = { line: line - 1, text, ...(name === undefined ? {} : { name }) };
    const near = findNearby(documented, target, ({ start }) => !meant.has(start));
    return { ...insertion, declaration: near };
  });
}

/** What a worker means by a name and a line: the name tells, where the two do not agree. */
function meantBy(
  { line, name = '' }: NamedInsertion,
  documented: DocumentedText,
  onLine: Declaration | null,
): Declaration | 'unclear' | null {
  const target = { line: line - 1, name };
  const named = findNamed(documented, target);
  if (named !== null) return named;
  return isElsewhere(documented, target, onLine) ? 'unclear' : onLine;
}

/** How far all numbers of an answer may be off in the same direction. */
const SHIFTS = [1, -1, 2, -2];

/** So many insertions tell that all are off, though some of their lines begin a declaration. */
const MIN_TELLING = 3;

/**
 * Insertions that do not all stand at a declaration of their own, while with one and the same shift
 * each does, at one that is not documented: then the worker has counted otherwise.
 */
function shiftedTogether(found: readonly LocatedInsertion[]): LocatedInsertion[] | null {
  const isAnyAt = found.some(({ declaration }) => declaration !== null);
  const isAnyNamed = found.some(({ name }) => name !== undefined);
  if (found.length < (isAnyAt ? MIN_TELLING : 2) || isAnyNamed) return null;
  if (isAnyAt && shiftedBy(found, 0, false)) return null;
  const fitting = SHIFTS.map((shift) => shiftedBy(found, shift, isAnyAt)).filter(
    (each) => each !== null,
  );
  const [only] = fitting;
  return only && fitting.length === 1 ? only : null;
}

/** @param isExact - Whether lines have to be the first of a declaration, or that of its name. */
function shiftedBy(
  found: readonly LocatedInsertion[],
  shift: number,
  isExact: boolean,
): LocatedInsertion[] | null {
  const moved = found.map((insertion) => {
    const line = insertion.line - 1 - shift;
    const declaration = findDeclaration(insertion.documented, line);
    const isMeant = declaration && (!isExact || beginsAt(insertion.documented, declaration, line));
    return { ...insertion, declaration: isMeant ? declaration : null };
  });
  const isEach = moved.every(
    ({ declaration }) => declaration && (shift === 0 || declaration.documentation === null),
  );
  const starts = new Set(moved.map(({ declaration }) => declaration?.start));
  return isEach && starts.size === moved.length ? moved : null;
}

interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly line: number;
  readonly documented: DocumentedText;
  readonly isDeclared: boolean;
  /** A docstring, which may stand right above another comment. */
  readonly isInner: boolean;
}

function isSamePlace(
  a: Pick<Edit, 'offset' | 'isInner'>,
  b: Pick<Edit, 'offset' | 'isInner'>,
): boolean {
  return a.offset === b.offset && a.isInner === b.isInner;
}

/** Collects edits of one text, at most one for each place. */
class Writing {
  readonly #input: DocstringInput;
  readonly #eol: string;
  #edits: Edit[] = [];
  readonly #skipped: SkippedInsertion[] = [];

  constructor(input: DocstringInput) {
    this.#input = input;
    this.#eol = dominantEol(input.base) ?? input.eol;
  }

  add(insertion: LocatedInsertion): void {
    const { line, text, documented, declaration } = insertion;
    const placement = this.#place(insertion);
    if (placement.kind === 'skip') {
      this.#skip(line, placement.reason);
      return;
    }
    const { start, end, isDeclared } = placement;
    const isInner = isDeclared && documented.rules.documentation?.kind === 'docstring';
    const written = this.#write(text, placement, documented);
    if (written === null) {
      this.#skip(line, 'tool-directive');
    } else if (this.#edits.some((edit) => isSamePlace(edit, { offset: start, isInner }))) {
      this.#skip(line, 'duplicate');
    } else if (written === this.#input.base.slice(start, end)) {
      this.#skip(line, 'unchanged');
    } else {
      const isFound = declaration !== null || isDeclared || !documented.isParsed;
      const edit = { offset: start, length: end - start, text: written, line, documented };
      this.#edits.push({ ...edit, isInner, isDeclared: isFound });
      this.#edits.sort((a, b) => a.offset - b.offset || Number(b.isInner) - Number(a.isInner));
    }
  }

  #place({ line, text, documented, declaration, isUnclear }: LocatedInsertion): Placement {
    const { documentation } = documented.rules;
    if (isUnclear) return skip('no-such-line');
    if (!documentation) return skip('no-comment-syntax');
    if (commentLines(text, documentation).length === 0) return skip('empty-text');
    // What the worker wrote as a comment of a tool is meant as such, however it would be written.
    const isComment = /^\s*(?:#|\/\/|\/\*|--|<!--)/.test(text);
    const { isXml } = documented.rules;
    if ((isComment || isXml) && isOrder(text, documented.rules)) return skip('tool-directive');
    return declaration
      ? placeDeclared(documented, declaration)
      : placeDocstring(documented, line - 1);
  }

  /** Edits in order, as the text that was made of them has them. */
  written({ insertedRanges }: DocstringResult): WrittenRange[] {
    return insertedRanges.map((range, index) => {
      return { ...range, documented: this.#edits[index]?.documented ?? null };
    });
  }

  /** Leaves out edits that turned out not to be comments where they stand. */
  drop(indices: readonly number[]): void {
    const dropped = this.#edits.filter((_, index) => indices.includes(index));
    for (const { line } of dropped) this.#skip(line, 'inside-text');
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
    return {
      text: applyEdits(base, this.#edits),
      insertedRanges,
      skipped: [...this.#skipped],
      undeclared: this.#edits.filter(({ isDeclared }) => !isDeclared).length,
    };
  }

  #skip(line: number, reason: SkipReason): void {
    this.#skipped.push({ line, reason });
  }

  /** @returns null when a compiler or a tool would take the comment for an order. */
  #write(
    text: string,
    placement: Exclude<Placement, { kind: 'skip' }>,
    documented: DocumentedText,
  ): string | null {
    const { indentation, kind, start } = placement;
    const { rules } = documented;
    const style = (placement.isDeclared ? null : rules.plain) ?? rules.documentation;
    if (!style) return null;
    const words = writeComment(commentLines(text, style), style, rules);
    if (style.kind !== 'docstring' && this.#isOrder(words.join('\n'), start, rules)) return null;
    const comment = words
      .map((line, index) => (index === 0 || line === '' ? line : indentation + line))
      .join(this.#eol);
    if (kind === 'replace') return comment;
    // The line's own prefix outside of the selection indents the comment, and code needs it again.
    const linePrefix = linePrefixOf(documented);
    const isFirstLine = start === 0 && linePrefix !== '';
    return isFirstLine
      ? indentation.slice(linePrefix.length) + comment + this.#eol + linePrefix
      : indentation + comment + this.#eol;
  }

  #isOrder(comment: string, start: number, rules: CommentRules): boolean {
    if (isOrder(comment, rules)) return true;
    const before = (this.#input.context?.before ?? '') + this.#input.base.slice(0, start);
    const line = lineAt(lineStarts(before), before.length);
    return line < 2 && rules.firstLineOrders?.test(comment) === true;
  }
}
