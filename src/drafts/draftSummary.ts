import { hasConflictMarkers } from '../text/conflictText';
import type { Draft, DraftState } from './draft';
import { diffSequences } from '../text/sequenceDiff';
import { splitLines, withoutEol } from '../text/lines';

type ReadyState = Extract<DraftState, { status: 'ready' }>;

/**
 * What the Apply button says of a draft: `verified` when the proof found only what the task allows,
 * `doubtful` when applying asks once more, `unproven` when nothing is claimed of the text as it is.
 */
export type Verdict = 'verified' | 'doubtful' | 'unproven';

/** @returns null while the draft cannot be applied. */
export function verdictOf(draft: Draft): Verdict | null {
  const { state } = draft;
  if (state.status !== 'ready') return null;
  // The answer was cut off: what follows in the original would be removed.
  const isPartial = state.completeness === 'partial';
  if (state.proof?.verdict === 'changed' || isPartial || hasOpenConflicts(state)) return 'doubtful';
  return state.proof?.verdict === 'verified' ? 'verified' : 'unproven';
}

/** How much a draft changes, in lines. */
export interface ChangeSize {
  readonly lines: number;
  /** Of them, those that differ in white space at their ends alone, which a diff may hide. */
  readonly byIndentation: number;
}

/** How many lines differ, line endings aside. */
export function changeSize(base: string, proposed: string): ChangeSize {
  const [before, after] = [base, proposed].map((text) => splitLines(text).map(withoutEol));
  const lines = differingLines(before ?? [], after ?? []);
  const visible = differingLines(trimmed(before ?? []), trimmed(after ?? []));
  return { lines, byIndentation: Math.max(0, lines - visible) };
}

function differingLines(before: readonly string[], after: readonly string[]): number {
  const hunks = diffSequences(before, after);
  const added = sum(hunks.map(({ afterStart, afterEnd }) => afterEnd - afterStart));
  const removed = sum(hunks.map(({ beforeStart, beforeEnd }) => beforeEnd - beforeStart));
  return Math.max(added, removed);
}

function trimmed(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim());
}

function hasOpenConflicts({ proposed, conflict }: ReadyState): boolean {
  return conflict !== null && hasConflictMarkers(proposed, conflict);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, next) => total + next, 0);
}
