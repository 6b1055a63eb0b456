import { type TextChange, type OffsetRange } from '../text/offsets';
import type { ConflictMarks } from '../text/conflictText';
import type { ProofResult } from './proof/proofResult';
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
  readonly languageId: string;
  /** The document's version to which `range` belongs; meaningless after a restart. */
  readonly documentVersion: number;
  /** Where `base` is now. */
  readonly range: TrackedRange;
  /** The range's text: as it was sent, or as it was when a conflict was last laid before the user. */
  readonly base: string;
  readonly surroundings: Surroundings;
}

/** Why a draft cannot be applied any more, or never could. */
export type StaleReason =
  /** The window or its extension host ended during the run. */
  'interrupted' | 'run-failed' | 'run-cancelled' | 'document-deleted' | 'range-gone';

/** What must be known of a proposed text besides the text. */
export interface ProposalKind {
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
  | ({
      readonly status: 'ready';
      /** The range's new text: as answered and then edited by the user. */
      readonly proposed: string;
      /** Of exactly this `proposed`; null when it was not tried, or no longer is of this text. */
      readonly proof: ProofResult | null;
    } & ProposalKind)
  | { readonly status: 'applied'; readonly endedAtMs: number }
  | { readonly status: 'discarded'; readonly endedAtMs: number }
  | {
      readonly status: 'stale';
      readonly reason: StaleReason;
      /** What there is to look at: a proposed text, or what of the answer had arrived. */
      readonly text: string;
      /** Set when `text` is a proposed text, so that the draft may become ready again. */
      readonly proposal: ProposalKind | null;
    };

/** An edit that is not applied yet: what was sent, what came back, and where it belongs. */
export type Draft = DraftBasis & { readonly state: DraftState };

/** A draft in one state, for code that needs that state's fields. */
export type DraftIn<Status extends DraftState['status']> = DraftBasis & {
  readonly state: Extract<DraftState, { status: Status }>;
};

/** What can happen to a draft. */
export type DraftEvent =
  | { readonly type: 'partial-text'; readonly text: string }
  | { readonly type: 'proposed'; readonly text: string; readonly proof: ProofResult | null }
  /** The user changed the right side; the same text again changes nothing. */
  | { readonly type: 'edited'; readonly text: string }
  | { readonly type: 'proved'; readonly proof: ProofResult }
  /** Apply met conflicts: `mine` is the new base, `text` shows them between markers. */
  | {
      readonly type: 'conflicted';
      readonly range: OffsetRange;
      readonly mine: string;
      readonly text: string;
      readonly marks: ConflictMarks;
    }
  | { readonly type: 'failed'; readonly reason: StaleReason }
  /** The user goes on with what had arrived of an answer. */
  | { readonly type: 'partial-accepted' }
  /** The document or the range of a stale draft is there again. */
  | { readonly type: 'revived'; readonly range: OffsetRange; readonly documentVersion: number }
  | { readonly type: 'applied'; readonly atMs: number }
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

/** Whether a task promises to change nothing but comments or layout, so that a proof is tried. */
export function isClaimTask(taskId: string): taskId is 'docstring' | 'reformat' {
  return taskId === 'docstring' || taskId === 'reformat';
}

/** Narrows a draft by its status. */
export function isDraftIn<Status extends DraftState['status']>(
  draft: Draft,
  status: Status,
): draft is DraftIn<Status> & Draft {
  return draft.state.status === status;
}

/** Whether a proof of the present text is still to be tried. */
export function awaitsProof(draft: Draft): draft is DraftIn<'ready'> & Draft {
  return isClaimTask(draft.taskId) && isDraftIn(draft, 'ready') && draft.state.proof === null;
}

/** Whether nothing can happen to the draft any more, so that its file can go. */
export function isEnded(draft: Draft): boolean {
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
      return { ...draft, state: reduceRunning(state, event) };
    case 'ready':
      return reduceReady(draft as DraftIn<'ready'>, event);
    case 'stale':
      return reduceStale(draft as DraftIn<'stale'>, event);
    case 'applied':
    case 'discarded':
      throw new DraftTransitionError(state.status, event.type);
  }
}

function reduceRunning(state: DraftIn<'running'>['state'], event: DraftEvent): DraftState {
  switch (event.type) {
    case 'partial-text':
      return { status: 'running', partialText: event.text };
    case 'proposed':
      return {
        status: 'ready',
        proposed: event.text,
        completeness: 'complete',
        proof: event.proof,
        conflict: null,
      };
    case 'failed':
      return { status: 'stale', reason: event.reason, text: state.partialText, proposal: null };
    case 'discarded':
      return { status: 'discarded', endedAtMs: event.atMs };
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
    case 'conflicted':
      return {
        ...draft,
        range: { state: 'untouched', start: event.range.start, end: event.range.end },
        base: event.mine,
        state: { ...state, proposed: event.text, proof: null, conflict: event.marks },
      };
    case 'failed':
      return { ...draft, state: stale(state, event.reason) };
    case 'applied':
      return { ...draft, state: { status: 'applied', endedAtMs: event.atMs } };
    case 'discarded':
      return { ...draft, state: { status: 'discarded', endedAtMs: event.atMs } };
    default:
      throw new DraftTransitionError('ready', event.type);
  }
}

function reduceStale(draft: DraftIn<'stale'>, event: DraftEvent): Draft {
  const { state } = draft;
  if (event.type === 'discarded') {
    return { ...draft, state: { status: 'discarded', endedAtMs: event.atMs } };
  }
  if (event.type === 'partial-accepted' && !state.proposal) {
    return { ...draft, state: ready(state.text, { completeness: 'partial', conflict: null }) };
  }
  if (event.type === 'revived' && state.proposal) {
    return {
      ...draft,
      documentVersion: event.documentVersion,
      range: { state: 'touched', start: event.range.start, end: event.range.end },
      state: ready(state.text, state.proposal),
    };
  }
  throw new DraftTransitionError('stale', event.type);
}

function ready(proposed: string, kind: ProposalKind): DraftState {
  const { completeness, conflict } = kind;
  return { status: 'ready', proposed, proof: null, completeness, conflict };
}

function stale(state: DraftIn<'ready'>['state'], reason: StaleReason): DraftState {
  const { completeness, conflict } = state;
  return { status: 'stale', reason, text: state.proposed, proposal: { completeness, conflict } };
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

/** The draft after its document got another name. */
export function withDocumentUri(draft: Draft, documentUri: string): Draft {
  return { ...draft, documentUri };
}

/** The draft after its notebook got another name; the cell is looked for when it is needed. */
export function withNotebookUri(draft: Draft, notebookUri: string): Draft {
  return { ...draft, notebookUri };
}
