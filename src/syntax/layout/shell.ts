import { type Gap, type InnerGap, type LayoutReader, asWritten, isApart, isInner } from './gap';

/** Words and operators behind which a command begins, on whichever line. */
const BEFORE_COMMAND: ReadonlySet<string> = new Set([
  ...['&&', '||', '|', '|&', ';', ';;', ';&', ';;&', '&', '('],
  ...['then', 'else', 'elif', 'if', 'do', 'while', 'until'],
]);

/** The operators that end a word wherever they stand. */
const OPERATOR = /^(?:&&|\|\||\||\|&|;|;;|;&|;;&|&|\(|\))$/;
/** What opens and closes a substitution, which is a part of a word. */
const SUBSTITUTION = /^(?:command|process)_substitution$/;
const REDIRECTION = /^(?:<|>|>>|<&|>&|&>|&>>|>\||<<<)$/;

const ARITHMETIC = /^(?:arithmetic_expansion|binary_expression|ternary_expression)$/;

/** Words are parted by blanks and commands by lines; only operators need no blank beside them. */
export const readShellGaps: LayoutReader = (gaps, source) => {
  let isBeforeHeredoc = false;
  let isInBackticks = false;
  return gaps.map((gap) => {
    const isRaw = isInBackticks;
    if (gap.right.text === '`') isInBackticks = !isInBackticks;
    const isWaiting = isBeforeHeredoc;
    if (/^<<-?$/.test(gap.right.text) || gap.right.type === 'heredoc_start') isBeforeHeredoc = true;
    if (gap.right.type.startsWith('heredoc_') && gap.right.type !== 'heredoc_start') {
      isBeforeHeredoc = false;
    }
    if (!isInner(gap)) return '';
    const between = source.slice(gap.left.end, gap.right.start);
    // Arithmetic has no comments, and in those between backticks one more backtick is the end.
    if (gap.hasComment && (isRaw || isInArithmetic(gap))) return between;
    // Between backticks the text is kept, and read a second time.
    if (isRaw) return asWritten(gap);
    // A backslash escapes the blank behind it, which is then a part of the word.
    if (gap.left.text.endsWith('\\')) return between;
    // The text of a here-document begins with the next line, whatever stands on this one.
    if (isWaiting || isBeforeHeredoc) return asWritten(gap);
    return gap.hasBreak && !isFreeBreak(gap) ? 'break' : blankMark(gap);
  });
};

function isFreeBreak({ left, right }: InnerGap): boolean {
  if (left.parent === 'array' && right.parent === 'array') return left.text !== '=';
  if (isArithmetic(left) || isArithmetic(right)) return false;
  if (left.text === '|' && left.parent === 'case_item') return false;
  if (BEFORE_COMMAND.has(left.type)) return isCommandPlace(left);
  if (left.type === '{') return left.parent === 'compound_statement';
  if (right.text === ')')
    return right.parent === 'subshell' || right.parent === 'command_substitution';
  if (left.type === '$(') return left.parent === 'command_substitution';
  if (left.text === ')' && left.parent === 'case_item') return true;
  if (left.text === ')' && left.parent === 'function_definition') return right.text === '{';
  return false;
}

/** Not the semicolons of a counting loop, nor the brackets of a test or a pattern. */
function isCommandPlace({ type, parent }: Gap['right']): boolean {
  if (type === '(') return parent === 'subshell';
  return !/^(?:c_style_for_statement|test_command|.*expression|.*pattern|function_definition)$/.test(
    parent,
  );
}

function isArithmetic({ type, parent }: Gap['right']): boolean {
  return type === '((' || type === '))' || type === '$((' || ARITHMETIC.test(parent);
}

const NUMBERS = /^(?:arithmetic_expansion|.*_expression|c_style_for_statement|subscript)$/;

function isInArithmetic({ left, right }: InnerGap): boolean {
  if (/^\$?\(\($/.test(left.type) || right.type === '))') return true;
  return NUMBERS.test(left.parent) && NUMBERS.test(right.parent);
}

function blankMark(gap: InnerGap): string {
  return canTouch(gap) ? '' : isApart(gap) ? 'blank' : 'none';
}

function canTouch({ left, right }: InnerGap): boolean {
  if (isArithmetic(left) || isArithmetic(right)) return false;
  if (/^(?:test_command|case_item|.*pattern)$/.test(left.parent)) return false;
  if (/^(?:test_command|case_item|.*pattern)$/.test(right.parent)) return false;
  // A substitution is a word, or a part of one, but inside of it commands stand.
  if (/^(?:\$|<|>)\($/.test(left.text)) return !right.text.startsWith('(');
  if (left.text === '(' && left.parent === 'array') return true;
  if (right.text === ')' && right.parent === 'array') return true;
  if (right.text === ')' && SUBSTITUTION.test(right.parent)) return true;
  if (left.text === ')' && SUBSTITUTION.test(left.parent)) return isOperator(right);
  const isOperatorLeft = isOperator(left);
  const isOperatorRight = isOperator(right);
  // `((`, `;;`, `$( (` and `>&` are not two operators side by side.
  if (isOperatorLeft && isOperatorRight)
    return left.text === ';' ? right.text === ')' : left.text === ')' && right.text !== '(';
  if (isOperatorLeft) return !REDIRECTION.test(right.text) && !/^[<>]\(/.test(right.text);
  if (isOperatorRight) return !REDIRECTION.test(left.text) && !isPatternOpener(left, right);
  if (REDIRECTION.test(left.text)) return /^[\w"'$./~]/.test(right.text);
  return false;
}

function isOperator({ text, parent }: Gap['right']): boolean {
  return OPERATOR.test(text) && parent !== 'array';
}

/** `!(a)` is a pattern where `! (a)` is a command. */
function isPatternOpener(left: Gap['right'], right: Gap['right']): boolean {
  return right.text === '(' && /[?*+@!$=]$/.test(left.text);
}
