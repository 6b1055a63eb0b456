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
}

/** All faults of the simulator are played by these. */
const played = 'canaries with every fault there is, no content and no key is written down or told';

function row(
  fault: string,
  unit: readonly string[],
  editor: readonly string[] = [played],
): FaultRow {
  return { fault, unit, editor };
}

/** A recorded stream, whole, byte by byte, and however it is cut. */
function recorded(name: string): string {
  return `recorded streams ${name} gives *`;
}

function status(code: number): string {
  return `HTTP errors ${code} is *`;
}

const connectionRows: readonly FaultRow[] = [
  row('connection refused', ['connections that fail a port where nobody listens']),
  row('DNS failure', ['connections that fail a name that does not exist']),
  row(
    'TLS failure',
    [
      'connections that fail a certificate that nobody vouches for',
      'connections that fail https to a port that speaks plain http',
    ],
    [
      'network a certificate that nobody vouches for is refused with the reason, until its authority is added',
    ],
  ),
  row('connect timeout', [
    'connections that fail a connection that is never made',
    'connections a server that never shakes hands is given up in time',
  ]),
  row('headers never come', ['connections that fail headers that never come']),
  row('silence', ['streams that fail silence after the headers', 'Watchdog *']),
  row('heartbeats for ever', ['streams that fail heartbeats for ever']),
  row(
    'reset mid-event',
    [
      'streams that fail a reset inside an event keeps the text',
      'connections that fail a connection that is closed before the headers',
    ],
    [played, 'Failures reset-after-text: a message that says what to do, and the file untouched'],
  ),
];

const endRows: readonly FaultRow[] = [
  row('end without terminal event', [
    recorded('chat-cut-without-finish.sse'),
    recorded('responses-cut-inside-message.sse'),
    'recorded streams an answer that is cut before its end is never taken for a whole one',
    'run that ends without a result stream that just stops',
  ]),
  row('end before usage', [
    recorded('chat-cut-before-usage.sse'),
    recorded('responses-without-completed.sse'),
  ]),
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
    [played, 'Failures error-integer-code: a message that says what to do, and the file untouched'],
  ),
  row('response.failed', [recorded('responses-failed.sse')]),
  row('response.incomplete', [
    recorded('responses-incomplete-length.sse'),
    recorded('responses-incomplete-filter.sse'),
  ]),
  row('duplicate finish', [recorded('chat-usage-on-second-finish.sse')]),
  row('finish tool_calls without calls', [
    recorded('chat-finish-tool-calls-without-calls.sse'),
    'run that ends without a result tool calls pending after some text',
  ]),
  row('length', [
    recorded('chat-finish-length.sse'),
    'run that ends without a result answer cut short or filtered, whatever the format',
  ]),
  row('content_filter', [
    recorded('chat-finish-content-filter.sse'),
    'run that ends without a result answer cut short or filtered, whatever the format',
  ]),
  row('usage missing', [
    recorded('responses-usage-missing.sse'),
    'ledger entry of a run a run without usage, or with usage without cost, is unknown',
  ]),
  row('cost null or absent', [
    recorded('chat-usage-cost-null.sse'),
    recorded('chat-usage-cost-absent.sse'),
    'usage: what is billed cost null or absent is unknown, never 0',
  ]),
  row('cost 0', [
    recorded('chat-usage-cost-zero.sse'),
    'usage: what is billed a cost of 0 is 0: free model or response cache',
    'ledger entry of a run a cost of 0 is billed',
  ]),
];

const httpRows: readonly FaultRow[] = [
  row('HTML error page', ["HTTP errors a page from the network's edge"]),
  ...[400, 401, 402, 403, 404, 408, 413, 422, 500, 502, 503, 524, 529].map((code) =>
    row(
      `HTTP ${code}`,
      [status(code)],
      [401, 402, 502].includes(code)
        ? [played, `Failures ${code}: a message that says what to do, and the file untouched`]
        : [played],
    ),
  ),
  row('HTTP 429, with and without Retry-After', [
    status(429),
    'HTTP errors Retry-After: *',
    'retry once, for a passing reason, after the time the API asks for',
  ]),
  row('HTTP 504', [status(504)]),
  row(
    'wrong content type',
    ['streams that fail content types that no answer has'],
    [played, 'Failures wrong-content-type: a message that says what to do, and the file untouched'],
  ),
];

const framingRows: readonly FaultRow[] = [
  row('invalid JSON frame', [
    recorded('chat-invalid-json.sse'),
    'streams that fail a frame that cannot be read closes the connection',
  ]),
  row('invalid UTF-8', [recorded('chat-invalid-utf8.sse'), 'Utf8Decoder *']),
  row('10 MB line', ['streams that fail one event of ten megabytes']),
  row('CRLF and CR framing', [
    recorded('chat-crlf.sse'),
    recorded('chat-cr.sse'),
    recorded('chat-mixed-line-ends.sse'),
  ]),
  row('comment re-wrapped as data', [recorded('chat-comment-as-data.sse')]),
];

const delegationRows: readonly FaultRow[] = [
  row('worker failed', [
    'run that ends without a result worker failed behind a marker',
    'run against the simulator orchestrator worker-failure: *',
    'run against the simulator orchestrator worker-failure-all: *',
  ]),
  row('eleventh delegation', ['run against the simulator orchestrator over-delegator: *']),
  row('unknown marker', [
    'run that ends without a result marker that names nothing',
    'run against the simulator orchestrator unknown-marker: *',
  ]),
  row('marker split over deltas', [
    'splicer any outcome, cut anywhere, takes the marker’s place byte for byte',
    'splicer one character at a time',
  ]),
  row('orchestrator that ignores the tool', ['run against the simulator orchestrator ignorer: *']),
];

const worldRows: readonly FaultRow[] = [
  row(
    'cancel at every stage',
    ['cancelled run *', 'cancelling *'],
    [
      'A long run shows that it is alive, and ends at once when it is cancelled',
      'A long run several runs are in flight at once, and each cancels by itself',
    ],
  ),
  row(
    'editor closed during a run',
    ['Draft and its document follows changes in every state'],
    ['drafts closing the diff keeps the draft; discarding removes it'],
  ),
  row(
    'file deleted during a run',
    ['planApply deleted'],
    ['drafts a deleted file refuses clearly and keeps the draft'],
  ),
  row(
    'file changed during a run',
    ['planApply, any document, selection, answer and concurrent edits *'],
    [
      'drafts typing above and below moves the draft along',
      'drafts typing inside, on other lines, is merged',
      'drafts the same line changed on both sides is a conflict that is shown, not guessed',
    ],
  ),
  row(
    'read-only file during a run',
    ['planApply a range that reaches out of the document is refused'],
    ['drafts a read-only file refuses clearly and keeps the draft'],
  ),
  row(
    'key removed during a run',
    ['endpoint no combination sends a key to an origin it was not given for'],
    ['canaries a key that is taken away during a run ends nothing, and the next run asks for one'],
  ),
  row(
    'extension host killed mid-run',
    ['lost runs *', 'DraftStore, runs of dead sessions *'],
    ['Draft safety what had arrived is there after the extension host was killed in a run'],
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
  ),
  row('full disk for the ledger', ['ledger on a full disk *', 'reservations *full*'], []),
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
