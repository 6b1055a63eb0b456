import { type Gap, type LayoutReader, isApart } from './gap';
import { joiningOf } from './joining';

const joins = joiningOf({
  operators: [
    ...['**=', '//=', '>>=', '<<=', '...', '!=', '==', '<=', '>=', '<>', '->', ':=', '+=', '-='],
    ...['*=', '/=', '%=', '&=', '|=', '^=', '@='],
  ],
  notWords: '@',
});

/** Columns where a tab is worth as much as in the language's own reader, and where it is worth one. */
interface Column {
  readonly wide: number;
  readonly narrow: number;
}

const TAB_WIDTH = 8;

/**
 * Lines and blocks as CPython's tokenizer finds them: outside of brackets each line is a statement's
 * first, and its depth comes from a stack of indentations.
 */
export const readPythonGaps: LayoutReader = (gaps, source) => {
  const indents: Column[] = [{ wide: 0, narrow: 0 }];
  let brackets = 0;
  let isAfterFeed = false;
  return gaps.map((gap) => {
    const { text } = gap.right;
    const isLine = brackets === 0 && (gap.left === null || gap.hasBreak || isAfterFeed);
    // A form feed starts its line over and is not a token.
    isAfterFeed = /^\f+$/.test(text) && isLine;
    if (isAfterFeed) return 'feed';
    if (/^[([{]$/.test(text)) brackets++;
    else if (/^[)\]}]$/.test(text)) brackets = Math.max(0, brackets - 1);
    if (!isLine) return blankMark(gap);
    return `line ${depthOf(leadOf(source, gap), indents)}`;
  });
};

function blankMark(gap: Gap): string {
  if (!gap.left || joins(gap.left, gap.right)) return '';
  return isApart(gap) ? 'blank' : 'none';
}

/** What stands before the first token of a line. */
function leadOf(source: string, { left, right }: Gap): string {
  const between = source.slice(left?.end ?? 0, right.start);
  // A line that is white space and a backslash lends its indentation to the next one.
  const joined = /(?:^|\n)([ \t]*\\\r?\n[^]*)$/.exec(between);
  if (joined?.[1] !== undefined) return joined[1];
  const lead = source.slice(source.lastIndexOf('\n', right.start - 1) + 1, right.start);
  return lead.slice(lead.lastIndexOf('\f') + 1);
}

/** The depth of a line's block; what CPython refuses is its own lead, and equal to nothing else. */
function depthOf(lead: string, indents: Column[]): string {
  if (!/^[ \t]*$/.test(lead)) return `after ${lead}`;
  const column = columnOf(lead);
  const hasLeft = (indents.at(-1)?.wide ?? 0) > column.wide;
  while (indents.length > 1 && (indents.at(-1)?.wide ?? 0) > column.wide) indents.pop();
  const top = indents.at(-1) ?? column;
  if (top.wide === column.wide && top.narrow === column.narrow) return String(indents.length - 1);
  if (hasLeft || top.wide === column.wide || column.narrow <= top.narrow) return `at ${lead}`;
  indents.push(column);
  return String(indents.length - 1);
}

function columnOf(lead: string): Column {
  let wide = 0;
  for (const character of lead) {
    wide = character === '\t' ? (Math.floor(wide / TAB_WIDTH) + 1) * TAB_WIDTH : wide + 1;
  }
  return { wide, narrow: lead.length };
}
