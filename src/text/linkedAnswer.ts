import { seenLines } from '../common/shown';
import { closesFence, fenceMark } from './fences';
import { splitLines } from './lines';

/** A place in the source that an answer is about. */
export interface LinkTarget {
  /** What was sent. */
  readonly text: string;
  /** The address of a line of `text`, counted from 0. */
  readonly lineUri: (line: number) => string;
}

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/**
 * A model's Markdown for a preview that runs nothing and loads nothing: tags show as they are
 * written, and pictures become links. Names in code spans that stand in the source link to the line
 * where they stand first.
 */
export function linkedAnswer(markdown: string, target: LinkTarget | null): string {
  const lines = target ? firstLines(target.text) : new Map<string, number>();
  const link = (name: string): string | null => {
    const line = lines.get(name);
    return line === undefined || !target ? null : target.lineUri(line);
  };
  const read = readLines(seenLines(markdown));
  const isUnsure = read.lines.some(({ isCode, text }) => !isCode && isUnsureOfSpans(text));
  const shown = read.lines.map(({ isCode, text }) =>
    isCode ? text : linkedLine(text, { link, isUnsure }),
  );
  return shown.join('') + read.closing;
}

interface ReadLine {
  readonly text: string;
  /** Whether it belongs to a block of code, where nothing is more than its letters. */
  readonly isCode: boolean;
}

/** A fence with anything before it, which may end earlier than its mark, with what it stands in. */
const UNSURE_FENCE = /^((?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])[ \t])+)(`{3,}|~{3,})/;
const ANY_FENCE = /^((?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])[ \t])*)(`{3,}|~{3,})/;
/** Where a formula may begin, in which neither fences nor code spans are such. */
const FORMULA = /^((?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])[ \t])*)\$\$/;

/** Tells blocks of code from text; where that depends on who reads it there are none. */
function readLines(markdown: string): { readonly lines: ReadLine[]; readonly closing: string } {
  let open: string | null = null;
  let unsure: string | null = null;
  const lines: ReadLine[] = [];
  for (const text of splitLines(markdown)) {
    const fence = fenceMark(text);
    const isSure = /^[`~]/.test(text);
    const isFence = fence !== null && (isSure || open !== null);
    if (open !== null) {
      if (isFence && closesFence(open, fence)) open = null;
      lines.push({ text, isCode: true });
    } else if (isFence) {
      if (unsure !== null) return withoutFences(markdown);
      open = fence.mark;
      lines.push({ text, isCode: true });
    } else {
      const mark = UNSURE_FENCE.exec(text)?.[2];
      if (mark !== undefined) unsure = unsure !== null && mark.startsWith(unsure) ? null : mark;
      lines.push({ text: text.replace(FORMULA, '$1\\$\\$'), isCode: false });
    }
  }
  if (unsure !== null) return withoutFences(markdown);
  return { lines, closing: open === null ? '' : `${markdown.endsWith('\n') ? '' : '\n'}${open}\n` };
}

function withoutFences(markdown: string): { readonly lines: ReadLine[]; readonly closing: string } {
  const lines = splitLines(markdown).map((line) => {
    const marked = line.replace(ANY_FENCE, (_, before: string, mark: string) => {
      return before + mark.replace(/./g, '\\$&');
    });
    return { text: marked.replace(FORMULA, '$1\\$\\$'), isCode: false };
  });
  return { lines, closing: '' };
}

/** Code spans and what stands between them; a span ends with as many backticks as it began with. */
const PIECES = /(`+)(?!`)([^]*?[^`])\1(?!`)|[^`]+|`+/g;

/** Whether code spans of the whole text may pair otherwise than line by line. */
function isUnsureOfSpans(line: string): boolean {
  if (!line.includes('`') && !line.includes('$')) return false;
  const hasLone = [...line.matchAll(PIECES)].some(
    ([piece, ticks]) => ticks === undefined && piece.startsWith('`'),
  );
  return hasLone || /[$]|\\`/.test(line);
}

function linkedLine(
  line: string,
  {
    link,
    isUnsure,
  }: { readonly link: (name: string) => string | null; readonly isUnsure: boolean },
): string {
  // Inside of a link's own label there can be no other link.
  const hasLinks = line.includes('](');
  let result = '';
  for (const [piece, ticks, code] of line.matchAll(PIECES)) {
    const name = /^([^(]*)(?:\(\))?$/.exec(code?.trim() ?? '')?.[1] ?? '';
    // Behind a mark of exclamation a link would be a picture.
    const isLinked = !hasLinks && NAME.test(name) && !result.endsWith('!');
    const uri = isLinked ? link(name) : null;
    if (uri !== null) result += `[${piece}](${uri})`;
    else result += ticks === undefined || isUnsure ? plain(piece) : piece;
  }
  return result;
}

function plain(text: string): string {
  return text.replaceAll('<', '&lt;').replace(/!(?=\[)/g, '!\\');
}

/** Names in a text with the line where each stands first. */
function firstLines(text: string): Map<string, number> {
  const found = new Map<string, number>();
  splitLines(text).forEach((line, index) => {
    for (const [name] of line.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
      if (!found.has(name)) found.set(name, index);
    }
  });
  return found;
}
