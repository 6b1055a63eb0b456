import { parseRecord, readCount, readString } from '../../common/json';
import type { NanoUsd } from '../../common/money';
import type { CollectedFile } from '../collect/collect';
import { type SkippedFile, isSkipReason } from '../collect/skipReason';

/**
 * How far a file's result can be trusted.
 *
 * - `verified`: a proof or a schema holds.
 * - `read`: the orchestrator has read it and found nothing wrong.
 * - `unread`: nobody has looked at it; only of tasks without a proof.
 * - `doubtful`: it is there, but a proof does not hold or a reader objects: `reason` says what.
 * - `unchanged`: the file is right as it is.
 * - `conflict`: the file changed in the same lines; the result holds both versions until it is edited.
 * - `failed`: there is no result: `reason` says why.
 */
export type Standing =
  'verified' | 'read' | 'unread' | 'doubtful' | 'unchanged' | 'conflict' | 'failed';

const STANDINGS: readonly string[] = [
  'verified',
  'read',
  'unread',
  'doubtful',
  'unchanged',
  'conflict',
  'failed',
] satisfies Standing[];

/** Who made a result in the end; `user` when it was edited by hand. */
export type Producer = 'worker' | 'retry' | 'delegated' | 'user' | 'none';

/** One line of a batch's journal. Paths are in it, but no content and no key. */
export type JournalRecord =
  /** The first line: which batch this is. `key` tells whether the same command goes on with it. */
  | {
      readonly t: 'batch';
      readonly v: 1;
      readonly id: string;
      readonly key: string;
      readonly at: string;
      readonly limit: NanoUsd;
    }
  | ({ readonly t: 'file'; readonly n: number } & CollectedFile)
  /** A file or folder that is left out. */
  | ({ readonly t: 'skipped' } & SkippedFile)
  /** All files are listed; without it the batch is planned again. */
  | { readonly t: 'planned'; readonly files: number }
  /** A brief that was written and waits for the user's word. Its text is a file of the folder. */
  | { readonly t: 'offered'; readonly hash: string }
  /** What workers are told besides the task; the latest counts. Its text is a file of the folder. */
  | { readonly t: 'brief'; readonly hash: string }
  /** A request is about to be sent. Until it is paid its ceiling counts as spent. */
  | { readonly t: 'sent'; readonly run: string; readonly ceiling: NanoUsd }
  /** What it cost; null when that is not known. */
  | { readonly t: 'paid'; readonly run: string; readonly cost: NanoUsd | null }
  /** A file's result is kept, with `result` as the hash of what is in the folder. */
  | {
      readonly t: 'done';
      readonly n: number;
      readonly standing: Standing;
      readonly by: Producer;
      readonly reason: string;
      readonly result: string;
    }
  /** A result was read by the orchestrator. */
  | { readonly t: 'read'; readonly n: number; readonly ok: boolean; readonly reason: string }
  /** A file is about to be given new bytes; `before` and `after` are hashes of them. */
  | {
      readonly t: 'applying';
      readonly n: number;
      readonly before: string;
      readonly after: string;
    }
  | { readonly t: 'applied'; readonly n: number }
  | { readonly t: 'undone'; readonly n: number }
  /** The user does not want a result. */
  | { readonly t: 'discarded'; readonly n: number }
  /** A file is to be done again, as if it had no result. */
  | { readonly t: 'again'; readonly n: number }
  /** Everything that was to be produced is. */
  | { readonly t: 'end' };

/** @returns null for a line that is not ours: torn, damaged, or of a later version. */
export function decodeRecord(line: string): JournalRecord | null {
  const row = parseRecord(line);
  return row && isWhole(row) ? (row as JournalRecord) : null;
}

export function encodeRecord(record: JournalRecord): string {
  return `${JSON.stringify(record)}\n`;
}

type Check = (value: unknown) => boolean;
const isCount: Check = (value) => readCount(value) !== null;
const isText: Check = (value) => typeof value === 'string';
const isFilled: Check = (value) => readString(value) !== null;
const isCost: Check = (value) => value === null || isCount(value);

const FIELDS: Readonly<Record<JournalRecord['t'], Readonly<Record<string, Check>>>> = {
  batch: { v: (value) => value === 1, id: isFilled, key: isFilled, at: isFilled, limit: isCount },
  file: {
    n: isCount,
    path: isFilled,
    languageId: isFilled,
    hash: isFilled,
    lines: isCount,
    tokens: isCount,
    declarations: isCount,
  },
  skipped: { path: isFilled, reason: isSkipReason },
  planned: { files: isCount },
  offered: { hash: isText },
  brief: { hash: isText },
  sent: { run: isFilled, ceiling: isCount },
  paid: { run: isFilled, cost: isCost },
  done: {
    n: isCount,
    standing: (value) => STANDINGS.includes(value as string),
    by: isFilled,
    reason: isText,
    result: isText,
  },
  read: { n: isCount, ok: (value) => typeof value === 'boolean', reason: isText },
  applying: { n: isCount, before: isFilled, after: isFilled },
  applied: { n: isCount },
  undone: { n: isCount },
  discarded: { n: isCount },
  again: { n: isCount },
  end: {},
};

function isWhole(row: Readonly<Record<string, unknown>>): boolean {
  const kind = row['t'];
  if (typeof kind !== 'string' || !Object.hasOwn(FIELDS, kind)) return false;
  const checks = FIELDS[kind as JournalRecord['t']];
  return Object.entries(checks).every(([field, check]) => check(row[field]));
}
