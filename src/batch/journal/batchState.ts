import type { NanoUsd } from '../../common/money';
import type { CollectedFile } from '../collect/collect';
import type { SkippedFile } from '../collect/skipReason';
import type { JournalRecord, Producer, Standing } from './records';

/** A file of a batch and how far it is; a few hundred bytes, however long the file. */
export interface BatchFile extends CollectedFile {
  readonly n: number;
  /** Null while there is no result. */
  standing: Standing | null;
  by: Producer;
  /** Why it is doubtful or failed; empty otherwise. */
  reason: string;
  /** Hash of the stored result; empty when none is stored. */
  result: string;
  isRead: boolean;
  /** The user does not want its result. */
  isDiscarded: boolean;
  /** Set while and after it is written into the workspace. */
  applied: { readonly before: string; readonly after: string; readonly isSure: boolean } | null;
}

/** All that a journal tells of a batch. */
export interface BatchState {
  id: string | null;
  key: string;
  limitNanoUsd: NanoUsd;
  isPlanned: boolean;
  isEnded: boolean;
  briefHash: string | null;
  /** A brief that was written, before or after the user's word. */
  offeredHash: string | null;
  readonly files: Map<number, BatchFile>;
  /** What was left out; a folder counts once. */
  readonly skipped: SkippedFile[];
  /** Known costs of requests that ended. */
  spentNanoUsd: NanoUsd;
  /** Requests whose cost is not known, with the most that each can have cost. */
  readonly open: Map<string, NanoUsd>;
}

export function emptyState(): BatchState {
  return {
    id: null,
    key: '',
    limitNanoUsd: 0,
    isPlanned: false,
    isEnded: false,
    briefHash: null,
    offeredHash: null,
    files: new Map(),
    skipped: [],
    spentNanoUsd: 0,
    open: new Map(),
  };
}

/** Takes one more record into the state; a record that fits nothing changes nothing. */
export function applyRecord(state: BatchState, record: JournalRecord): void {
  switch (record.t) {
    case 'batch':
      Object.assign(state, emptyState(), {
        id: record.id,
        key: record.key,
        limitNanoUsd: record.limit,
      });
      return;
    case 'planned':
      state.isPlanned = state.files.size === record.files;
      return;
    case 'file':
      state.files.set(record.n, newFile(record));
      return;
    case 'skipped':
      state.skipped.push({ path: record.path, reason: record.reason });
      return;
    case 'offered':
      state.offeredHash = record.hash;
      return;
    case 'brief':
      state.briefHash = record.hash;
      return;
    case 'sent':
      state.open.set(record.run, record.ceiling);
      return;
    case 'paid':
      applyPayment(state, record);
      return;
    case 'end':
      state.isEnded = true;
      return;
    case 'done':
    case 'read':
    case 'applying':
    case 'applied':
    case 'undone':
    case 'discarded':
    case 'again': {
      const file = state.files.get(record.n);
      if (file) applyToFile(file, record);
      if (record.t === 'again') state.isEnded = false;
      return;
    }
  }
}

function newFile(record: Extract<JournalRecord, { t: 'file' }>): BatchFile {
  const { n, path, languageId, hash, lines, tokens, declarations } = record;
  const file = { n, path, languageId, hash, lines, tokens, declarations };
  return { ...file, ...NO_RESULT, applied: null };
}

const NO_RESULT = {
  standing: null,
  by: 'none',
  reason: '',
  result: '',
  isRead: false,
  isDiscarded: false,
} as const;

/** A request is paid once: a second line for it, as after a look-up, corrects the first. */
function applyPayment(
  state: BatchState,
  { run, cost }: Extract<JournalRecord, { t: 'paid' }>,
): void {
  if (cost === null || !state.open.has(run)) return;
  state.open.delete(run);
  state.spentNanoUsd += cost;
}

function applyToFile(
  file: BatchFile,
  record: Extract<
    JournalRecord,
    { t: 'done' | 'read' | 'applying' | 'applied' | 'undone' | 'discarded' | 'again' }
  >,
): void {
  switch (record.t) {
    case 'done':
      Object.assign(file, {
        standing: record.standing,
        by: record.by,
        reason: record.reason,
        result: record.result,
        isRead: false,
        isDiscarded: false,
      });
      return;
    case 'discarded':
      file.isDiscarded = true;
      return;
    case 'read':
      file.isRead = true;
      if (record.ok) {
        if (file.standing === 'unread') file.standing = 'read';
      } else {
        file.standing = 'doubtful';
        file.reason = record.reason;
      }
      return;
    case 'applying':
      file.applied = { before: record.before, after: record.after, isSure: false };
      return;
    case 'applied':
      if (file.applied) file.applied = { ...file.applied, isSure: true };
      return;
    case 'undone':
      file.applied = null;
      return;
    case 'again':
      Object.assign(file, NO_RESULT);
      return;
  }
}
