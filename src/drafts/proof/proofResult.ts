/** What a proof found, as data; words for it are made where it is shown. */

/** What a verified draft is certain to be. Each is true to the letter. */
export type ProofClaim =
  /** Without the inserted comments the text is the original, byte for byte. */
  | 'only-comments-added'
  /** As above, but documentation that was there has a new text. */
  | 'only-comments-changed'
  /** The code's tokens and structure are the same; comments and white space may differ. */
  | 'only-comments-and-layout-changed'
  /** Tokens, structure and comments are the same; white space differs. */
  | 'only-layout-changed';

export type UnverifiedReason =
  /** There is no grammar for the language. */
  | 'no-grammar'
  /** The grammar does not understand the text, before or after, so its structure is not certain. */
  | 'syntax-errors'
  /** White space differs where no rule of the language says that it means nothing. */
  | 'white-space'
  /** Comments were added where nothing is declared, so most likely not where they were meant. */
  | 'no-declaration'
  /** Reading the text would take too long. */
  | 'too-large'
  /** The grammar could not be loaded, or gave up. */
  | 'grammar-failed';

/**
 * - `directive`: a comment that a compiler or a tool acts on came, went or lost its line.
 * - `quotes`: a string with other quotes, in a language where both kinds mean the same.
 * - `punctuation`: commas, semicolons or parentheses came or went, nothing else.
 * - `comment`: a comment was changed, removed or, in a reformat draft, added.
 * - `documentation`: documentation that was there has a new text.
 * - `structure`: the same tokens mean something else, as after a line break or an indentation.
 * - `white-space`: white space that may mean something in the language.
 * - `code`: anything else.
 */
export type DifferenceKind =
  | 'directive'
  | 'quotes'
  | 'punctuation'
  | 'comment'
  | 'documentation'
  | 'structure'
  | 'white-space'
  | 'code';

/** One place at which more differs than the task allows. Texts are cut when they are long. */
export interface ProofDifference {
  readonly kind: DifferenceKind;
  /** One-based line in the proposed text; the line at which something is missing, for a removal. */
  readonly line: number;
  /** Empty for an addition. */
  readonly before: string;
  /** Empty for a removal. */
  readonly after: string;
}

/** What is certain without a grammar. */
export interface PlainFacts {
  /** How many of the added comments stand at no declaration, where the grammar knows of any. */
  readonly looseComments?: number;
  /** Whether every line of the original is still there, unchanged and in order. */
  readonly keepsAllLines: boolean;
}

/**
 * - `verified`: `claim` holds.
 * - `changed`: more than the task allows has changed; `differences` lists the first of
 *   `differenceCount`, and applying asks once more.
 * - `unverified`: nothing is claimed, for `reason`; `differences` may list what was seen all the
 *   same.
 */
export type ProofResult =
  | ({
      readonly verdict: 'verified';
      readonly claim: ProofClaim;
      /** Only updated documentation, which the claim allows. */
      readonly differences: readonly ProofDifference[];
      readonly differenceCount: number;
    } & PlainFacts)
  | ({
      readonly verdict: 'changed';
      readonly claim: null;
      readonly differences: readonly ProofDifference[];
      readonly differenceCount: number;
      readonly counts: ChangeCounts;
    } & PlainFacts)
  | ({
      readonly verdict: 'unverified';
      readonly claim: null;
      readonly reason: UnverifiedReason;
      readonly differences: readonly ProofDifference[];
      readonly differenceCount: number;
    } & PlainFacts);

/** How often each kind of change was met, so that a header can say "3 trailing commas added". */
export interface ChangeCounts {
  readonly trailingCommasAdded: number;
  readonly trailingCommasRemoved: number;
  readonly semicolonsAdded: number;
  readonly semicolonsRemoved: number;
  readonly quotesChanged: number;
  readonly otherPunctuation: number;
  readonly comments: number;
  readonly directives: number;
  readonly structure: number;
  readonly code: number;
}

/** At most this many differences are listed; all are counted. */
export const MAX_LISTED_DIFFERENCES = 50;
/** Texts of a difference are cut after this many UTF-16 units. */
export const MAX_DIFFERENCE_TEXT = 200;

/** The result for texts of which nothing could be read. */
export function unproven(reason: UnverifiedReason, keepsAllLines = false): ProofResult {
  return {
    verdict: 'unverified',
    claim: null,
    reason,
    differences: [],
    differenceCount: 0,
    keepsAllLines,
  };
}
