import { splitLines } from './numbering';

/** What a model wrote, taken apart at its code fence. */
export type Unfenced =
  /** No fence, or code that begins with one by itself. */
  | { readonly type: 'plain'; readonly text: string }
  | { readonly type: 'fenced'; readonly text: string }
  /** Prose and code that cannot be told apart without guessing. */
  | { readonly type: 'ambiguous' };

export interface UnfenceOptions {
  /** Whether the code that was sent has fence lines itself, as Markdown does. */
  readonly codeHasFences: boolean;
  /** `outcome` is a worker's text, which has to be code alone; `own` may have prose around a fence. */
  readonly source: 'outcome' | 'own';
}

interface Fence {
  readonly mark: string;
  readonly open: number;
  readonly close: number;
}

const FENCE_LINE = /^ {0,3}(`{3,}|~{3,})([^`\n]*)\r?\n?$/;

/** Whether text has a line that opens or closes a code fence. */
export function hasFences(text: string): boolean {
  return splitLines(text).some((line) => FENCE_LINE.test(line));
}

/**
 * Takes one code fence off an answer.
 *
 * A fence around the whole is tolerated everywhere. Prose with exactly one fence in it is tolerated
 * from an orchestrator that answers itself, since that is how it talks. Everything else with fences
 * in it is ambiguous, unless the code itself has fences.
 */
export function unfence(answer: string, options: UnfenceOptions): Unfenced {
  const lines = splitLines(answer);
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const fences = findFences(lines);
  if (fences === null) {
    return options.codeHasFences ? { type: 'plain', text: answer } : { type: 'ambiguous' };
  }
  const [only] = fences;
  if (!only) return { type: 'plain', text: answer };
  const isWhole = fences.length === 1 && only.open === first && only.close === last;
  const inner = lines.slice(only.open + 1, only.close).join('');
  if (options.codeHasFences) {
    // The outer fence is ours to take off only when the code's own fences are still inside.
    return isWhole && hasFences(inner)
      ? { type: 'fenced', text: inner }
      : { type: 'plain', text: answer };
  }
  if (isWhole || (options.source === 'own' && fences.length === 1)) {
    return { type: 'fenced', text: inner };
  }
  return { type: 'ambiguous' };
}

/** Pairs of fence lines from the top; null when one is never closed. */
function findFences(lines: readonly string[]): readonly Fence[] | null {
  const fences: Fence[] = [];
  let open: { mark: string; line: number } | null = null;
  for (const [index, line] of lines.entries()) {
    const match = FENCE_LINE.exec(line);
    if (!match) continue;
    const [, mark = '', info = ''] = match;
    if (!open) {
      open = { mark, line: index };
    } else if (closes(open.mark, mark, info)) {
      fences.push({ mark: open.mark, open: open.line, close: index });
      open = null;
    }
  }
  return open ? null : fences;
}

/** A closing line has the same character, at least as many of them, and nothing else. */
function closes(opening: string, mark: string, info: string): boolean {
  return mark[0] === opening[0] && mark.length >= opening.length && info.trim() === '';
}
