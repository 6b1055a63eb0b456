import type { TextChange } from '../../../src/text/offsets';
import type { TrackedRange } from '../../../src/text/trackedRange';

/** A document before an event, with a range and the event's changes. */
export interface Scene {
  readonly text: string;
  readonly range: { readonly start: number; readonly end: number };
  readonly changes: readonly TextChange[];
}

/**
 * Reads a scene: `[` and `]` bound the range, `{old|new}` is a change that turns `old` into `new`.
 * `a{b[c|X}d]e` is the text `abcde`, the range `cd`, and `bc` becoming `X`.
 */
export function readScene(notation: string): Scene {
  let text = '';
  let start = -1;
  let end = -1;
  let change: { offset: number; insertedText: string | null } | null = null;
  const changes: TextChange[] = [];
  for (const char of notation) {
    if (char === '[') start = text.length;
    else if (char === ']') end = text.length;
    else if (char === '{') change = { offset: text.length, insertedText: null };
    else if (char === '|' && change) change.insertedText = '';
    else if (char === '}' && change) {
      const { offset, insertedText } = change;
      changes.push({
        offset,
        deletedLength: text.length - offset,
        insertedText: insertedText ?? '',
      });
      change = null;
    } else if (change && change.insertedText !== null) change.insertedText += char;
    else text += char;
  }
  return { text, range: { start, end }, changes };
}

/** Writes a text with its range in brackets and the range's state: `ab[cd]e touched`. */
export function writeRange(text: string, { state, start, end }: TrackedRange): string {
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)} ${state}`;
}
