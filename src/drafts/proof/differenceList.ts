import type { Lexeme, ParsedText } from './parsedVersions';
import {
  type ChangeCounts,
  type DifferenceKind,
  MAX_DIFFERENCE_TEXT,
  MAX_LISTED_DIFFERENCES,
  type ProofDifference,
} from './proofResult';

/** Kinds that only fill what room the others leave in a list. */
const MINOR: ReadonlySet<DifferenceKind> = new Set(['quotes', 'punctuation']);

/** Collects differences for a result: counts all, and lists the first ones that matter most. */
export class DifferenceList {
  readonly #major: ProofDifference[] = [];
  readonly #minor: ProofDifference[] = [];
  #total = 0;
  #hasWhiteSpace = false;
  /** Comments that stand at no declaration; they are not a difference. */
  looseComments = 0;
  readonly #counts = {
    trailingCommasAdded: 0,
    trailingCommasRemoved: 0,
    semicolonsAdded: 0,
    semicolonsRemoved: 0,
    quotesChanged: 0,
    otherPunctuation: 0,
    comments: 0,
    directives: 0,
    structure: 0,
    code: 0,
  };

  get total(): number {
    return this.#total;
  }

  /** Whether white space differs where it may mean something. */
  get hasWhiteSpace(): boolean {
    return this.#hasWhiteSpace;
  }

  get counts(): ChangeCounts {
    return { ...this.#counts };
  }

  /** The listed differences, in the order of their lines. */
  get listed(): readonly ProofDifference[] {
    return [...this.#major, ...this.#minor]
      .slice(0, MAX_LISTED_DIFFERENCES)
      .sort((a, b) => a.line - b.line);
  }

  /** @param count what the difference is counted as; by default, what its kind says. */
  add(difference: ProofDifference, count?: keyof ChangeCounts): void {
    this.#total++;
    if (difference.kind === 'white-space') this.#hasWhiteSpace = true;
    const counted = count ?? COUNTED_AS[difference.kind];
    if (counted) this.#counts[counted]++;
    const list = MINOR.has(difference.kind) ? this.#minor : this.#major;
    if (list.length === MAX_LISTED_DIFFERENCES) return;
    list.push({
      ...difference,
      before: shorten(difference.before),
      after: shorten(difference.after),
    });
  }
}

const COUNTED_AS: Record<DifferenceKind, keyof ChangeCounts | null> = {
  quotes: 'quotesChanged',
  punctuation: 'otherPunctuation',
  comment: 'comments',
  directive: 'directives',
  documentation: null,
  structure: 'structure',
  'white-space': null,
  code: 'code',
};

function shorten(text: string): string {
  if (text.length <= MAX_DIFFERENCE_TEXT) return text;
  // A surrogate pair is kept whole or left out whole.
  return `${text.slice(0, MAX_DIFFERENCE_TEXT - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** What some lexemes in a row look like in the text. */
export function sourceOf(parsed: ParsedText, lexemes: readonly Lexeme[]): string {
  const first = lexemes[0];
  const last = lexemes.at(-1);
  return first && last ? parsed.text.slice(first.start, last.end) : '';
}

/** One-based line of the lexeme at `index`, or of what comes before when there is none. */
export function lineOfLexeme(
  parsed: ParsedText,
  lexemes: readonly Lexeme[],
  index: number,
): number {
  const offset = lexemes[index]?.start ?? lexemes.at(-1)?.end ?? 0;
  return Math.max(1, parsed.lineOf(offset));
}
