import { type Gap, type LayoutToken, isApart } from './gap';

/** Whether two tokens are read as the same two when nothing stands between them. */
export type Joining = (left: LayoutToken, right: LayoutToken) => boolean;

/** Characters that could grow together with a neighbour of the same kind: names, numbers, quotes. */
const WORD = /[\p{L}\p{N}\p{M}\p{Pc}$@#\\'"`\u{80}-\u{10FFFF}]/u;
const DIGIT_FIRST = /^\.?\d/;

interface JoiningRules {
  /** Operators of more than one character, comment openers included. */
  readonly operators: readonly string[];
  /** Characters of words in other languages that are operators here. */
  readonly notWords?: string;
  /** Node types whose closing angle brackets may stand side by side. */
  readonly angles?: ReadonlySet<string>;
}

/** The rule of maximal munch: tokens may touch unless a longer token begins where the left one does. */
export function joiningOf(rules: JoiningRules): Joining {
  const prefixes = new Set(
    rules.operators.flatMap((operator) =>
      Array.from(operator, (_, index) => operator.slice(0, index + 1)),
    ),
  );
  const isWord = (character: string): boolean =>
    WORD.test(character) && !(rules.notWords ?? '').includes(character);
  return (left, right) => {
    const last = left.text.at(-1) ?? '';
    const first = right.text[0] ?? '';
    if (isWord(last) && isWord(first)) return false;
    if (isNumberCut(left.text, right.text)) return false;
    if (isWord(last) || isWord(first)) return true;
    if (rules.angles && left.text === '>' && right.text.startsWith('>')) {
      return rules.angles.has(left.parent) && rules.angles.has(right.parent);
    }
    return !growsTogether(left.text, right.text, prefixes);
  };
}

/** `1 .x`, `a. 5` and `0xe +1` are other tokens without the blank. */
function isNumberCut(left: string, right: string): boolean {
  if (left.endsWith('.') && /^\d/.test(right)) return true;
  if (!DIGIT_FIRST.test(left)) return false;
  return right.startsWith('.') || (/[eEpP]$/.test(left) && /^[+-]/.test(right));
}

/** Whether an operator that is longer than `left` begins where it does. */
function growsTogether(left: string, right: string, prefixes: ReadonlySet<string>): boolean {
  // Of a token that is longer than any operator, such as a regular expression, the end counts.
  const from = prefixes.has(left) || left.length < 2 ? left : (left.at(-1) ?? '');
  return prefixes.has(from + (right[0] ?? ''));
}

/** The mark of a gap in which line breaks are blanks. */
export function markOfBlank(gap: Gap & { readonly left: LayoutToken }, joins: Joining): string {
  if (joins(gap.left, gap.right)) return '';
  return isApart(gap) ? 'blank' : 'none';
}
