import { splitLines } from '../../text/lines';
import { diffSequences } from '../../text/sequenceDiff';
import type { SequenceHunk } from '../../text/shortestDiff';

const CONTEXT_LINES = 3;

/**
 * The change of one file in the form that `git apply` takes (git-diff(1), "Generating patch text").
 *
 * @param path relative to the root of the repository, with slashes.
 * @returns an empty text when nothing changes.
 */
export function filePatch(path: string, base: string, proposed: string): string {
  if (base === proposed) return '';
  const before = gitLines(base);
  const after = gitLines(proposed);
  const hunks = grouped(diffSequences(before, after));
  const [from, to] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  // Git ends a name with a tab where a blank in it would leave its end open.
  const tab = path.includes(' ') ? '\t' : '';
  return [
    `diff --git ${from} ${to}\n`,
    `--- ${from}${tab}\n`,
    `+++ ${to}${tab}\n`,
    ...hunks.map((hunk) => hunkText(hunk, before, after)),
  ].join('');
}

/** For git a line ends with a line feed only; a carriage return is a character of it. */
function gitLines(text: string): string[] {
  if (!text.includes('\r')) return splitLines(text);
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Changes so near to each other that their context would overlap belong to one hunk. */
function grouped(hunks: readonly SequenceHunk[]): (readonly SequenceHunk[])[] {
  const groups: SequenceHunk[][] = [];
  for (const hunk of hunks) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && hunk.beforeStart - last.beforeEnd <= CONTEXT_LINES * 2) group.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

function hunkText(
  group: readonly SequenceHunk[],
  before: readonly string[],
  after: readonly string[],
): string {
  const first = group[0];
  const last = group.at(-1);
  if (!first || !last) return '';
  const lead = Math.min(CONTEXT_LINES, first.beforeStart);
  const trail = Math.min(CONTEXT_LINES, before.length - last.beforeEnd);
  const from = { start: first.beforeStart - lead, end: last.beforeEnd + trail };
  const to = { start: first.afterStart - lead, end: last.afterEnd + trail };
  const lines: string[] = [];
  let at = from.start;
  for (const hunk of group) {
    lines.push(...before.slice(at, hunk.beforeStart).map((line) => patchLine(' ', line)));
    lines.push(
      ...before.slice(hunk.beforeStart, hunk.beforeEnd).map((line) => patchLine('-', line)),
    );
    lines.push(...after.slice(hunk.afterStart, hunk.afterEnd).map((line) => patchLine('+', line)));
    at = hunk.beforeEnd;
  }
  lines.push(...before.slice(at, from.end).map((line) => patchLine(' ', line)));
  return `@@ -${span(from)} +${span(to)} @@\n${lines.join('')}`;
}

function patchLine(sign: ' ' | '-' | '+', line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

/** Lines count from one; an empty stretch is named by the line before it. */
function span({ start, end }: { readonly start: number; readonly end: number }): string {
  const count = end - start;
  return `${count === 0 ? start : start + 1},${count}`;
}

/** Names with unusual characters are written as in C, byte by byte (git-config(1), core.quotePath). */
function quoted(name: string): string {
  const isPlain = /^[\x20-\x7e]*$/.test(name) && !/["\\]/.test(name);
  if (isPlain) return name;
  const bytes = [...Buffer.from(name)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${bytes.join('')}"`;
}
