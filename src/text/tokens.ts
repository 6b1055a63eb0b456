/**
 * Token counts by characters. No tokenizer runs here: models differ in theirs, and a table of one of
 * them would weigh more than the whole extension.
 */

/** A count that is known only within a margin. `low <= expected <= high`. */
export interface TokenRange {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/**
 * The margin around an estimate. Newer tokenizers cut code finer than the one the weights below were
 * fitted to, hence the wider upper side. `test/unit/delegation/tokens.test.ts` holds the estimate
 * against a real tokenizer.
 */
const LOW_SHARE = 0.8;
const HIGH_SHARE = 1.4;

const LETTER = 1;
const DIGIT = 2;
const SPACE = 3;
const LINE_END = 4;
const WIDE = 5;
const MARK = 6;

/** Tokens by kind of run: a start value and a value for each further character. */
const LETTERS_PER_TOKEN = 7;
const DIGITS_PER_TOKEN = 3;
const MARK_TOKENS = 0.62;
const WIDE_TOKENS = 0.75;
const LINE_END_TOKENS = 0.55;
const INDENTATION_TOKENS = 0.45;

function classOf(code: number): number {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return LETTER;
  if (code >= 48 && code <= 57) return DIGIT;
  if (code === 32 || code === 9) return SPACE;
  if (code === 10 || code === 13) return LINE_END;
  return code > 127 ? WIDE : MARK;
}

/** Whether a new word starts inside a run of letters, as in `camelCase`. */
function isWordStart(previous: number, code: number): boolean {
  return code <= 90 && previous >= 97;
}

function runTokens(kind: number, length: number): number {
  switch (kind) {
    case LETTER:
      return Math.max(1, length / LETTERS_PER_TOKEN);
    case DIGIT:
      return Math.ceil(length / DIGITS_PER_TOKEN);
    case SPACE:
      // One space belongs to the word after it.
      return length > 1 ? INDENTATION_TOKENS : 0;
    case LINE_END:
      return LINE_END_TOKENS;
    case WIDE:
      return length * WIDE_TOKENS;
    default:
      return length * MARK_TOKENS;
  }
}

/** Expected tokens of `text` as a number that may be fractional, for sums over many pieces. */
export function countTokens(text: string): number {
  let tokens = 0;
  let kind = 0;
  let length = 0;
  let previous = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const next = classOf(code);
    if (next === kind && !(kind === LETTER && isWordStart(previous, code))) {
      length += 1;
    } else {
      tokens += runTokens(kind, length);
      kind = next;
      length = 1;
    }
    previous = code;
  }
  return length === 0 ? 0 : tokens + runTokens(kind, length);
}

/** Estimates the tokens of `text`. */
export function estimateTokens(text: string): TokenRange {
  return tokenRange(countTokens(text));
}

/** The range around an expected count that was made of counted text. */
export function tokenRange(expected: number): TokenRange {
  return {
    low: Math.floor(expected * LOW_SHARE),
    expected: Math.ceil(expected),
    high: Math.ceil(expected * HIGH_SHARE),
  };
}

/** Estimated length of an answer: known only by the kind of task, so half or double is likely. */
export function answerRange(expected: number): TokenRange {
  return {
    low: Math.floor(expected * 0.5),
    expected: Math.ceil(expected),
    high: Math.ceil(expected * 2),
  };
}
