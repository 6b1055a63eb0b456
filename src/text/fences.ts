import { splitLines } from './lines';

/** What a model wrote, taken apart at its code fence. */
export type Unfenced =
  /** No fence, or code that begins with one by itself. */
  | { readonly type: 'plain'; readonly text: string }
  | {
      readonly type: 'fenced';
      readonly text: string;
      /** What stood before and after the fence; empty for nothing. */
      readonly around: string;
      /** Whether a line closes it; without one the text may have been cut off. */
      readonly isClosed: boolean;
    }
  /** Prose and code that cannot be told apart without guessing. */
  | { readonly type: 'ambiguous'; readonly candidates: readonly string[] };

interface Fence {
  readonly open: number;
  /** The line that closes it; one past the last when none does. */
  readonly close: number;
}

const FENCE_LINE = /^ {0,3}(`{3,}|~{3,})([^\n]*?)\r?\n?$/;
const MARKDOWN_INFO = /^(?:markdown|md|mdx)\b/i;

interface FenceMark {
  readonly mark: string;
  readonly info: string;
}

/** The fence that a line opens or closes; null when it does neither. */
export function fenceMark(line: string): FenceMark | null {
  const [, mark, rest = ''] = FENCE_LINE.exec(line) ?? [];
  if (mark === undefined || (mark.startsWith('`') && rest.includes('`'))) return null;
  return { mark, info: rest.trim() };
}

/** A closing line has the same character, at least as many of them, and nothing else. */
export function closesFence(opening: string, { mark, info }: FenceMark): boolean {
  return mark.startsWith(opening) && info === '';
}

/** A closing fence right behind the last code. */
const GLUED_END = /^(\s*(`{3,})[^\n`]*\n(?:[\s\S]*\n)?[^\n`]*[^\s`])\2\s*$/;
const GLUED_START = /^ {0,3}`{3,}(?=[^\n`]*[ (])[^\n`]*[{(:;,][ \t]*$/m;

/**
 * Takes a model's code fence off its answer: one around the whole, or the only one among prose.
 *
 * @param code what was sent. Its own fences, as of Markdown, are not the model's.
 */
export function unfence(answer: string, code: string): Unfenced {
  const own = fenceLines(code);
  const lines = splitLines(own.length > 0 ? answer : answer.replace(GLUED_END, '$1\n$2'));
  // Code that begins behind the fence's signs would be lost with them.
  if (own.length === 0 && GLUED_START.test(answer)) return { type: 'ambiguous', candidates: [] };
  const all = fenceLines(lines.join(''));
  if (all.length === 0 || sameList(all, own)) return { type: 'plain', text: answer };
  const whole = wholeFence(lines, own);
  if (whole) return fenced(lines, whole);
  const fences = findFences(lines);
  const [only] = fences;
  if (own.length > 0) {
    const inside = only && innerFences(lines, only);
    return only && fences.length === 1 && inside && sameList(inside, own)
      ? fenced(lines, only)
      : { type: 'plain', text: answer };
  }
  if (only && fences.length === 1) {
    // A last line of backticks without a first one.
    const isStray =
      only.close >= lines.length &&
      lines
        .slice(only.open + 1)
        .join('')
        .trim() === '';
    return isStray
      ? { type: 'fenced', text: lines.slice(0, only.open).join(''), around: '', isClosed: true }
      : fenced(lines, only);
  }
  return {
    type: 'ambiguous',
    candidates: fences.map((fence) => lines.slice(fence.open + 1, fence.close).join('')),
  };
}

function fenced(lines: readonly string[], { open, close }: Fence): Unfenced {
  return {
    type: 'fenced',
    text: withoutMargin(lines.slice(open + 1, close), lines[open] ?? ''),
    around: [...lines.slice(0, open), ...lines.slice(close + 1)].join('').trim(),
    isClosed: close < lines.length,
  };
}

/** A fence's lines; those of an indented fence are indented as deep, as CommonMark has it. */
function withoutMargin(lines: readonly string[], opening: string): string {
  const [margin = ''] = /^ */.exec(opening) ?? [];
  const isShifted = lines.every((line) => line.trim() === '' || line.startsWith(margin));
  return isShifted ? lines.map((line) => line.slice(margin.length)).join('') : lines.join('');
}

/** The fence from the first line to the last, if what is inside is whole without it. */
function wholeFence(lines: readonly string[], own: readonly string[]): Fence | null {
  const open = lines.findIndex((line) => line.trim() !== '');
  const close = lines.findLastIndex((line) => line.trim() !== '');
  const opening = fenceMark(lines[open] ?? '');
  const closing = fenceMark(lines[close] ?? '');
  if (!opening || !closing || open === close || !closesFence(opening.mark, closing)) return null;
  const fence = { open, close };
  const inside = innerFences(lines, fence);
  if (own.length > 0) {
    const isAround =
      sameList(inside, own) ||
      (MARKDOWN_INFO.test(opening.info) && inside.length > 0 && isBalanced(lines, fence)) ||
      (inside.length > 0 && inside.every((line) => !line.startsWith(opening.mark)));
    return isAround ? fence : null;
  }
  return isBalanced(lines, fence) ? fence : null;
}

/** Whether fences inside of one open and close in turn, those with a language opening. */
function isBalanced(lines: readonly string[], { open, close }: Fence): boolean {
  const inner: string[] = [];
  const outer = fenceMark(lines[open] ?? '')?.mark ?? '';
  for (const line of lines.slice(open + 1, close)) {
    const fence = fenceMark(line);
    if (!fence) continue;
    const last = inner.at(-1);
    if (last !== undefined && closesFence(last, fence)) inner.pop();
    // Without a language it would close the outer one.
    else if (last === undefined && closesFence(outer, fence)) return false;
    else if (last === undefined) inner.push(fence.mark);
  }
  return inner.length === 0;
}

/** Pairs of fence lines from the top, as CommonMark pairs them. */
function findFences(lines: readonly string[]): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { readonly mark: string; readonly line: number } | null = null;
  for (const [index, line] of lines.entries()) {
    const fence = fenceMark(line);
    if (!fence) continue;
    if (!open) {
      open = { mark: fence.mark, line: index };
    } else if (closesFence(open.mark, fence)) {
      fences.push({ open: open.line, close: index });
      open = null;
    }
  }
  return open ? [...fences, { open: open.line, close: lines.length }] : fences;
}

function fenceLines(text: string): string[] {
  return splitLines(text)
    .filter((line) => fenceMark(line) !== null)
    .map((line) => line.trim());
}

function innerFences(lines: readonly string[], { open, close }: Fence): string[] {
  return fenceLines(lines.slice(open + 1, close).join(''));
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
