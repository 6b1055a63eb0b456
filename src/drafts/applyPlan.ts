import { type ConflictMarks, hasConflictMarkers, resolvedText } from '../text/conflictText';
import { diffSequences } from '../text/sequenceDiff';
import { splitLines, withEol } from '../text/lines';
import { type MergeRegion, mergeThreeWay } from '../text/merge';
import type { OffsetEdit } from '../text/offsets';
import type { TrackedRange } from '../text/trackedRange';

export interface ApplyInput {
  /** The document's whole text as it is now. */
  readonly documentText: string;
  /** The document's line ending, which inserted text gets. */
  readonly eol: string;
  readonly range: TrackedRange;
  /** The range's text when the draft was made. */
  readonly base: string;
  /** The right side of the diff, with the user's own edits and rejections in it. */
  readonly proposed: string;
  /** Set when conflicts were written into `proposed` before. */
  readonly conflict: ConflictMarks | null;
}

export type ApplyRefusal =
  /** Nobody can say where the text is; `relocateRange` may. */
  | 'range-gone'
  /** The range says untouched, but another text is there: its tracking missed something. */
  | 'range-mismatch'
  /** The user has not resolved all conflicts on the right side. */
  | 'unresolved-conflicts';

export type ApplyPlan =
  | {
      readonly kind: 'edits';
      /**
       * Hunks alone, in order, in offsets of `documentText`; everything else stays byte-identical.
       * Empty when the document has the proposed text already.
       */
      readonly edits: readonly OffsetEdit[];
      /** The range's text after the edits. */
      readonly text: string;
      /** Whether changes that the user made in the range meanwhile were merged. */
      readonly isMerged: boolean;
    }
  | {
      readonly kind: 'conflicts';
      /** In the document's line ending, ready to be rendered. */
      readonly regions: readonly MergeRegion[];
      /** The range's text now: the draft's next base. */
      readonly mine: string;
    }
  | { readonly kind: 'refused'; readonly reason: ApplyRefusal };

/**
 * What applying a draft does to the document, or why it does nothing.
 *
 * Line endings are not compared: a document has one, which the right side, an editor buffer of its
 * own, need not share, and which the user may have switched. Lines that no hunk covers keep theirs.
 */
export function planApply(input: ApplyInput): ApplyPlan {
  const { documentText, range, conflict } = input;
  if (range.state === 'gone') return { kind: 'refused', reason: 'range-gone' };
  if (range.start < 0 || range.start > range.end || range.end > documentText.length) {
    return { kind: 'refused', reason: 'range-mismatch' };
  }
  if (conflict && hasConflictMarkers(input.proposed, conflict)) {
    return { kind: 'refused', reason: 'unresolved-conflicts' };
  }
  const mine = documentText.slice(range.start, range.end);
  const sides = {
    base: withEol(input.base, '\n'),
    mine: withEol(mine, '\n'),
    theirs: withEol(conflict ? resolvedText(input.proposed, conflict) : input.proposed, '\n'),
  };
  if (range.state === 'untouched' && sides.mine !== sides.base) {
    return { kind: 'refused', reason: 'range-mismatch' };
  }
  const merge = mergeThreeWay(sides);
  if (merge.kind === 'conflicts') {
    return {
      kind: 'conflicts',
      regions: merge.regions.map((region) => withRegionEol(region, input.eol)),
      mine,
    };
  }
  const { edits, text } = replaceLines(mine, merge.text, input.eol);
  return {
    kind: 'edits',
    edits: edits.map((edit) => ({ ...edit, offset: edit.offset + range.start })),
    text,
    isMerged: sides.mine !== sides.base,
  };
}

function withRegionEol(region: MergeRegion, eol: string): MergeRegion {
  if (region.kind === 'agreed') return { kind: 'agreed', text: withEol(region.text, eol) };
  return {
    kind: 'conflict',
    base: withEol(region.base, eol),
    mine: withEol(region.mine, eol),
    theirs: withEol(region.theirs, eol),
  };
}

/** Edits of the lines that differ, line endings aside; offsets are those of `current`. */
function replaceLines(
  current: string,
  wanted: string,
  eol: string,
): { readonly edits: OffsetEdit[]; readonly text: string } {
  const currentLines = splitLines(current);
  const wantedLines = splitLines(wanted);
  const hunks = diffSequences(
    currentLines.map((line) => withEol(line, '\n')),
    wantedLines,
  );
  const edits: OffsetEdit[] = [];
  const parts: string[] = [];
  let line = 0;
  let offset = 0;
  const advanceTo = (target: number): string => {
    const passed = currentLines.slice(line, target).join('');
    line = target;
    offset += passed.length;
    return passed;
  };
  for (const hunk of hunks) {
    parts.push(advanceTo(hunk.beforeStart));
    const start = offset;
    const removed = advanceTo(hunk.beforeEnd);
    const inserted = withEol(wantedLines.slice(hunk.afterStart, hunk.afterEnd).join(''), eol);
    parts.push(inserted);
    edits.push(trimEdit(start, removed, inserted));
  }
  parts.push(advanceTo(currentLines.length));
  return { edits, text: parts.join('') };
}

/** Leaves out what both texts start and end with, so that cursors in a changed line keep their place. */
function trimEdit(offset: number, removed: string, inserted: string): OffsetEdit {
  const shortest = Math.min(removed.length, inserted.length);
  let start = 0;
  while (start < shortest && removed[start] === inserted[start]) start++;
  while (start > 0 && (splitsPair(removed, start) || splitsPair(inserted, start))) start--;
  let end = 0;
  while (end < shortest - start && removed.at(-1 - end) === inserted.at(-1 - end)) end++;
  while (
    end > 0 &&
    (splitsPair(removed, removed.length - end) || splitsPair(inserted, inserted.length - end))
  ) {
    end--;
  }
  return {
    offset: offset + start,
    length: removed.length - start - end,
    text: inserted.slice(start, inserted.length - end),
  };
}

/** Whether the text cannot be cut at `index`: inside a CRLF or a surrogate pair. */
function splitsPair(text: string, index: number): boolean {
  return /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(index - 1, index + 1));
}
