import { commonIndentation, splitLines } from './lines';

/**
 * What surrounds the code of a selection and does not concern a worker: blank lines before and
 * after, the indentation that all lines share, and the kind of line end. It is taken off before
 * sending and put back on the answer, so that no model has to keep it.
 */
export interface SelectionFrame {
  /** Blank lines before the code, as in the document. */
  readonly head: string;
  /** White space that every line with text starts with; tabs stay tabs. */
  readonly indentation: string;
  /** Line ends, and indentation, after the last line with text. */
  readonly tail: string;
  readonly eol: '\n' | '\r\n';
}

export interface FramedText {
  readonly frame: SelectionFrame;
  /** The code alone: no common indentation, line feeds only. This is what a worker sees. */
  readonly body: string;
}

/** Blank lines up to the last line feed; indentation of the first line with text is not part of it. */
const HEAD = /^(?:[ \t]*\r?\n)*/;
/** Line ends and what follows them up to the end. Blanks on the last line with text are its own. */
const TAIL = /(?:\r?\n[ \t]*)*$/;

/** Takes the frame off a selection. */
export function unframe(text: string): FramedText {
  const head = HEAD.exec(text)?.[0] ?? '';
  const rest = text.slice(head.length);
  const tail = trailingBlank(rest);
  const code = rest.slice(0, rest.length - tail.length).replace(/\r\n/g, '\n');
  const indentation = commonIndentation(code);
  return {
    frame: { head, indentation, tail, eol: dominantEol(text) },
    body: mapLines(code, (line) => line.slice(indentation.length)),
  };
}

/**
 * Puts a frame around new code.
 *
 * Blank lines around the answer are dropped in favour of the frame's. An answer whose lines all
 * share an indentation was indented again by the model, since what it saw shared none: that
 * indentation is taken off before the frame's is put on. Lines of blanks alone stay as they are.
 */
export function reframe(frame: SelectionFrame, answer: string): string {
  const normal = answer.replace(/\r\n/g, '\n');
  const rest = normal.slice((HEAD.exec(normal)?.[0] ?? '').length);
  const code = rest.slice(0, rest.length - trailingBlank(rest).length);
  const extra = commonIndentation(code);
  const indented = mapLines(code, (line) => frame.indentation + line.slice(extra.length));
  const withEnds = frame.eol === '\n' ? indented : indented.replace(/\n/g, frame.eol);
  return frame.head + withEnds + frame.tail;
}

/** Applies `change` to every line that has text. */
function mapLines(text: string, change: (line: string) => string): string {
  return splitLines(text)
    .map((line) => (line.trim() === '' ? line : change(line)))
    .join('');
}

/** As `TAIL`, found from the end: the pattern alone would take quadratic time on many line ends. */
function trailingBlank(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r\n'.includes(text[end - 1] ?? 'x')) end -= 1;
  return TAIL.exec(text.slice(end))?.[0] ?? '';
}

/** The kind most lines end with; a document has one kind, so this only decides for odd input. */
function dominantEol(text: string): '\n' | '\r\n' {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const all = text.match(/\n/g)?.length ?? 0;
  return crlf * 2 > all ? '\r\n' : '\n';
}
