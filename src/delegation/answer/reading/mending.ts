/**
 * What was done to an answer to read it in the one way in which it can be read. Shown to the user.
 *
 * - `thoughts`: a model's thinking was taken off.
 * - `tags`: tags around the answer were taken off, ours or its own.
 * - `prose`: sentences before or after it were taken off.
 * - `wrapping`: it came inside of a JSON value.
 * - `line-numbers`: numbers before its lines were taken off.
 * - `line-feeds`: line feeds that came as `\n` were made real.
 * - `entities`: entities of HTML were made the characters that they stand for.
 * - `quotes`: typographic quotes around strings were made plain ones.
 * - `indentation`: it was brought to the document's kind of indentation.
 * - `json`: slips in JSON were mended, such as a trailing comma.
 * - `names`: fields had other names than those asked for, or forms that say the same.
 * - `duplicates`: what was there twice was taken once.
 * - `whole-code`: comments were taken out of code that was written out whole.
 * - `values`: numbers came as text, or the like.
 */
export type Mending =
  | 'thoughts'
  | 'tags'
  | 'prose'
  | 'wrapping'
  | 'line-numbers'
  | 'line-feeds'
  | 'entities'
  | 'quotes'
  | 'indentation'
  | 'json'
  | 'names'
  | 'duplicates'
  | 'whole-code'
  | 'values';

/** A text, or what was read from one, with how it was mended. */
export interface Mended<T> {
  readonly value: T;
  readonly mended: readonly Mending[];
}

/** Each mending once, in the order of the first times. */
export function allMended(...lists: readonly (readonly Mending[])[]): readonly Mending[] {
  return [...new Set(lists.flat())];
}
