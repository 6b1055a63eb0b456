/** Positions and edits as numbers: UTF-16 code units from the start of a text, as VS Code counts. */

export interface OffsetRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** One change of a document, in offsets of the text before the event it came in. */
export interface TextChange {
  readonly offset: number;
  readonly deletedLength: number;
  readonly insertedText: string;
}

/** One edit to make: `length` code units at `offset` become `text`. */
export interface OffsetEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/**
 * Makes several edits at once; all offsets are those of `text` before any of them.
 *
 * @param edits in any order, not overlapping; edits at one offset are made in the order given.
 * @throws RangeError when edits overlap or reach out of the text: a bug of the caller.
 */
export function applyEdits(text: string, edits: readonly OffsetEdit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.offset < position || edit.offset + edit.length > text.length) {
      throw new RangeError('Edits overlap or reach out of the text');
    }
    parts.push(text.slice(position, edit.offset), edit.text);
    position = edit.offset + edit.length;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/** The edits that turn `applyEdits(text, edits)` back into `text`. */
export function invertEdits(text: string, edits: readonly OffsetEdit[]): OffsetEdit[] {
  let shift = 0;
  return sortEdits(edits).map((edit) => {
    const inverse = {
      offset: edit.offset + shift,
      length: edit.text.length,
      text: text.slice(edit.offset, edit.offset + edit.length),
    };
    shift += edit.text.length - edit.length;
    return inverse;
  });
}

function sortEdits(edits: readonly OffsetEdit[]): OffsetEdit[] {
  // `sort` is stable, so insertions at one offset stay in the order given.
  return [...edits].sort((a, b) => a.offset - b.offset || a.length - b.length);
}
