import { commonIndentation, dominantEol, indentationOf, splitLines, withEol } from './lines';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Makes a worker's replacement fit where it goes: line endings, byte order mark, blank lines at
 * both ends and final line ending as in `base`; and when the answer lost the indentation that all
 * of `base` had, it gets it back. Nothing else changes.
 *
 * @param eol the document's line ending, for a `base` of a single line.
 */
export function fitProposal(base: string, answer: string, eol: string): string {
  const lineEnd = dominantEol(base) ?? eol;
  const edges = splitEdges(withEol(base, '\n'));
  const { middle } = splitEdges(withEol(answer, '\n'));
  if (middle === '') return withEol(answer, lineEnd);
  const indented = restoreIndentation(edges.middle, middle);
  return withEol(edges.start + indented + edges.end, lineEnd);
}

/** Splits a text with LF endings into mark and blank lines, the lines with text, and line endings. */
function splitEdges(text: string): { start: string; middle: string; end: string } {
  const start = /^\uFEFF?(?:[ \t]*\n)*/.exec(text)?.[0] ?? '';
  const rest = text.slice(start.length);
  const end = /\n*$/.exec(rest)?.[0] ?? '';
  return { start, middle: rest.slice(0, rest.length - end.length), end };
}

function restoreIndentation(base: string, answer: string): string {
  const indentation = commonIndentation(base);
  const isLost =
    indentation !== '' && !answer.startsWith(BYTE_ORDER_MARK) && commonIndentation(answer) === '';
  // An answer that starts indented but has a line that is not has a reason for it, as a long string.
  if (!isLost || indentationOf(answer) !== '') return answer;
  return splitLines(answer)
    .map((line) => (line.trim() === '' ? line : indentation + line))
    .join('');
}
