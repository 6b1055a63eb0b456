import type { FaultName } from '../../src/simulator/faults/faults';

/**
 * Every fault that Delegate promises to survive, with the tests that show it. `npm run faults` makes
 * the table in `test/faults.md` of this list and of what the last test run says.
 *
 * Tests are named by their full titles; a `*` stands for any text.
 */
export interface FaultRow {
  readonly fault: string;
  /** Tests in plain Node. */
  readonly unit: readonly string[];
  /** Tests in a real VS Code, of test/integration and test/ui. */
  readonly editor: readonly string[];
  /** Tests of either kind where the worker is asked first. */
  readonly workerFirst: readonly string[];
}

const PLAYED = 'every fault in a window ';

/** @param workerFirst left out where each fault that is played has a test of that route as well. */
function row(
  fault: string,
  unit: readonly string[],
  editor: readonly string[],
  workerFirst = editor
    .filter((title) => title.startsWith(PLAYED))
    .map((title) => `worker first with every fault ${title.slice(PLAYED.length)}`),
): FaultRow {
  return { fault, unit, editor, workerFirst };
}

/** Faults of the simulator, each played through a command on a document. */
function played(...names: readonly FaultName[]): readonly string[] {
  return names.map((name) => `${PLAYED}${name}`);
}

/** Shown to the user with what to do. */
function told(name: FaultName): string {
  return `Failures ${name}: a message that says what to do, and the file untouched`;
}

/** A recorded stream, whole, byte by byte, and however it is cut. */
function recorded(name: string): string {
  return `recorded streams ${name} gives *`;
}

function status(code: string): string {
  return `HTTP errors ${code} is *`;
}

/** Faults of the world around a run. */
function around(title: string): string {
  return `faults around a run ${title}`;
}

/** The same where the worker is asked first. */
function aroundFirst(title: string): string {
  return `faults around a run, worker first ${title}`;
}

function httpRow(code: FaultName): FaultRow {
  const isSeen = code === '401' || code === '402' || code === '502';
  return row(`HTTP ${code}`, [status(code)], [...played(code), ...(isSeen ? [told(code)] : [])]);
}

const connectionRows: readonly FaultRow[] = [
  row(
    'connection refused',
    ['connections that fail a port where nobody listens'],
    [around('connection refused')],
    [aroundFirst('connection refused')],
  ),
  row(
    'DNS failure',
    ['connections that fail a name that does not exist'],
    [around('DNS failure')],
    [aroundFirst('DNS failure')],
  ),
  row(
    'TLS failure',
    [
      'connections that fail a certificate that nobody vouches for',
      'connections that fail https to a port that speaks plain http',
    ],
    [
      'network a certificate that nobody vouches for is refused with the reason, until its authority is added',
    ],
    [aroundFirst('TLS failure')],
  ),
  row(
    'connect timeout',
    [
      'connections that fail a connection that is never made',
      'connections a server that never shakes hands is given up in time',
    ],
    [around('connect timeout')],
    [aroundFirst('connect timeout')],
  ),
  row(
    'headers never come',
    ['connections that fail headers that never come'],
    played('no-headers'),
  ),
  row(
    'silence',
    ['streams that fail silence after the headers', 'Watchdog *'],
    played('silence', 'silence-after-text'),
  ),
  row(
    'heartbeats for ever',
    ['streams that fail heartbeats for ever'],
    played('heartbeats-forever', 'heartbeats-after-text'),
  ),
  row(
    'reset mid-event',
    [
      'streams that fail a reset inside an event keeps the text',
      'connections that fail a connection that is closed before the headers',
    ],
    [
      ...played('reset-mid-event', 'reset-before-headers', 'reset-before-text', 'reset-after-text'),
      told('reset-after-text'),
    ],
  ),
];

const endRows: readonly FaultRow[] = [
  row(
    'end without terminal event',
    [
      recorded('chat-cut-without-finish.sse'),
      recorded('responses-cut-inside-message.sse'),
      'recorded streams an answer that is cut before its end is never taken for a whole one',
      'run that ends without a result stream that just stops',
    ],
    played('end-without-terminal', 'end-mid-json'),
  ),
  row(
    'end before usage',
    [recorded('chat-cut-before-usage.sse'), recorded('responses-without-completed.sse')],
    played('end-before-usage'),
  ),
  row(
    'error frame (integer code, string code, no choices, bare)',
    [
      recorded('chat-error-integer-code.sse'),
      recorded('chat-error-string-code.sse'),
      recorded('chat-error-empty-choices.sse'),
      recorded('chat-error-bare.sse'),
      recorded('responses-error-flat.sse'),
      recorded('responses-error-nested.sse'),
      recorded('responses-error-bare.sse'),
      'run that ends without a result error in the middle of the stream keeps what had arrived',
    ],
    [
      ...played(
        'error-integer-code',
        'error-string-code',
        'error-no-choices',
        'error-bare',
        'error-first',
      ),
      told('error-integer-code'),
    ],
  ),
  row(
    'response.failed',
    [recorded('responses-failed.sse')],
    played('response-failed', 'response-failed-first'),
  ),
  row(
    'response.incomplete',
    [recorded('responses-incomplete-length.sse'), recorded('responses-incomplete-filter.sse')],
    played('response-incomplete'),
  ),
  row(
    'duplicate finish',
    [recorded('chat-usage-on-second-finish.sse')],
    played('duplicate-finish'),
  ),
  row(
    'finish tool_calls without calls',
    [
      recorded('chat-finish-tool-calls-without-calls.sse'),
      'run that ends without a result tool calls pending after some text',
    ],
    played('finish-tool-calls'),
  ),
  row(
    'length',
    [
      recorded('chat-finish-length.sse'),
      'run that ends without a result answer cut short or filtered, whatever the format',
    ],
    played('length'),
  ),
  row(
    'content_filter',
    [
      recorded('chat-finish-content-filter.sse'),
      'run that ends without a result answer cut short or filtered, whatever the format',
    ],
    played('content-filter'),
  ),
  row(
    'usage missing',
    [
      recorded('responses-usage-missing.sse'),
      'ledger entry of a run a run without usage, or with usage without cost, is unknown',
    ],
    played('usage-missing', 'usage-null'),
  ),
  row(
    'cost null or absent',
    [
      recorded('chat-usage-cost-null.sse'),
      recorded('chat-usage-cost-absent.sse'),
      'usage: what is billed cost null or absent is unknown, never 0',
    ],
    played('cost-null', 'cost-absent'),
  ),
  row(
    'cost 0',
    [
      recorded('chat-usage-cost-zero.sse'),
      'usage: what is billed a cost of 0 is 0: free model or response cache',
      'ledger entry of a run a cost of 0 is billed',
    ],
    played('cost-zero'),
  ),
];

const httpRows: readonly FaultRow[] = [
  row('HTML error page', ["HTTP errors a page from the network's edge"], played('html-error-page')),
  ...(['400', '401', '402', '403', '404', '408', '413', '422'] as const).map(httpRow),
  ...(['500', '502', '503', '524', '529'] as const).map(httpRow),
  row(
    'HTTP 429, with and without Retry-After',
    [
      status('429'),
      'HTTP errors Retry-After: *',
      'retry once, for a passing reason, after the time the API asks for',
    ],
    played('429', '429-retry-after', '429-platform'),
  ),
  row('HTTP 504', [status('504')], played('504')),
  row(
    'wrong content type',
    ['streams that fail content types that no answer has'],
    [...played('wrong-content-type'), told('wrong-content-type')],
  ),
];

const framingRows: readonly FaultRow[] = [
  row(
    'invalid JSON frame',
    [
      recorded('chat-invalid-json.sse'),
      'streams that fail a frame that cannot be read closes the connection',
    ],
    played('invalid-json-frame'),
  ),
  row(
    'invalid UTF-8',
    [recorded('chat-invalid-utf8.sse'), 'Utf8Decoder *'],
    played('invalid-utf8'),
  ),
  row('piece of an answer lost', ['an answer whose pieces were damaged *'], played('piece-lost')),
  row('10 MB line', ['streams that fail one event of ten megabytes'], played('long-line')),
  row(
    'CRLF and CR framing',
    [recorded('chat-crlf.sse'), recorded('chat-cr.sse'), recorded('chat-mixed-line-ends.sse')],
    played('crlf', 'cr'),
  ),
  row(
    'comment re-wrapped as data',
    [recorded('chat-comment-as-data.sse')],
    played('comment-as-data'),
  ),
];

const delegationRows: readonly FaultRow[] = [
  row(
    'worker failed',
    [
      'run that ends without a result worker failed behind a marker',
      'run against the simulator orchestrator worker-failure: *',
      'run against the simulator orchestrator worker-failure-all: *',
    ],
    played('worker-failed', 'worker-failed-all', 'failed-marker'),
  ),
  row(
    'eleventh delegation',
    ['run against the simulator orchestrator over-delegator: *'],
    played('eleventh-delegation'),
  ),
  row(
    'unknown marker',
    [
      'run that ends without a result marker that names nothing',
      'run against the simulator orchestrator unknown-marker: *',
    ],
    played('unknown-marker'),
  ),
  row(
    'marker split over deltas',
    [
      'splicer any outcome, cut anywhere, takes the marker’s place byte for byte',
      'splicer one character at a time',
    ],
    played('marker-split'),
  ),
  row(
    'orchestrator that ignores the tool',
    ['run against the simulator orchestrator ignorer: *'],
    played('ignores-tool'),
  ),
];

const worldRows: readonly FaultRow[] = [
  row(
    'cancel at every stage',
    ['cancelled run *', 'cancelling *'],
    [
      around('cancelled *'),
      'A long run shows that it is alive, and ends at once when it is cancelled',
      'A long run several runs are in flight at once, and each cancels by itself',
    ],
    ['worker first is cancelled in its request *', aroundFirst('cancelled *')],
  ),
  row(
    'editor closed during a run',
    ['Draft and its document follows changes in every state'],
    [
      around('editor closed during a run'),
      'drafts closing the diff keeps the draft; discarding removes it',
    ],
    [aroundFirst('editor closed during a run')],
  ),
  row(
    'file deleted during a run',
    ['planApply deleted'],
    [
      around('file deleted during a run'),
      'drafts a deleted file refuses clearly and keeps the draft',
    ],
    [aroundFirst('file deleted during a run')],
  ),
  row(
    'file changed during a run',
    ['planApply, any document, selection, answer and concurrent edits *'],
    [
      around('file changed during a run'),
      'drafts typing above and below moves the draft along',
      'drafts typing inside, on other lines, is merged',
      'drafts the same line changed on both sides is a conflict that is shown, not guessed',
    ],
    [aroundFirst('file changed during a run')],
  ),
  row(
    'read-only file during a run',
    ['planApply a range that reaches out of the document is refused'],
    [around('file made read-only during a run')],
    [aroundFirst('file made read-only during a run')],
  ),
  row(
    'key removed during a run',
    ['endpoint no combination sends a key to an origin it was not given for'],
    ['canaries a key that is taken away during a run ends nothing, and the next run asks for one'],
    [aroundFirst('key removed during a run')],
  ),
  row(
    'extension host killed mid-run',
    ['lost runs *', 'DraftStore, runs of dead sessions *'],
    ['Draft safety what had arrived is there after the extension host was killed in a run'],
    ['lost runs a run of worker first *'],
  ),
  row(
    'two windows at once',
    [
      'chaos 160 runs in 4 processes, some killed: the ledger is the bill',
      'budget of several processes *',
      'DraftStore, two windows *',
    ],
    [
      'Money it follows what another window spends',
      'Money a run under way in one window leaves no budget for another window',
    ],
    ['lost runs a run of worker first *'],
  ),
  row(
    'full disk for the ledger',
    ['ledger on a full disk *', 'reservations *full*'],
    [around('full disk for the ledger')],
    [aroundFirst('full disk for the ledger')],
  ),
];

/** In the order of the contract: connections, ends, HTTP, framing, delegations, the world around. */
export const faultRows: readonly FaultRow[] = [
  ...connectionRows,
  ...endRows,
  ...httpRows,
  ...framingRows,
  ...delegationRows,
  ...worldRows,
];
