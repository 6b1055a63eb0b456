/** Lines as VS Code sees them: ended by CRLF, LF or a lone CR. */

export type Eol = '\n' | '\r\n';

const LINE = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g;
const ANY_EOL = /\r\n|\r|\n/g;

/** The text's lines, each with its line ending; joined they give the text. Empty for an empty text. */
export function splitLines(text: string): string[] {
  return text.match(LINE) ?? [];
}

/** How many line endings a text has, `most` at most; without cutting it into lines. */
export function countLineEnds(text: string, most = Infinity): number {
  let count = 0;
  for (let at = 0; at < text.length && count < most; at += 1) {
    const unit = text.charCodeAt(at);
    // A carriage return before a line feed is one line end with it.
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) count += 1;
  }
  return count;
}

/** The text with every line ending replaced. */
export function withEol(text: string, eol: string): string {
  return text.replace(ANY_EOL, eol);
}

/** The line ending that most lines have; null when there is none at all. */
export function dominantEol(text: string): Eol | null {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const lf = (text.match(/\n/g)?.length ?? 0) - crlf;
  if (crlf === 0 && lf === 0) return null;
  return crlf > lf ? '\r\n' : '\n';
}

/** A line without its line ending. */
export function withoutEol(line: string): string {
  return line.replace(/(?:\r\n|\r|\n)$/, '');
}

/** Offsets at which lines start; the first is 0, and a final line ending starts one more line. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(ANY_EOL)) starts.push(match.index + match[0].length);
  return starts;
}

/** Zero-based line of an offset, given `lineStarts`. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Leading blanks and tabs of a line. */
export function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The indentation that all lines with text share. */
export function commonIndentation(text: string): string {
  let common: string | null = null;
  for (const line of splitLines(text)) {
    if (line.trim() === '') continue;
    const own = indentationOf(line);
    common = common === null ? own : sharedStart(common, own);
    if (common === '') return '';
  }
  return common ?? '';
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
