import { DOUBTS } from './inspectEdit';
import { asArray, asRecord, parseRecord, readCount } from '../common/json';
import type { ConflictMarks } from '../text/conflictText';
import type { Draft, DraftState, StaleReason, Surroundings } from './draft';
import type { TrackedRange } from '../text/trackedRange';
import type { Session } from './session';

/** A draft as it lies in a file, with who wrote it and when. */
export interface StoredDraft {
  readonly draft: Draft;
  /** Who wrote the file last. */
  readonly session: Session;
  readonly savedAtMs: number;
  /** Grows with every save, in whichever window. */
  readonly revision: number;
}

const FORMAT_VERSION = 1;

/** Writes a draft for a file. A proof is left out: it is made again from the text that is read. */
export function encodeDraft(stored: StoredDraft): string {
  const { draft, session, savedAtMs, revision } = stored;
  const state = draft.state.status === 'ready' ? { ...draft.state, proof: null } : draft.state;
  return JSON.stringify({
    v: FORMAT_VERSION,
    session,
    savedAtMs,
    revision,
    draft: { ...draft, state },
  });
}

/** Reads what `encodeDraft` wrote; null for anything else: torn, foreign, or of a later version. */
export function decodeDraft(text: string): StoredDraft | null {
  const file = parseRecord(text);
  if (file?.['v'] !== FORMAT_VERSION) return null;
  const draft = decodeBasis(asRecord(file['draft']));
  const session = decodeSession(asRecord(file['session']));
  const savedAtMs = readCount(file['savedAtMs']);
  const revision = readCount(file['revision']);
  if (!draft || !session || savedAtMs === null || revision === null) return null;
  return { draft, session, savedAtMs, revision };
}

type Fields = Record<string, unknown>;

function decodeSession(fields: Fields | null): Session | null {
  const id = fields?.['id'];
  const pid = readCount(fields?.['pid']);
  const startedAtMs = readCount(fields?.['startedAtMs']);
  if (typeof id !== 'string' || pid === null || startedAtMs === null) return null;
  return { id, pid, startedAtMs };
}

const TEXT_FIELDS = [
  'id',
  'runId',
  'taskId',
  'originLabel',
  'documentUri',
  'languageId',
  'base',
] as const;

function decodeBasis(fields: Fields | null): Draft | null {
  if (!fields) return null;
  const texts = readTexts(fields, TEXT_FIELDS);
  const createdAtMs = readCount(fields['createdAtMs']);
  const documentVersion = readCount(fields['documentVersion']);
  const range = decodeRange(asRecord(fields['range']));
  const surroundings = decodeSurroundings(asRecord(fields['surroundings']));
  const state = decodeState(asRecord(fields['state']));
  if (!texts || createdAtMs === null || documentVersion === null) return null;
  if (!range || !surroundings || !state) return null;
  const isUnread = fields['isUnread'] === true ? ({ isUnread: true } as const) : {};
  const isPart = fields['isPart'] === true ? ({ isPart: true } as const) : {};
  const known = DOUBTS.filter((doubt) => asArray(fields['doubts']).includes(doubt));
  const doubts = known.length > 0 ? { doubts: known } : {};
  const basis = {
    ...texts,
    ...isPart,
    ...isUnread,
    ...doubts,
    createdAtMs,
    documentVersion,
    range,
    surroundings,
    state,
  };
  const notebookUri = fields['notebookUri'];
  return typeof notebookUri === 'string' ? { ...basis, notebookUri } : basis;
}

function readTexts<Name extends string>(
  fields: Fields,
  names: readonly Name[],
): Record<Name, string> | null {
  const texts = names.map((name) => [name, fields[name]] as const);
  if (!texts.every(([, value]) => typeof value === 'string')) return null;
  return Object.fromEntries(texts) as Record<Name, string>;
}

function decodeRange(fields: Fields | null): TrackedRange | null {
  const state = fields?.['state'];
  const start = readCount(fields?.['start']);
  const end = readCount(fields?.['end']);
  if (state !== 'untouched' && state !== 'touched' && state !== 'gone') return null;
  return start !== null && end !== null && start <= end ? { state, start, end } : null;
}

function decodeSurroundings(fields: Fields | null): Surroundings | null {
  return fields && readTexts(fields, ['before', 'after']);
}

function decodeState(fields: Fields | null): DraftState | null {
  switch (fields?.['status']) {
    case 'running': {
      const partialText = fields['partialText'];
      return typeof partialText === 'string' ? { status: 'running', partialText } : null;
    }
    case 'ready':
      return decodeReady(fields);
    case 'stale':
      return decodeStale(fields);
    case 'applied':
    case 'discarded': {
      const endedAtMs = readCount(fields['endedAtMs']);
      return endedAtMs === null ? null : { status: fields['status'], endedAtMs, last: null };
    }
    default:
      return null;
  }
}

function decodeReady(fields: Fields): DraftState | null {
  const { proposed, completeness } = fields;
  const conflict = fields['conflict'] === null ? null : decodeMarks(asRecord(fields['conflict']));
  if (typeof proposed !== 'string' || (conflict === null && fields['conflict'] !== null)) {
    return null;
  }
  if (completeness !== 'complete' && completeness !== 'partial') return null;
  return { status: 'ready', proposed, proof: null, completeness, conflict };
}

const STALE_REASONS: Record<StaleReason, true> = {
  interrupted: true,
  'run-failed': true,
  'run-cancelled': true,
};

function decodeStale(fields: Fields): DraftState | null {
  const { reason, text } = readTexts(fields, ['reason', 'text']) ?? {};
  if (reason === undefined || text === undefined || !Object.hasOwn(STALE_REASONS, reason)) {
    return null;
  }
  return { status: 'stale', reason: reason as StaleReason, text };
}

function decodeMarks(fields: Fields | null): ConflictMarks | null {
  const nonce = fields?.['nonce'];
  const ownsSeparator = fields?.['ownsSeparator'];
  const addedFinalEol = fields?.['addedFinalEol'];
  if (typeof nonce !== 'string' || nonce === '') return null;
  if (typeof ownsSeparator !== 'boolean' || typeof addedFinalEol !== 'boolean') return null;
  return { nonce, ownsSeparator, addedFinalEol };
}
