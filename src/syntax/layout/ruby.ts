import { type Gap, type InnerGap, type LayoutReader, asWritten, isApart, isInner } from './gap';

/** Tokens after which no expression can end. */
const UNFINISHED: ReadonlySet<string> = new Set([
  ...[
    '(',
    '[',
    '{',
    ',',
    ';',
    '.',
    '&.',
    '=',
    '&&',
    '||',
    '=>',
    '+=',
    '-=',
    '*=',
    '/=',
    '||=',
    '&&=',
  ],
  ...[
    '==',
    '!=',
    '===',
    '<=',
    '>=',
    '=~',
    '!~',
    '<<=',
    '>>=',
    'and',
    'or',
    'then',
    'else',
    'begin',
    'ensure',
  ],
]);

/** Operators that are unfinished when they stand between two values. */
const BETWEEN: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  '**',
  '<',
  '>',
  '<<',
  '>>',
  '&',
  '|',
  '^',
]);

const OPENERS: ReadonlySet<string> = new Set(['(', '[', '{', ',', ';']);
const CLOSERS: ReadonlySet<string> = new Set([')', ']', '}', ',', ';']);

/**
 * A blank before a bracket, sign or colon changes what Ruby calls, so that white space is free only
 * inside of brackets, around commas and, when it is the same on both sides, around operators.
 */
export const readRubyGaps: LayoutReader = (gaps, source) => {
  let isBeforeHeredoc = false;
  return gaps.map((gap, index) => {
    const isWaiting = isBeforeHeredoc;
    if (gap.right.type === 'heredoc_beginning') isBeforeHeredoc = true;
    if (gap.right.type === 'heredoc_body') isBeforeHeredoc = false;
    if (!isInner(gap)) return '';
    const between = source.slice(gap.left.end, gap.right.start);
    const space = between.replace(/#[^\n]*/g, '');
    // The text of a here-document begins with the next line, whatever stands on this one.
    if (isWaiting || isBeforeHeredoc) return space.includes('\\') ? space : asWritten(gap);
    // In `%w[]` a backslash is a part of a word, and behind a colon or a sign it may be one as well.
    if (space.startsWith('\\') || (space.includes('\\') && isInWordList(gap))) return space;
    // A call goes on with a dot on the next line, but not across an empty one.
    if (isDot(gap.right) && /\n[ \t]*\r?\n/.test(between)) return 'empty line';
    if (gap.hasBreak) return isFreeBreak(gap) ? blankMark(gap, { gaps, index }) : 'break';
    return blankMark(gap, { gaps, index });
  });
};

function isDot({ type }: Gap['right']): boolean {
  return type === '.' || type === '&.';
}

function isInWordList({ left, right }: InnerGap): boolean {
  return [left, right].some(({ parent }) => /^(?:(?:string|symbol)_array|bare_\w+)$/.test(parent));
}

function isFreeBreak({ left, right }: InnerGap): boolean {
  if (UNFINISHED.has(left.type) && left.parent !== 'operator') return true;
  if (left.parent === 'binary' && BETWEEN.has(left.type)) return true;
  if (isDot(right)) return right.parent === 'call';
  return CLOSERS.has(right.type) && right.type !== ';' && right.type !== ',';
}

interface Place {
  readonly gaps: readonly Gap[];
  readonly index: number;
}

function blankMark(gap: InnerGap, place: Place): string {
  const { left, right } = gap;
  if (OPENERS.has(left.type) && !/^[:?%]/.test(right.text)) return '';
  if (CLOSERS.has(right.type)) return '';
  if (right.type === '{' && (right.parent === 'block' || right.parent === 'lambda')) return '';
  if (isOperator(left) && isSymmetric(place, 0)) return '';
  if (isOperator(right) && isSymmetric(place, 1)) return '';
  return isApart(gap) ? 'blank' : 'none';
}

function isOperator({ type, parent }: Gap['right']): boolean {
  if (parent === 'binary') return BETWEEN.has(type) || UNFINISHED.has(type);
  return (parent === 'assignment' && type === '=') || (parent === 'pair' && type === '=>');
}

/** Whether the operator has white space on both sides or on none. */
function isSymmetric({ gaps, index }: Place, offset: 0 | 1): boolean {
  const before = gaps[index - 1 + offset];
  const after = gaps[index + offset];
  return before !== undefined && after !== undefined && isApart(before) === isApart(after);
}
