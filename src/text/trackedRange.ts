import type { OffsetRange, TextChange } from './offsets';

/**
 * A piece of a document that is followed while the document changes.
 *
 * - `untouched`: no change fell inside; the text is what it was.
 * - `touched`: some change fell inside; `start` and `end` still bound what became of the text.
 * - `gone`: one change removed or replaced all of it together with more, so that nobody can say
 *   what became of it. `start` and `end` then bound the replacement, as a hint for `relocate`.
 */
export interface TrackedRange extends OffsetRange {
  readonly state: 'untouched' | 'touched' | 'gone';
}

/** Starts to follow a range. */
export function trackRange(range: OffsetRange): TrackedRange {
  return { state: 'untouched', start: range.start, end: range.end };
}

/**
 * Carries a range through the changes of one event.
 *
 * The rules, for a change that turns `[c, c + d)` into a new text, and a range `[s, e)`:
 * - `c + d <= s`, or an insertion at `s`: before. The range moves. Text typed at the left edge stays
 *   outside, also when the range is empty.
 * - `c >= e`: after. Nothing happens. Text typed at the right edge stays outside.
 * - inside, or exactly the range with a new text: the range grows or shrinks and is `touched`.
 * - over the left or the right edge alone: the range keeps what is left of it, the new text stays
 *   outside, and the range is `touched`. So text that the user wrote across an edge is never
 *   overwritten by an edit of the range.
 * - the range and more, or exactly the range without a new text: `gone`.
 *
 * So the range holds every character it held before that still exists, and no character that
 * existed outside it.
 *
 * @param changes of one event, in any order; they do not overlap, and their offsets are those of the
 *   document before the event.
 */
export function updateTrackedRange(
  range: TrackedRange,
  changes: readonly TextChange[],
): TrackedRange {
  // From the bottom up, so that no change moves the offsets of those still to come.
  const updated = changes
    .filter((change) => change.deletedLength > 0 || change.insertedText !== '')
    .sort((a, b) => b.offset - a.offset || b.deletedLength - a.deletedLength)
    .reduce(applyChange, range);
  // Two changes that meet inside the range can remove all of it together.
  const isEmptied = updated.start === updated.end && range.start < range.end;
  return isEmptied ? { ...updated, state: 'gone' } : updated;
}

function applyChange(range: TrackedRange, change: TextChange): TrackedRange {
  const { start, end } = range;
  const changeStart = change.offset;
  const changeEnd = change.offset + change.deletedLength;
  const insertedLength = change.insertedText.length;
  const growth = insertedLength - change.deletedLength;

  if (changeEnd <= start) return { state: range.state, start: start + growth, end: end + growth };
  if (changeStart >= end) return range;
  // From here on the change deletes part of the range or inserts between two of its characters.
  const state = range.state === 'gone' ? 'gone' : 'touched';
  if (changeStart >= start && changeEnd <= end) {
    return { state, start, end: end + growth };
  }
  if (changeStart <= start && changeEnd >= end) {
    return { state: 'gone', start: changeStart, end: changeStart + insertedLength };
  }
  return changeStart < start
    ? { state, start: changeStart + insertedLength, end: end + growth }
    : { state, start, end: changeStart };
}
