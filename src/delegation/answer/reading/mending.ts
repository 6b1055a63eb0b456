import type { Mending } from '../../run/readingNotes';

/** A text, or what was read from one, with how it was mended. */
export interface Mended<T> {
  readonly value: T;
  readonly mended: readonly Mending[];
}

/** Each mending once, in the order of the first times. */
export function allMended(...lists: readonly (readonly Mending[])[]): readonly Mending[] {
  return [...new Set(lists.flat())];
}
