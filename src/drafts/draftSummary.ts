import { countConflicts, hasConflictMarkers } from '../text/conflictText';
import type { Draft, DraftState, StaleReason } from './draft';
import { diffSequences } from '../text/sequenceDiff';
import { splitLines, withoutEol } from '../text/lines';
import type { ProofResult } from './proof/proofResult';

/** What a draft's header says, as data; words are made where it is shown. */
export interface DraftSummary {
  readonly status: DraftState['status'];
  readonly originLabel: string;
  /** Only of a stale draft. */
  readonly staleReason: StaleReason | null;
  /** What applying would change, in lines; null while there is no proposed text. */
  readonly change: ChangeSize | null;
  readonly proof: ProofResult | null;
  /** Whether the document's text has changed where the draft belongs, so that applying merges. */
  readonly isTouched: boolean;
  /** Conflicts still shown in the text; at least 1 while any marker is left. */
  readonly openConflicts: number;
  /** Why applying asks once more; empty when it does not. */
  readonly confirmations: readonly Confirmation[];
}

export interface ChangeSize {
  readonly hunks: number;
  readonly addedLines: number;
  readonly removedLines: number;
}

export type Confirmation =
  /** The proof found more than the task allows. */
  | 'proof-changed'
  /** The answer was cut off, so that what follows in the original would be removed. */
  | 'partial-answer';

type ReadyState = Extract<DraftState, { status: 'ready' }>;

/** Reads a draft for its header. */
export function summarizeDraft(draft: Draft): DraftSummary {
  const { state } = draft;
  const isTouched = draft.range.state === 'touched';
  const plain = { status: state.status, originLabel: draft.originLabel, isTouched };
  if (state.status !== 'ready') {
    const staleReason = state.status === 'stale' ? state.reason : null;
    const rest = { change: null, proof: null, openConflicts: 0, confirmations: [] };
    return { ...plain, ...rest, staleReason };
  }
  return {
    ...plain,
    staleReason: null,
    change: changeSize(draft.base, state.proposed),
    proof: state.proof,
    openConflicts: openConflicts(state),
    confirmations: confirmationsOf(state),
  };
}

/** Why applying a text asks once more. */
function confirmationsOf({ proof, completeness }: ReadyState): readonly Confirmation[] {
  return [
    ...(proof?.verdict === 'changed' ? (['proof-changed'] as const) : []),
    ...(completeness === 'partial' ? (['partial-answer'] as const) : []),
  ];
}

/**
 * What the Apply button says of a draft: `verified` when the proof found only what the task allows,
 * `doubtful` when applying asks once more, `unproven` when nothing is claimed of the text as it is.
 */
export type Verdict = 'verified' | 'doubtful' | 'unproven';

/** @returns null while the draft cannot be applied. */
export function verdictOf(draft: Draft): Verdict | null {
  const { state } = draft;
  if (state.status !== 'ready') return null;
  if (confirmationsOf(state).length > 0 || openConflicts(state) > 0) return 'doubtful';
  return state.proof?.verdict === 'verified' ? 'verified' : 'unproven';
}

/** How many lines differ, line endings aside. */
export function changeSize(base: string, proposed: string): ChangeSize {
  const hunks = diffSequences(
    splitLines(base).map(withoutEol),
    splitLines(proposed).map(withoutEol),
  );
  return {
    hunks: hunks.length,
    addedLines: sum(hunks.map(({ afterStart, afterEnd }) => afterEnd - afterStart)),
    removedLines: sum(hunks.map(({ beforeStart, beforeEnd }) => beforeEnd - beforeStart)),
  };
}

function openConflicts({ proposed, conflict }: ReadyState): number {
  if (!conflict || !hasConflictMarkers(proposed, conflict)) return 0;
  return Math.max(1, countConflicts(proposed, conflict));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, next) => total + next, 0);
}
