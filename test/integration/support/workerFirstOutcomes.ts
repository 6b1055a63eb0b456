import type { LedgerEntry } from '../../../src/accounting/ledger/ledgerEntry';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { faultOutcomes } from './faultOutcomes';

/** What a fault comes to where the worker is asked first, as far as user and ledger see it. */
export interface WorkerFirstOutcome {
  /** Null when no line is owed: the API, or the way to it, refused the request. */
  readonly status: LedgerEntry['status'] | null;
  readonly requests: number;
  readonly cost: LedgerEntry['cost_source'] | null;
  /** What the user is told; null when the run has its result. */
  readonly message: RegExp | null;
}

const ends = {
  /** Refused before an answer began. */
  refused: { status: null, requests: 0, cost: null },
  /** It may have been billed; another request would meet the same. */
  lost: { status: 'failed', requests: 1, cost: 'unknown' },
  /** Proven at once, or after the one repetition that costs nothing. */
  proven: { status: 'completed', requests: 1, cost: 'billed' },
  unpriced: { status: 'completed', requests: 1, cost: 'unknown' },
  /** The first answer is not taken; the second is proven. */
  again: { status: 'completed', requests: 2, cost: 'billed' },
  /** Two answers are not taken, and the delegated run has a result all the same. */
  delegated: { status: 'completed', requests: 3, cost: 'billed' },
  /** The delegated run has none either. */
  unusable: { status: 'failed', requests: 3, cost: 'billed' },
} as const;

/** Each fault of the simulator; a new one does not compile before it stands here. */
const kinds: Readonly<Record<FaultName, keyof typeof ends>> = {
  '400': 'refused',
  '401': 'refused',
  '402': 'refused',
  '403': 'refused',
  '404': 'refused',
  '408': 'lost',
  '413': 'refused',
  '422': 'refused',
  '429': 'proven',
  '500': 'proven',
  '502': 'proven',
  '503': 'proven',
  '504': 'lost',
  '524': 'lost',
  '529': 'proven',
  '400-provider': 'refused',
  '400-context-length': 'refused',
  '402-affordable': 'refused',
  '403-moderation': 'refused',
  '403-disabled-tool': 'refused',
  '404-availability': 'refused',
  '429-retry-after': 'proven',
  '429-platform': 'refused',
  '503-retry-after': 'proven',
  'html-error-page': 'proven',
  'wrong-content-type': 'lost',
  'invalid-json-body': 'lost',
  'empty-body': 'lost',
  'reset-before-headers': 'lost',
  'no-headers': 'lost',
  silence: 'lost',
  'silence-after-text': 'lost',
  'heartbeats-forever': 'lost',
  'heartbeats-after-text': 'lost',
  'reset-before-text': 'lost',
  'reset-after-text': 'lost',
  'reset-mid-event': 'lost',
  'end-without-terminal': 'lost',
  'end-before-usage': 'unpriced',
  'end-mid-json': 'lost',
  'no-done': 'proven',
  'duplicate-finish': 'proven',
  'finish-tool-calls': 'again',
  length: 'again',
  'content-filter': 'again',
  'empty-answer': 'again',
  'usage-missing': 'unpriced',
  'usage-null': 'unpriced',
  'cost-absent': 'unpriced',
  'cost-null': 'unpriced',
  'cost-zero': 'proven',
  'usage-guide-spelling': 'proven',
  byok: 'proven',
  'usage-without-choices': 'proven',
  'text-missing': 'again',
  'piece-lost': 'again',
  'error-integer-code': 'lost',
  'error-string-code': 'lost',
  'error-no-choices': 'lost',
  'error-bare': 'lost',
  'error-rate-limit': 'lost',
  'error-first': 'lost',
  'response-failed': 'lost',
  'response-failed-first': 'lost',
  'response-incomplete': 'again',
  crlf: 'proven',
  cr: 'proven',
  'split-writes': 'proven',
  'multi-line-data': 'proven',
  'no-space': 'proven',
  'extra-fields': 'proven',
  'comment-as-data': 'proven',
  'invalid-json-frame': 'lost',
  'invalid-utf8': 'lost',
  'long-line': 'proven',
  'unknown-fields': 'proven',
  'marker-split': 'proven',
  'worker-failed': 'delegated',
  'worker-failed-all': 'unusable',
  'failed-marker': 'unusable',
  'eleventh-delegation': 'delegated',
  'unknown-marker': 'delegated',
  'missing-marker': 'delegated',
  'around-marker': 'delegated',
  'ignores-tool': 'unusable',
  refused: 'unusable',
  redelegated: 'delegated',
  'outcome-missing': 'unusable',
  'outcome-in-terminal-only': 'delegated',
  'items-missing': 'unusable',
  'item-never-done': 'delegated',
  'task-name-missing': 'delegated',
  'chat-delegation-visible': 'delegated',
};

/** A cut answer is a cut answer here: nothing but the text itself tells that it is whole. */
const brokeOff = /broke off before it was complete.* in the output/;

export function workerFirstOutcome(name: FaultName): WorkerFirstOutcome {
  const end = ends[kinds[name]];
  if (isUnaccepted(name)) return { ...end, message: notAccepted };
  const isDone = end.status === 'completed';
  return { ...end, message: isDone ? null : (faultOutcomes[name].message ?? messageOf(name)) };
}

const notAccepted = /did not accept the worker’s answer.* "Use the worker’s answer" "Run again"/;

function isUnaccepted(name: FaultName): boolean {
  return name === 'unknown-marker' || name === 'missing-marker';
}

/** Faults after which another route has its result. */
function messageOf(name: FaultName): RegExp | null {
  if (name === 'end-mid-json') return brokeOff;
  return name === 'ignores-tool' ? /cannot be done.* "Run again"/ : null;
}
