import type { Code, CodeToken } from '../code';
import { layoutStyleOf, indentUnit } from '../layoutStyle';
import { indentation } from '../margin';
import type { Refactor } from './refactor';
import { CannotDoError } from '../workerJob';
import { applyEdits, type TextEdit } from './edits';
import { demoLanguage } from '../demoLanguages';

const REQUEST =
  /\bguard\b|\bearly (?:return|exit)|\binvert\b.*\bif\b|\b(?:reduce|flatten)\b.*\bnest/i;

/**
 * `Use guard clauses`: a function that ends in one `if` around the rest of its work returns early
 * instead. Only functions without a result, so that the early return says the same.
 */
export const guardClauses: Refactor = (code, words) => {
  if (!REQUEST.test(words) || !demoLanguage(code.languageId).hasBracedIf) return null;
  const found = (code.tree?.declarations ?? [])
    .filter(({ kind, returnsValue }) => /^(?:function|method)$/.test(kind) && !returnsValue)
    .map(({ start, end }) => invertLastIf(code, codeBetween(code, start, end)))
    .filter((edit) => edit !== null);
  // Functions within functions would overlap: the outer one is changed, the inner the next time.
  const chosen = found.filter(
    ({ start, end }, index) =>
      !found.slice(0, index).some((outer) => outer.start <= start && outer.end >= end),
  );
  if (chosen.length === 0) {
    throw new CannotDoError('No function ends in an if that could return early.');
  }
  return applyEdits(code.text, chosen);
};

function codeBetween(code: Code, start: number, end: number): CodeToken[] {
  return code.tokens.filter(
    (token) => token.kind === 'code' && token.start >= start && token.end <= end,
  );
}

/** The edit for a function whose tokens end in `if ( … ) { … } }`. */
function invertLastIf(code: Code, tokens: readonly CodeToken[]): TextEdit | null {
  const bodyEnd = tokens.findLastIndex(({ raw }) => raw === '}');
  const open = matching(tokens, bodyEnd - 1);
  const conditionStart = matching(tokens, open - 1);
  const keyword = tokens[conditionStart - 1];
  const isLastStatement = depthAt(tokens, conditionStart - 1) === 1;
  const isAlone = tokens[conditionStart - 2]?.raw !== 'else';
  if (keyword?.raw !== 'if' || !isAlone || !isLastStatement) return null;
  const [head, tail] = [tokens[conditionStart], tokens[open - 1]];
  const [brace, end] = [tokens[open], tokens[bodyEnd - 1]];
  if (head?.raw !== '(' || tail?.raw !== ')' || brace?.raw !== '{' || end?.raw !== '}') return null;
  const condition = code.text.slice(head.end, tail.start).trim();
  return guardEdit(code, { keyword, brace, end, condition });
}

interface FoundIf {
  readonly keyword: CodeToken;
  readonly brace: CodeToken;
  readonly end: CodeToken;
  readonly condition: string;
}

function guardEdit(code: Code, { keyword, brace, end, condition }: FoundIf): TextEdit | null {
  const style = layoutStyleOf(code.text, code.languageId);
  const lineStart = code.text.lastIndexOf('\n', keyword.start - 1) + 1;
  const margin = indentation(code.text.slice(lineStart));
  const body = code.text.slice(brace.end, end.start);
  // Literals over several lines would be changed by moving their lines.
  const hasLongLiteral = code.tokens.some(
    (token) =>
      token.kind === 'code' &&
      token.start > brace.start &&
      token.end < end.end &&
      token.raw.includes('\n'),
  );
  if (hasLongLiteral || !body.startsWith('\n')) return null;
  const unit = indentUnit(style);
  const lines = body.slice(1).trimEnd().split('\n');
  const moved = lines.map((line) =>
    line.startsWith(margin + unit) ? margin + line.slice(margin.length + unit.length) : line,
  );
  const guard = `if (${negated(condition)}) {\n${margin}${unit}return;\n${margin}}`;
  return { start: keyword.start, end: end.end, text: `${guard}\n${moved.join('\n')}` };
}

/** The opposite condition, without a double negation where that is plain to see. */
function negated(condition: string): string {
  const bare = /^!([\w.$]+(?:\([^()]*\))?)$/.exec(condition)?.[1];
  if (bare !== undefined) return bare;
  const isSimple = !/&&|\|\||\?|[<>]=?.*[=<>]/.test(condition);
  const comparison = isSimple ? /^(.+?)\s*([!=]==?|[<>]=?)\s*(.+)$/.exec(condition) : null;
  const [, left = '', sign = '', right = ''] = comparison ?? [];
  if (sign.startsWith('!')) return `${left} =${sign.slice(1)} ${right}`;
  if (sign.startsWith('=') && sign !== '=') return `${left} !${sign.slice(1)} ${right}`;
  return /^[\w.$]+(?:\([^()]*\))?$/.test(condition) ? `!${condition}` : `!(${condition})`;
}

/** Index of the bracket that opens what the one at `index` closes; -1 when there is none. */
function matching(tokens: readonly CodeToken[], index: number): number {
  if (!/^[)\]}]$/.test(tokens[index]?.raw ?? '')) return -1;
  let depth = 0;
  for (let at = index; at >= 0; at--) {
    const raw = tokens[at]?.raw ?? '';
    if (/^[)\]}]$/.test(raw)) depth++;
    if (/^(?:[([{]|\$\{)$/.test(raw) && --depth === 0) return at;
  }
  return -1;
}

function depthAt(tokens: readonly CodeToken[], index: number): number {
  let depth = 0;
  for (const { raw } of tokens.slice(0, index)) {
    if (raw === '{') depth++;
    if (raw === '}') depth--;
  }
  return depth;
}
