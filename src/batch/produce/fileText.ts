import type { SyntaxTree } from '../../syntax/syntax';
import type { Selection, SelectionSymbol } from '../../tasks/task';
import { type Eol, dominantEol, splitLines, withoutEol } from '../../text/lines';
import { diffSequences } from '../../text/sequenceDiff';
import { openDeclarations } from '../../syntax/openDeclarations';

const BYTE_ORDER_MARK = '\uFEFF';

/** A file as a batch works on it. */
export interface FileText {
  readonly path: string;
  readonly languageId: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly hasMark: boolean;
  readonly eol: Eol;
  readonly symbols: readonly SelectionSymbol[];
  /** Lines, counted from one, on which undocumented declarations start; null without a grammar. */
  readonly openLines: readonly number[] | null;
}

export function readFileText(
  file: { readonly path: string; readonly languageId: string },
  content: string,
  tree: SyntaxTree | null,
): FileText {
  const hasMark = content.startsWith(BYTE_ORDER_MARK);
  const text = hasMark ? content.slice(1) : content;
  return {
    path: file.path,
    languageId: file.languageId,
    text,
    hasMark,
    eol: dominantEol(text) ?? '\n',
    symbols: tree?.declarations.map(symbolOf) ?? [],
    openLines:
      tree && !tree.hasErrors ? openDeclarations(tree).map(({ startLine }) => startLine + 1) : null,
  };
}

function symbolOf({
  name,
  kind,
  startLine,
  endLine,
  depth,
}: SyntaxTree['declarations'][number]): SelectionSymbol {
  return { name, kind, startLine: startLine + 1, endLine: endLine + 1, depth };
}

/** The whole file as what a run works on. */
export function wholeSelection({ text, languageId, symbols }: FileText): Selection {
  return { text, languageId, startLine: 1, symbols };
}

/** The bytes that a file gets: its mark and the line ends of lines that did not change are kept. */
export function finishedText({ text, hasMark }: FileText, proposed: string): string {
  return (hasMark ? BYTE_ORDER_MARK : '') + keepLineEnds(text, proposed);
}

/** Gives lines that are in both texts the line ends that they had, where a text mixes several. */
export function keepLineEnds(base: string, proposed: string): string {
  const kinds = new Set(base.match(/\r\n|\r|\n/g));
  if (kinds.size < 2) return proposed;
  const before = splitLines(base);
  const after = splitLines(proposed);
  const hunks = diffSequences(before.map(withoutEol), after.map(withoutEol));
  const kept = [...after];
  let shift = 0;
  let line = 0;
  for (const hunk of [
    ...hunks,
    { beforeStart: before.length, beforeEnd: 0, afterStart: 0, afterEnd: 0 },
  ]) {
    for (; line < hunk.beforeStart; line += 1) kept[line + shift] = before[line] ?? '';
    line = hunk.beforeEnd;
    shift = hunk.afterEnd - hunk.beforeEnd;
  }
  return kept.join('');
}
