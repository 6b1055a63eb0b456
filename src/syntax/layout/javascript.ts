import {
  type Gap,
  type InnerGap,
  type LayoutReader,
  type LayoutToken,
  asWritten,
  gapByGap,
  isApart,
  isInner,
} from './gap';
import { joiningOf } from './joining';

const ANGLES: ReadonlySet<string> = new Set(['type_arguments', 'type_parameters']);

const joins = joiningOf({
  operators: [
    ...['++', '--', '**=', '<<=', '>>>=', '>>=', '&&=', '||=', '??=', '===', '!==', '=>', '...'],
    ...[
      '+=',
      '-=',
      '*=',
      '/=',
      '%=',
      '&=',
      '|=',
      '^=',
      '<=',
      '>=',
      '?.',
      '//',
      '/*',
      '<!--',
      '-->',
    ],
    ...['</', '/>', '${', '<>'],
  ],
  angles: ANGLES,
});

/** Tokens after which no statement and no member can end. */
const UNFINISHED: ReadonlySet<string> = new Set([
  ...['(', '[', '{', ',', ';', ':', '.', '?.', '=>', '...', '~', '@', '<'],
  ...['=', '+=', '-=', '*=', '/=', '%=', '**=', '<<=', '>>=', '>>>=', '&=', '|=', '^='],
  ...['&&=', '||=', '??=', '&&', '||', '??', '|', '&', '^', '==', '!=', '===', '!=='],
  ...['<=', '>=', '<<', '>>', '>>>', '+', '-', '*', '/', '%', '**'],
  ...['new', 'delete', 'instanceof', 'var', 'case', 'else', 'do', 'try', 'finally', 'if', 'for'],
  ...['while', 'switch', 'with', 'catch', 'function', 'class', 'extends', 'implements'],
]);

/** Tokens that end a statement or not, and do not when their node is one of these. */
const UNFINISHED_IN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['?', new Set(['ternary_expression', 'conditional_type'])],
  ['!', new Set(['unary_expression'])],
  ['>', new Set(['binary_expression'])],
  ['typeof', new Set(['unary_expression', 'type_query'])],
  ['void', new Set(['unary_expression'])],
  ['in', new Set(['binary_expression', 'for_in_statement'])],
  ['of', new Set(['for_in_statement'])],
  ['default', new Set(['export_statement'])],
]);

/** Tokens that go on with what stands before them, whatever it is: none begins a statement. */
const CONTINUING: ReadonlySet<string> = new Set([
  ...[')', ']', '}', ',', ';', ':', '.', '?.'],
  ...['=', '+=', '-=', '*=', '/=', '%=', '**=', '<<=', '>>=', '>>>=', '&=', '|=', '^='],
  ...['&&=', '||=', '??=', '&&', '||', '??', '|', '&', '^', '==', '!=', '===', '!=='],
  ...['<=', '>=', '<<', '>>', '>>>', '%', '**'],
]);

const CONTINUING_IN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['?', new Set(['ternary_expression', 'conditional_type'])],
  ['*', new Set(['binary_expression'])],
  ['>', new Set(['type_arguments', 'type_parameters'])],
  ['{', new Set(['statement_block', 'class_body', 'switch_body', 'interface_body', 'enum_body'])],
  ['extends', new Set(['class_heritage', 'extends_clause', 'extends_type_clause'])],
  ['implements', new Set(['class_heritage', 'implements_clause'])],
  ['catch', new Set(['catch_clause'])],
  ['finally', new Set(['finally_clause'])],
]);

/** Words before a block between which and the block a line break is not looked at. */
const BEFORE_BLOCK: ReadonlySet<string> = new Set([')', '=>']);

const STATEMENT =
  /_statement$|_declaration$|^(?:statement_block|import_alias|internal_module|module)$/;

/** Line breaks end statements in JavaScript, and TypeScript gives them more meanings still. */
export const readJavascriptGaps: LayoutReader = (gaps) =>
  gaps.map((gap, index) => {
    if (!isInner(gap)) return '';
    if (isWords(gap.left) && isWords(gap.right)) return markInWords(gap);
    const isFree =
      isFreeBreak(gap) &&
      !isUnfinishedName(gap, gaps[index + 1]) &&
      !mayEndTypeArguments(gap, gaps, index);
    return gap.hasBreak && !isFree ? 'break' : joinMark(gap);
  });

/** A character by its name parts one text between tags into several tokens. */
function isWords({ type }: LayoutToken): boolean {
  return type === 'jsx_text' || type === 'html_character_reference';
}

/** A line break in a text is a blank, however wide, where words stand at both sides of it. */
function markInWords({ left, right, space }: InnerGap): string {
  const before = /\s*$/.exec(left.text)?.[0] ?? '';
  const after = /^\s*/.exec(right.text)?.[0] ?? '';
  const whole = before + space + after;
  return /[\r\n]/.test(whole) ? 'break' : whole;
}

const STATEMENT_ENDS: ReadonlySet<string> = new Set([';', '{', '}']);
const NEAR = 50;

/** TypeScript takes `a < b >` at a line's end for a name with type arguments. */
function mayEndTypeArguments({ left }: InnerGap, gaps: readonly Gap[], index: number): boolean {
  if (left.type !== '>' || left.parent !== 'binary_expression') return false;
  const before = gaps.slice(Math.max(0, index - NEAR), index).map(({ right }) => right.text);
  return before.lastIndexOf('<') > before.findLastIndex((text) => STATEMENT_ENDS.has(text));
}

/**
 * Behind a dot at a line's end TypeScript misses a name if two words follow: it takes them for the
 * next declaration.
 */
function isUnfinishedName({ left, right }: InnerGap, next: Gap | undefined): boolean {
  const isName = (left.type === '.' || left.type === '?.') && /^[\p{L}_$]/u.test(right.text);
  return isName && next?.hasBreak === false && /^[\p{L}_$]/u.test(next.right.text);
}

function joinMark(gap: InnerGap): string {
  return canJoin(gap) ? '' : isApart(gap) ? 'blank' : 'none';
}

function canJoin({ left, right }: InnerGap): boolean {
  // What follows a regular expression at once are its flags.
  if (left.type === 'regex' && /^[\w$]/.test(right.text)) return false;
  // Three operators that stand apart could together begin an old kind of comment.
  if (left.text.startsWith('<') && right.text === '!') return false;
  if (left.text === '!' && right.text === '--') return false;
  return joins(left, right);
}

function isFreeBreak(gap: InnerGap): boolean {
  const { left, right } = gap;
  if (right.text === '=>') return false;
  return (
    isAmong(left, UNFINISHED, UNFINISHED_IN) ||
    isContinuing(left, right) ||
    isAfterHead(left, right) ||
    endsByItself(left) ||
    isInTag(left, right) ||
    (left.closes.includes('decorator') && /^[\w$@#]/.test(right.text))
  );
}

function isAmong(
  { type, parent }: LayoutToken,
  always: ReadonlySet<string>,
  within: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  return always.has(type) || within.get(type)?.has(parent) === true;
}

function isContinuing(left: LayoutToken, right: LayoutToken): boolean {
  if (!isAmong(right, CONTINUING, CONTINUING_IN)) return false;
  if (right.type !== '{') return true;
  // A word of the language that stands alone may be a name when a line ends behind it.
  return BEFORE_BLOCK.has(left.type) || /identifier$|_type$|type_arguments/.test(left.type);
}

/** Whether a statement that has a head, such as `if (a)`, has its body here. */
function isAfterHead(left: LayoutToken, right: LayoutToken): boolean {
  return left.type === ')' && opensStatement(right) && !left.closes.some(isStatement);
}

function opensStatement(token: LayoutToken): boolean {
  return token.opens.some(isStatement);
}

function isStatement(type: string): boolean {
  return STATEMENT.test(type);
}

const FUNCTION_VALUES: ReadonlySet<string> = new Set([
  'function_expression',
  'arrow_function',
  'generator_function',
]);
const BODIES: ReadonlySet<string> = new Set([
  'statement_block',
  'class_body',
  'switch_body',
  'interface_body',
  'enum_body',
]);

/** Whether a statement or member ends here because its block does, with or without a line break. */
function endsByItself({ type, closes }: LayoutToken): boolean {
  if (type !== '}') return false;
  const body = closes.findIndex((node) => BODIES.has(node));
  if (body !== 0) return false;
  const owner = closes[1] ?? '';
  return owner !== 'class' && !FUNCTION_VALUES.has(owner);
}

/** Whether both stand in a tag or between the tags of one element, where line breaks are blanks. */
function isInTag(left: LayoutToken, right: LayoutToken): boolean {
  return (
    left.parent.startsWith('jsx_') &&
    right.parent.startsWith('jsx_') &&
    !opensStatement(right) &&
    !left.closes.some(isStatement)
  );
}

/** JSON has no statements, but a sign is part of its number. */
export const readJsonGaps = gapByGap((gap) =>
  gap.left.type === '-' ? asWritten(gap) : joinMark(gap),
);
