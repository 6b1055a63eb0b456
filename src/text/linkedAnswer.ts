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
  let open: string | null = null;
  return splitLines(markdown)
    .map((line) => {
      const fence = fenceMark(line);
      // An indented one may end earlier, with the list that it stands in.
      const isSure = line.startsWith('`') || line.startsWith('~');
      if (fence && isSure && open === null) open = fence.mark;
      else if (fence && open !== null && closesFence(open, fence)) open = null;
      else if (open === null) return linkedLine(line, link);
      return line;
    })
    .join('');
}

/** Code spans and what stands between them; a span ends with as many backticks as it began with. */
const PIECES = /(`+)(?!`)([^]*?[^`])\1(?!`)|[^`]+|`+/g;

function linkedLine(line: string, link: (name: string) => string | null): string {
  // Inside of a link's own label there can be no other link.
  const hasLinks = line.includes('](');
  return line.replace(PIECES, (piece: string, ticks?: string, code?: string) => {
    if (ticks === undefined || code === undefined) return plain(piece);
    const name = /^([^(]*)(?:\(\))?$/.exec(code.trim())?.[1] ?? '';
    const uri = !hasLinks && NAME.test(name) ? link(name) : null;
    return uri === null ? piece : `[${piece}](${uri})`;
  });
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
