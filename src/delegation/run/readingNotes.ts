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

/** One thing that is wrong in a JSON answer. May quote names from it, so it is never logged. */
export interface AnswerProblem {
  /** JSON pointer; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** What the user is told about how an answer was read. Each is absent where there is nothing. */
export interface ReadingNotes {
  /** How the answer was mended to be read. */
  readonly mended?: readonly Mending[];
  /** Entries that could not be read. May quote the answer, so it is never logged. */
  readonly leftOut?: readonly AnswerProblem[];
  /** The workers' outcomes, without a word of the orchestrator that accepts them. */
  readonly isUnaccepted?: true;
}
