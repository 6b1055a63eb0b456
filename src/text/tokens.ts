import { CLASS, classOf, otherScripts } from './tokenClasses';

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
 * fitted to, hence the wider upper side. `test/unit/text/tokens.test.ts` holds the estimate against
 * a real tokenizer.
 */
const LOW_SHARE = 0.74;
const HIGH_SHARE = 1.4;

/** Tokens by kind of run: a start value and a value for each further character. */
const LETTERS_PER_TOKEN = 7;
/** Words of a language that tokenizers know less well than English. */
const FOREIGN_LETTER_TOKENS = 0.27;
const DIGITS_PER_TOKEN = 3;
const MARK_TOKENS = 0.62;
/** A space before a number is a token of its own; before a word it is part of it. */
const SPACE_BEFORE_DIGIT_TOKENS = 0.8;
const LINE_END_TOKENS = 0.55;
const INDENTATION_TOKENS = 0.45;
/** What a character adds that goes on a run of the same one, as in a ruler of dashes. */
const REPEATED_TOKENS = 0.025;
/** Rulers of `=` are one token, those of `~` many: how far off, as a share, the above may be. */
const REPEATED_LOWER = 0.7;
const REPEATED_UPPER = 7;
/** This many repeats make a ruler. */
const RULER = 3;
const REPEATED_BLANK_TOKENS = 0.012;
/** Lines of a drawn table come in shorter pieces. */
const REPEATED_BOX_TOKENS = 0.12;
/** Random letters and digits, as in base64, keys and digests. */
const RANDOM_TOKENS = 0.64;
const RANDOM_MIN_LENGTH = 20;
/** Shares of a random run's characters at which the kind of character changes. */
const RANDOM_MIN_CHANGES = 0.2;

/** What was counted: tokens, and how far off they may be beyond the usual margin. */
interface Count {
  readonly tokens: number;
  readonly lower: number;
  readonly upper: number;
}

/** Adds up one text from its start to its end. */
class Counter {
  #tokens = 0;
  #lower = 0;
  #upper = 0;
  /** The run of characters of one kind that is being read. */
  #kind: number = CLASS.none;
  #length = 0;
  #repeated = 0;
  #repeats = 0;
  #previous = 0;
  #beforePrevious = 0;
  /** The stretch of letters and digits without anything between them, for random text. */
  #stretch = { length: 0, changes: 0, tokens: 0 };
  #isForeignLine = false;

  count(text: string): Count {
    let lineEnd = -1;
    for (let index = 0; index < text.length; index += 1) {
      if (index > lineEnd) {
        const end = text.indexOf('\n', index);
        lineEnd = end < 0 ? text.length : end;
        this.#isForeignLine = FOREIGN_LETTER.test(text.slice(index, lineEnd));
      }
      this.#take(text.charCodeAt(index));
    }
    this.#closeRun(CLASS.none);
    this.#closeStretch();
    return { tokens: this.#tokens, lower: this.#lower, upper: this.#upper };
  }

  #take(code: number): void {
    const kind = classOf(code);
    const isSame =
      kind === this.#kind && !(kind === CLASS.letter && isWordStart(this.#previous, code));
    if (!isSame) {
      this.#closeRun(kind);
      this.#kind = kind;
    }
    // Two characters in turn, as in `-=-=`, are as good as one.
    const isRepeat = isSame && (code === this.#previous || code === this.#beforePrevious);
    this.#repeats = isRepeat ? this.#repeats + 1 : 0;
    if (this.#repeats >= RULER) this.#repeated += this.#repeats === RULER ? RULER : 1;
    this.#length += 1;
    this.#beforePrevious = this.#previous;
    this.#previous = code;
  }

  #closeRun(next: number): void {
    if (this.#length > 0) this.#addRun(next);
    this.#length = 0;
    this.#repeated = 0;
    this.#repeats = 0;
  }

  #addRun(next: number): void {
    const kind = this.#kind;
    const tokens = this.#runTokens(next);
    const script = otherScripts.get(kind);
    if (script) {
      this.#lower += tokens * script.lower;
      this.#upper += tokens * script.upper;
    }
    if (kind === CLASS.letter && this.#isForeignLine) {
      this.#lower += tokens * 0.15;
      this.#upper += tokens * 0.2;
    }
    if (RULED.has(kind)) {
      this.#lower += this.#repeated * repeatedTokens(kind) * REPEATED_LOWER;
      this.#upper += this.#repeated * repeatedTokens(kind) * REPEATED_UPPER;
    }
    if (kind === CLASS.space || kind === CLASS.lineEnd) this.#upper += this.#repeated * 0.03;
    if (
      kind === CLASS.letter ||
      kind === CLASS.digit ||
      isRandomMark(kind, this.#length, this.#previous)
    ) {
      this.#stretch.length += this.#length;
      this.#stretch.changes += 1;
      this.#stretch.tokens += tokens;
    } else {
      this.#closeStretch();
    }
    this.#tokens += tokens;
  }

  /** Replaces the count of a long stretch of letters and digits in disorder. */
  #closeStretch(): void {
    const { length, changes, tokens } = this.#stretch;
    this.#stretch = { length: 0, changes: 0, tokens: 0 };
    if (length < RANDOM_MIN_LENGTH || changes < length * RANDOM_MIN_CHANGES) return;
    this.#tokens += Math.max(0, length * RANDOM_TOKENS - tokens);
  }

  #runTokens(next: number): number {
    const kind = this.#kind;
    const isRuled = RULED.has(kind);
    const length = isRuled ? this.#length - this.#repeated : this.#length;
    const repeated = isRuled ? this.#repeated * repeatedTokens(kind) : 0;
    switch (kind) {
      case CLASS.letter:
        return this.#isForeignLine
          ? Math.max(1, this.#length * FOREIGN_LETTER_TOKENS)
          : Math.max(1, this.#length / LETTERS_PER_TOKEN);
      case CLASS.digit:
        return Math.ceil(this.#length / DIGITS_PER_TOKEN);
      case CLASS.space:
        // One space belongs to the word after it.
        if (this.#length === 1) return next === CLASS.digit ? SPACE_BEFORE_DIGIT_TOKENS : 0;
        return INDENTATION_TOKENS + this.#length * REPEATED_BLANK_TOKENS;
      case CLASS.lineEnd:
        return LINE_END_TOKENS + (this.#length - 1) * REPEATED_TOKENS;
      case CLASS.underscore:
        // So does an underscore.
        return this.#length === 1 && next === CLASS.letter ? 0.15 : length * MARK_TOKENS + repeated;
      case CLASS.mark:
        return length * MARK_TOKENS + repeated;
      default:
        return length * (otherScripts.get(kind)?.weight ?? 1) + repeated;
    }
  }
}

/** What rulers are drawn with. */
const RULED: ReadonlySet<number> = new Set([CLASS.mark, CLASS.underscore, CLASS.boxDrawing]);

function repeatedTokens(kind: number): number {
  return kind === CLASS.boxDrawing ? REPEATED_BOX_TOKENS : REPEATED_TOKENS;
}

/** A letter with a mark of its own, in Latin script: what English text hardly has. */
const FOREIGN_LETTER = /[\u00c0-\u024f\u1e00-\u1eff]/;

/** Whether a new word starts inside a run of letters, as in `camelCase`. */
function isWordStart(previous: number, code: number): boolean {
  return code <= 90 && previous >= 97;
}

/** The marks that base64 has among its letters and digits. */
function isRandomMark(kind: number, length: number, code: number): boolean {
  return kind === CLASS.mark && length === 1 && (code === 43 || code === 47);
}

/** Expected tokens of `text` as a number that may be fractional, for sums over many pieces. */
export function countTokens(text: string): number {
  return new Counter().count(text).tokens;
}

/** The tokens of `text` with their margin, which is wider for what tokenizers disagree on. */
export function estimateTokens(text: string): TokenRange {
  const { tokens, lower, upper } = new Counter().count(text);
  const range = tokenRange(tokens);
  return {
    low: Math.max(0, Math.floor(tokens * LOW_SHARE - lower)),
    expected: range.expected,
    high: Math.ceil(tokens * HIGH_SHARE + upper),
  };
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
