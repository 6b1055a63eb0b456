import type { Doubt } from './inspectEdit';
import { type TextChange, type OffsetRange } from '../text/offsets';
import { type ConflictMarks, resolvedText } from '../text/conflictText';
import type { ProofResult } from './proof/proofResult';
import { builtInTasks, isBuiltInTaskId } from '../tasks/catalog';
import type { TaskClaim } from '../tasks/task';
import { type TrackedRange, updateTrackedRange } from '../text/trackedRange';

/** Text next to the range when the draft was made, by which it is found again after a restart. */
export interface Surroundings {
  /** The end of the text before the range; empty when the range starts the document. */
  readonly before: string;
  /** The start of the text after the range; empty when the range ends the document. */
  readonly after: string;
}

/** What is the same in all states of a draft. */
export interface DraftBasis {
  readonly id: string;
  /** The run's id, which is also its ledger entry's. */
  readonly runId: string;
  readonly taskId: string;
  /** Names the draft in lists and headers: task and place, in the user's words. */
  readonly originLabel: string;
  readonly createdAtMs: number;
  /** The document, as `Uri.toString()` writes it. */
  readonly documentUri: string;
  /** Of a notebook's cell: the notebook. A cell's own address changes when it is opened again. */
  readonly notebookUri?: string;
  /** Set when the document had more than the range: then the text is not a file by itself. */
  readonly isPart?: true;
  /** Set when a worker wrote it alone: then only the proof has looked at it. */
  readonly isUnread?: true;
  /** What speaks against it; absent for nothing. */
  readonly doubts?: readonly Doubt[];
  readonly languageId: string;
  /** The document's version to which `range` belongs; meaningless after a restart. */
  readonly documentVersion: number;
  /** Where `base` is now. */
  readonly range: TrackedRange;
  /** The range's text: as it was sent, or as it was when a conflict was last laid before the user. */
  readonly base: string;
  readonly surroundings: Surroundings;
}

/** Why a draft's answer is not whole. */
export type StaleReason =
  /** The window or its extension host ended during the run. */
  'interrupted' | 'run-failed' | 'run-cancelled';

interface ReadyState {
  readonly status: 'ready';
  /** The range's new text: as answered and then edited by the user. */
  readonly proposed: string;
  /** Of exactly this `proposed`; null when it was not tried, or no longer is of this text. */
  readonly proof: ProofResult | null;
  /** `partial` when the user chose to go on with an answer that was cut off. */
  readonly completeness: 'complete' | 'partial';
  /** Set once conflicts were written into the text; they may be resolved since. */
  readonly conflict: ConflictMarks | null;
}

export type DraftState =
  | {
      readonly status: 'running';
      /** What of the answer has arrived. */
      readonly partialText: string;
    }
  | ReadyState
  | {
      readonly status: 'applied' | 'discarded';
      readonly endedAtMs: number;
      /** What it is again when more is typed on the right side; null when nobody can write there. */
      readonly last: ReadyState | null;
    }
  | {
      readonly status: 'stale';
      readonly reason: StaleReason;
      /** What of the answer had arrived. */
      readonly text: string;
    };

/** An edit that is not applied yet: what was sent, what came back, and where it belongs. */
export type Draft = DraftBasis & { readonly state: DraftState };

/** A draft in one state, for code that needs that state's fields. */
export type DraftIn<Status extends DraftState['status']> = DraftBasis & {
  readonly state: Extract<DraftState, { status: Status }>;
};

/**
 * `text`, what the right side had, is in the document now. When more was typed there meanwhile the
 * draft stays, as a change to what was applied.
 */
interface AppliedEvent {
  readonly type: 'applied';
  readonly atMs: number;
  readonly text: string;
  readonly place: Pick<DraftBasis, 'range' | 'surroundings' | 'documentVersion'>;
}

/** What can happen to a draft. */
export type DraftEvent =
  | { readonly type: 'partial-text'; readonly text: string }
  | {
      readonly type: 'proposed';
      readonly text: string;
      readonly proof: ProofResult | null;
      /** Whether no orchestrator has read it. */
      readonly isUnread?: boolean;
      readonly doubts?: readonly Doubt[];
    }
  /**
   * The user changed the right side; the same text again changes nothing. Other text than the one
   * with which a draft ended brings the draft back: it was typed while the diff was closing.
   */
  | { readonly type: 'edited'; readonly text: string }
  | { readonly type: 'proved'; readonly proof: ProofResult }
  /** The user takes what the orchestrator did not accept. */
  | { readonly type: 'accepted' }
  /** Apply met conflicts: `mine` is the new base, `text` shows them between markers. */
  | {
      readonly type: 'conflicted';
      readonly range: TrackedRange;
      readonly mine: string;
      readonly text: string;
      readonly marks: ConflictMarks;
    }
  | { readonly type: 'failed'; readonly reason: StaleReason }
  /** The user goes on with what had arrived of an answer. */
  | { readonly type: 'partial-accepted' }
  | AppliedEvent
  | { readonly type: 'discarded'; readonly atMs: number };

/** An event that the draft's state does not allow: a bug of the caller, not of the user. */
export class DraftTransitionError extends Error {
  constructor(status: string, event: string) {
    super(`A ${status} draft does not take "${event}"`);
    this.name = 'DraftTransitionError';
  }
}

/** A new draft, whose run is about to start. */
export function createDraft(
  origin: Omit<DraftBasis, 'range'> & { readonly range: OffsetRange },
): DraftIn<'running'> {
  return {
    ...origin,
    range: { state: 'untouched', start: origin.range.start, end: origin.range.end },
    state: { status: 'running', partialText: '' },
  };
}

/** What a task promises to leave as it was, so that a proof is tried; null for nothing. */
export function claimOf(taskId: string): TaskClaim | null {
  return isBuiltInTaskId(taskId) ? (builtInTasks[taskId].claim ?? null) : null;
}

/** Narrows a draft by its status. */
export function isDraftIn<Status extends DraftState['status']>(
  draft: Draft,
  status: Status,
): draft is DraftIn<Status> & Draft {
  return draft.state.status === status;
}

/** Whether the user can write on the draft's right side: also while the diff of an ended one closes. */
export function takesText(draft: Draft): boolean {
  return isDraftIn(draft, 'ready') || (isEnded(draft) && draft.state.last !== null);
}

/** What the right side shows. */
export function proposedText(draft: Draft): string {
  switch (draft.state.status) {
    case 'running':
      return draft.state.partialText;
    case 'ready':
      return draft.state.proposed;
    case 'stale':
      return draft.state.text;
    case 'applied':
    case 'discarded':
      return draft.state.last?.proposed ?? '';
  }
}

/** Whether a proof of the present text is still to be tried. */
export function awaitsProof(draft: Draft): draft is DraftIn<'ready'> & Draft {
  return claimOf(draft.taskId) !== null && isDraftIn(draft, 'ready') && draft.state.proof === null;
}

/** Whether the draft was applied or discarded, so that its file can go. */
export function isEnded(draft: Draft): draft is DraftIn<'applied' | 'discarded'> & Draft {
  return draft.state.status === 'applied' || draft.state.status === 'discarded';
}

/**
 * The draft after an event.
 *
 * @throws DraftTransitionError for an event that the state does not allow.
 */
export function reduceDraft(draft: Draft, event: DraftEvent): Draft {
  const { state } = draft;
  switch (state.status) {
    case 'running':
      return {
        ...draft,
        ...(event.type === 'proposed' && event.isUnread && { isUnread: true }),
        ...(event.type === 'proposed' && event.doubts?.length && { doubts: event.doubts }),
        state: reduceRunning(state, event),
      };
    case 'ready':
      return reduceReady(draft as DraftIn<'ready'>, event);
    case 'stale':
      return reduceStale(draft as DraftIn<'stale'>, event);
    case 'applied':
    case 'discarded':
      return reduceEnded(draft as DraftIn<'applied' | 'discarded'>, event);
  }
}

function reduceRunning(state: DraftIn<'running'>['state'], event: DraftEvent): DraftState {
  switch (event.type) {
    case 'partial-text':
      return { status: 'running', partialText: event.text };
    case 'proposed':
      return { ...ready(event.text), proof: event.proof };
    case 'failed':
      return { status: 'stale', reason: event.reason, text: state.partialText };
    case 'discarded':
      return ended('discarded', event.atMs, null);
    default:
      throw new DraftTransitionError('running', event.type);
  }
}

function reduceReady(draft: DraftIn<'ready'>, event: DraftEvent): Draft {
  const { state } = draft;
  switch (event.type) {
    case 'edited':
      return event.text === state.proposed
        ? draft
        : { ...draft, state: { ...state, proposed: event.text, proof: null } };
    case 'proved':
      return { ...draft, state: { ...state, proof: event.proof } };
    case 'accepted':
      return accepted(draft);
    case 'conflicted':
      return {
        ...draft,
        range: event.range,
        base: event.mine,
        state: { ...state, proposed: event.text, proof: null, conflict: event.marks },
      };
    case 'applied': {
      const next = { ...ready(state.proposed), conflict: state.conflict };
      const isAll = state.proposed === event.text;
      return {
        ...withApplied(draft, state, event),
        state: isAll ? ended('applied', event.atMs, next) : next,
      };
    }
    case 'discarded':
      return { ...draft, state: ended('discarded', event.atMs, state) };
    default:
      throw new DraftTransitionError('ready', event.type);
  }
}

function accepted(draft: DraftIn<'ready'>): Draft {
  const { doubts = [], ...rest } = draft;
  const left = doubts.filter((doubt) => doubt !== 'unaccepted');
  return left.length > 0 ? { ...rest, doubts: left } : rest;
}

function reduceStale(draft: DraftIn<'stale'>, event: DraftEvent): Draft {
  const { state } = draft;
  if (event.type === 'discarded') {
    return { ...draft, state: ended('discarded', event.atMs, null) };
  }
  if (event.type === 'partial-accepted') {
    return { ...draft, state: { ...ready(state.text), completeness: 'partial' } };
  }
  throw new DraftTransitionError('stale', event.type);
}

function reduceEnded(draft: DraftIn<'applied' | 'discarded'>, event: DraftEvent): Draft {
  const { status, last } = draft.state;
  if (last && event.type === 'edited') {
    const isSame = event.text === last.proposed;
    return isSame ? draft : { ...draft, state: { ...last, proposed: event.text, proof: null } };
  }
  // Discarded, or applied once more, while the editor made the change.
  if (last && event.type === 'applied') return withApplied(draft, last, event);
  throw new DraftTransitionError(status, event.type);
}

/** The draft with what was applied as what is in its document. */
function withApplied(draft: Draft, { conflict }: ReadyState, event: AppliedEvent): Draft {
  const base = conflict ? resolvedText(event.text, conflict) : event.text;
  return { ...draft, ...event.place, base };
}

function ready(proposed: string): ReadyState {
  return { status: 'ready', proposed, proof: null, completeness: 'complete', conflict: null };
}

function ended(
  status: 'applied' | 'discarded',
  endedAtMs: number,
  last: ReadyState | null,
): DraftState {
  return { status, endedAtMs, last };
}

/** The draft after its document changed, in any state. `version` is the document's new one. */
export function withDocumentChanges(
  draft: Draft,
  changes: readonly TextChange[],
  version: number,
): Draft {
  return {
    ...draft,
    range: updateTrackedRange(draft.range, changes),
    documentVersion: version,
  };
}

/**
 * The draft after a file or folder got another name. The cell of a notebook is looked for when it
 * is needed.
 */
export function withRenamedFile(draft: Draft, from: string, to: string): Draft {
  const { documentUri, notebookUri } = draft;
  const file = notebookUri ?? documentUri;
  // A folder that was renamed takes the files below it along.
  if (file !== from && !file.startsWith(`${from}/`)) return draft;
  const renamed = to + file.slice(from.length);
  return notebookUri === undefined
    ? { ...draft, documentUri: renamed }
    : { ...draft, notebookUri: renamed };
}
