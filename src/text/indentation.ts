import { indentationOf, splitLines } from './lines';
import { scanTokens } from './lexical';

/** How lines are indented: as the editor calls it. */
export interface IndentationStyle {
  readonly insertSpaces: boolean;
  /** Columns of a level. */
  readonly tabSize: number;
}

const DEFAULT_TAB_SIZE = 4;

/**
 * The style that a text is indented in.
 *
 * @returns null when it cannot be seen: nothing is indented, or by tabs and blanks alike.
 */
export function indentationStyleOf(text: string, languageId: string): IndentationStyle | null {
  const fixed = fixedLines(text, languageId);
  const indents = splitLines(text)
    .map((line, index) => (fixed.has(index) || line.trim() === '' ? '' : indentationOf(line)))
    .filter((indent) => indent !== '');
  if (indents.length === 0) return null;
  const tabbed = indents.filter((indent) => indent.startsWith('\t')).length;
  if (tabbed === indents.length) return { insertSpaces: false, tabSize: DEFAULT_TAB_SIZE };
  if (tabbed > 0) return null;
  return { insertSpaces: true, tabSize: unitOf(indents.map((indent) => indent.length)) };
}

/** Brings every line's indentation from one style to another; text inside of strings stays. */
export function convertIndentation(
  text: string,
  languageId: string,
  { from, to }: { readonly from: IndentationStyle; readonly to: IndentationStyle },
): string {
  const isSame =
    from.insertSpaces === to.insertSpaces && (!from.insertSpaces || from.tabSize === to.tabSize);
  if (isSame) return text;
  const fixed = fixedLines(text, languageId);
  const lines = splitLines(text);
  const isKept = (line: string, index: number): boolean => fixed.has(index) || line.trim() === '';
  const changed = lines.map((line, index) =>
    isKept(line, index) ? line : converted(line, from, to),
  );
  const depths = lines.flatMap((line, index) =>
    isKept(line, index)
      ? []
      : [[line, changed[index] ?? ''].map((each) => columnsOf(indentationOf(each)))],
  );
  return DEPTH_MATTERS.test(languageId) && areLevelled(depths) ? text : changed.join('');
}

function columnsOf(indent: string): number {
  return indent.replace(/\t/g, ' '.repeat(8)).length;
}

/** Languages in which two lines that come to be equally deep are of one block. */
const DEPTH_MATTERS =
  /^(?:python|yaml|coffeescript|fsharp|haskell|nim|elm|pug|jade|haml|slim|sass)$/;

/** Whether lines of different depth are equally deep afterwards, or have changed places. */
function areLevelled(depths: readonly (readonly number[])[]): boolean {
  const sorted = [...depths].sort(([a = 0], [b = 0]) => a - b);
  return sorted.some(([before = 0, after = 0], index) => {
    const [previous = before, deep = -1] = sorted[index - 1] ?? [];
    return previous < before && deep >= after;
  });
}

function converted(line: string, from: IndentationStyle, to: IndentationStyle): string {
  const indent = indentationOf(line);
  const levels = from.insertSpaces
    ? Math.floor(indent.replace(/\t/g, ' '.repeat(from.tabSize)).length / from.tabSize)
    : (/^\t*/.exec(indent)?.[0].length ?? 0);
  const rest = from.insertSpaces ? indent.length % from.tabSize : indent.length - levels;
  const unit = to.insertSpaces ? ' '.repeat(to.tabSize) : '\t';
  return unit.repeat(levels) + ' '.repeat(Math.max(0, rest)) + line.slice(indent.length);
}

/** The smallest step that all indents are made of, as far as they agree; one of 8, 4, 3, 2. */
function unitOf(widths: readonly number[]): number {
  for (const unit of [8, 4, 3, 2]) {
    // A line of a comment or of arguments may stand off by its own rule.
    const whole = widths.filter((width) => width % unit === 0).length;
    if (whole >= widths.length * 0.9 && widths.some((width) => width === unit)) return unit;
  }
  const smallest = Math.min(...widths);
  return smallest >= 2 && smallest <= 8 ? smallest : DEFAULT_TAB_SIZE;
}

/** Zero-based lines that begin inside of a string, where white space is content. */
function fixedLines(text: string, languageId: string): ReadonlySet<number> {
  const fixed = new Set<number>();
  let line = 0;
  let at = 0;
  for (const token of scanTokens(text, languageId)) {
    if (token.kind !== 'string') continue;
    const content = text.slice(token.start, token.end);
    if (!content.includes('\n')) continue;
    line += count(text, at, token.start);
    const inside = count(text, token.start, token.end);
    for (let index = 1; index <= inside; index += 1) fixed.add(line + index);
    line += inside;
    at = token.end;
  }
  return fixed;
}

function count(text: string, start: number, end: number): number {
  let found = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1))
    found += 1;
  return found;
}
