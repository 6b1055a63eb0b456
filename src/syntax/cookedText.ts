/** What counts of texts whose white space counts only in part. */

/** A comment without its indentation: lines are trimmed, since formatters move whole comments. */
export function cookComment(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(trimBlanks)
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}

/** Without white space at the ends, which is blanks and tabs: other characters are text. */
function trimBlanks(line: string): string {
  return line.replace(/^[ \t]+|[ \t]+$/g, '');
}

/** A docstring as readers see it: without the indentation that all lines but the first share. */
export function cookDocString(text: string): string {
  // A line that goes on behind a backslash has its indentation in the middle.
  if (/\\\r?\n/.test(text)) return text.replaceAll('\r\n', '\n');
  const [first = '', ...rest] = text.split(/\r\n|\r|\n/).map((line) => line.replace(/[ \t]+$/, ''));
  const indents = rest
    .filter((line) => line !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return [first, ...rest.map((line) => line.slice(common))].join('\n');
}

/**
 * The text that JSX makes of a child: lines are trimmed where they meet line breaks, blank ones
 * vanish, the others are joined by one space. Empty when nothing is left.
 */
export function cookJsxText(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length === 1) return text;
  return lines
    .map((line, index) => {
      const start = index === 0 ? line : line.replace(/^[ \t]+/, '');
      return index === lines.length - 1 ? start : start.replace(/[ \t]+$/, '');
    })
    .filter((line) => line !== '')
    .join(' ');
}

const MACRO_TOKEN =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\p{L}_]\w*|\.?\d(?:[eEpP][+-]|[\w.'])*|<=>|<<=|>>=|\.\.\.|->\*|->|\+\+|--|<<|>>|&&|\|\||::|##|[-+*/%&|^<>=!]=|\S/gu;

/** The preprocessor's tokens of a macro's body, one space between them. */
export function cookMacroBody(text: string): string {
  return (text.replace(/\\\r?\n/g, ' ').match(MACRO_TOKEN) ?? []).join(' ');
}
