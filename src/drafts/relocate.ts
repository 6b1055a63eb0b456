import type { Surroundings } from './draft';
import { lineStarts, withEol } from '../text/lines';
import type { OffsetRange } from '../text/offsets';
import type { TrackedRange } from '../text/trackedRange';

const MAX_SURROUNDING_LINES = 5;
const MAX_SURROUNDING_LENGTH = 500;

/** What is kept of the text next to a range. Renew it when the document has changed. */
export function surroundingsOf(documentText: string, range: OffsetRange): Surroundings {
  const before = documentText.slice(Math.max(0, range.start - MAX_SURROUNDING_LENGTH), range.start);
  const after = documentText.slice(range.end, range.end + MAX_SURROUNDING_LENGTH);
  const firstKept = lineStarts(before).at(-MAX_SURROUNDING_LINES) ?? 0;
  const firstLeft = lineStarts(after)[MAX_SURROUNDING_LINES] ?? after.length;
  return { before: before.slice(firstKept), after: after.slice(0, firstLeft) };
}

/**
 * Finds a draft's text in a document whose changes were not seen: after a restart, a reload from
 * disk, or a change that replaced everything around it.
 *
 * In this order, each only when it gives exactly one place: the text between its surroundings; the
 * text beside one of them; what now stands between the surroundings (`touched`). The text alone is
 * not enough: it may be a copy, and the draft's own text deleted. Line endings are not compared.
 *
 * @returns null when no rule gives one place; then the draft stays as it is. Nothing is guessed.
 */
export function relocateRange(
  documentText: string,
  draft: { readonly base: string; readonly surroundings: Surroundings },
): TrackedRange | null {
  const text = withEol(documentText, '\n');
  const base = withEol(draft.base, '\n');
  const before = withEol(draft.surroundings.before, '\n');
  const after = withEol(draft.surroundings.after, '\n');

  const starts = base === '' ? [] : findAll(text, base);
  const isBelow = (start: number): boolean => endsAt(text, before, start);
  const isAbove = (start: number): boolean => startsAt(text, after, start + base.length);
  const start =
    only(starts.filter((each) => isBelow(each) && isAbove(each))) ??
    only(starts.filter((each) => isBelow(each) || isAbove(each)));
  const found =
    start !== null
      ? { state: 'untouched' as const, start, end: start + base.length }
      : findBetween(text, before, after);
  return found && toDocumentOffsets(documentText, found);
}

function findBetween(text: string, before: string, after: string): TrackedRange | null {
  // An empty side is an end of the document, which is exactly one place.
  const start = before === '' ? 0 : only(findAll(text, before));
  const end = after === '' ? text.length : only(findAll(text, after));
  if (start === null || end === null || start + before.length > end) return null;
  return { state: 'touched', start: start + before.length, end };
}

/** An empty surrounding means that the document starts there. */
function endsAt(text: string, before: string, offset: number): boolean {
  return before === '' ? offset === 0 : text.endsWith(before, offset);
}

function startsAt(text: string, after: string, offset: number): boolean {
  return after === '' ? offset === text.length : text.startsWith(after, offset);
}

/** All places at which `part` occurs, overlapping ones too; a few are as good as many. */
function findAll(text: string, part: string): number[] {
  const found: number[] = [];
  for (
    let at = text.indexOf(part);
    at !== -1 && found.length < 1000;
    at = text.indexOf(part, at + 1)
  ) {
    found.push(at);
  }
  return found;
}

function only(offsets: readonly number[]): number | null {
  return offsets.length === 1 ? (offsets[0] ?? null) : null;
}

/** From offsets in the text with LF endings to those in the text as it is. */
function toDocumentOffsets(documentText: string, range: TrackedRange): TrackedRange {
  if (!documentText.includes('\r\n')) return range;
  const places = [...documentText.matchAll(/\r\n/g)].map((match, index) => match.index - index);
  // A line ending that starts before the offset has one more unit in the document.
  const shift = (offset: number): number => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? Infinity) < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
  return { ...range, start: shift(range.start), end: shift(range.end) };
}
