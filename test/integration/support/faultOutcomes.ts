import type { LedgerEntry } from '../../../src/accounting/ledger/ledgerEntry';
import type { FaultName } from '../../../src/simulator/faults/faults';

/** What a fault must come to, as far as user and ledger see it. */
export interface FaultOutcome {
  /** Null when no line is owed: the API, or the way to it, refused the request. */
  readonly status: LedgerEntry['status'] | null;
  readonly cost: LedgerEntry['cost_source'];
  /** What the user is told; null when the run has its result. */
  readonly message: RegExp | null;
  /** What the output panel keeps of the answer; null when nothing of it had arrived. */
  readonly kept: RegExp | null;
}

/** The answer's first and last words; partial answers have the first ones alone. */
const beginning = /\nThe selectio/;
const whole = /\nThe selection, [^]* TODO: kakapoInTheSelection\n/;

function refused(message: RegExp): FaultOutcome {
  return { status: null, cost: 'unknown', message, kept: null };
}

/** It may have been billed, and nothing of it came. */
function lost(message: RegExp): FaultOutcome {
  return { status: 'failed', cost: 'unknown', message, kept: null };
}

function broken(message: RegExp, kept = beginning): FaultOutcome {
  return { status: 'failed', cost: 'unknown', message, kept };
}

/** An end that is right on the wire, with a bill, and no result. */
function unusable(message: RegExp, kept: RegExp | null = whole): FaultOutcome {
  return { status: 'failed', cost: 'billed', message, kept };
}

const fine: FaultOutcome = { status: 'completed', cost: 'billed', message: null, kept: whole };
const unpriced: FaultOutcome = { ...fine, cost: 'unknown' };

const providerFailed = /The provider failed.* run it again or choose another model/;
const brokeOff = /broke off before it was complete.* in the output/;
const silent = /went silent.* in the output/;
const stuck = /no progress for too long.* in the output/;
const notAccepted = /did not accept the request.* Check the models and worker settings/;
const forbidden = /refused the request.* Check the settings of the key/;
const unroutable = /No provider is left.* Choose another model or relax delegate\.provider/;
const tooLarge = /too large for the model.* Select less text/;
const tooMany = /Too many requests.* "Run again"/;
const damaged = /cannot be read.* in the output.* "Run again"/;
const hidden = /result did not come with the answer\. Run it again and let the orchestrator/;

/** Each fault of the simulator; a new one does not compile before it stands here. */
export const faultOutcomes: Readonly<Record<FaultName, FaultOutcome>> = {
  '400': refused(notAccepted),
  '400-provider': refused(/prompt is too long.* Check the models/),
  '400-context-length': refused(tooLarge),
  '401': refused(/did not accept the API key.* set another key/),
  '402': refused(/no credit left.* Add credits/),
  '402-affordable': refused(/812 tokens.* "Run with at most 812 tokens"/),
  '403': refused(forbidden),
  '403-moderation': refused(/violence.* Check the settings of the key/),
  '403-disabled-tool': refused(/openrouter:subagent is disabled.* Check the settings/),
  '404': refused(unroutable),
  '404-availability': refused(unroutable),
  '408': lost(providerFailed),
  '413': refused(tooLarge),
  '422': refused(notAccepted),
  '429': refused(tooMany),
  '429-retry-after': refused(/Too many requests.* Run it again in 1 seconds/),
  // Half a minute is long: it is cancelled while it waits.
  '429-platform': { status: null, cost: 'unknown', message: null, kept: null },
  '500': refused(providerFailed),
  '502': refused(providerFailed),
  '503': refused(providerFailed),
  '503-retry-after': refused(providerFailed),
  '504': lost(providerFailed),
  '524': lost(providerFailed),
  '529': refused(providerFailed),
  'html-error-page': refused(providerFailed),
  'wrong-content-type': lost(/did not come from the OpenRouter API.* "Test connection"/),
  'invalid-json-body': lost(brokeOff),
  'empty-body': lost(brokeOff),

  'reset-before-headers': lost(/cannot be reached \(ECONNRESET\)\. Check the network/),
  'no-headers': lost(/did not answer in time.* Check the network and the proxy/),
  silence: lost(silent),
  'silence-after-text': broken(silent),
  'heartbeats-forever': lost(stuck),
  'heartbeats-after-text': broken(stuck),
  'reset-before-text': broken(brokeOff, whole),
  'reset-after-text': broken(brokeOff, whole),
  'reset-mid-event': broken(brokeOff),

  'end-without-terminal': broken(brokeOff, whole),
  'end-before-usage': unpriced,
  'end-mid-json': unpriced,
  'no-done': fine,
  'duplicate-finish': fine,
  // The worker's answer came whole; it is delivered as not accepted.
  'finish-tool-calls': fine,
  length: fine,
  'content-filter': unusable(/content filter.* in the output; choose another model/),
  'empty-answer': fine,
  'usage-missing': unpriced,
  'usage-null': unpriced,
  'cost-absent': unpriced,
  'cost-null': unpriced,
  'cost-zero': fine,
  'usage-guide-spelling': fine,
  byok: fine,
  'usage-without-choices': fine,
  'text-missing': fine,
  'piece-lost': {
    ...fine,
    kept: /- pieces of the answer were lost on the way; here it is whole\n\nThe selection, [^]* TODO: kakapoInTheSelection\n/,
  },

  'error-integer-code': broken(providerFailed),
  'error-string-code': broken(providerFailed),
  'error-no-choices': broken(providerFailed),
  'error-bare': broken(providerFailed),
  'error-rate-limit': broken(tooMany),
  'error-first': broken(providerFailed),
  'response-failed': broken(providerFailed),
  // What the workers cost is in the terminal event.
  'response-failed-first': unusable(providerFailed),
  'response-incomplete': fine,

  crlf: fine,
  cr: fine,
  'split-writes': fine,
  'multi-line-data': fine,
  'no-space': fine,
  'extra-fields': fine,
  'comment-as-data': fine,
  'invalid-json-frame': broken(damaged, whole),
  'invalid-utf8': broken(damaged, whole),
  'long-line': fine,
  'unknown-fields': fine,
  'marker-split': fine,

  'worker-failed': fine,
  'worker-failed-all': unusable(/cannot be done.* "Run again"/, /could not finish summarize/),
  'failed-marker': unusable(/A worker failed.* Run it again/, /\n\[\[outcome:/),
  'eleventh-delegation': fine,
  // Paid for, and refused by nobody.
  'unknown-marker': fine,
  'missing-marker': fine,
  'around-marker': fine,
  'ignores-tool': { ...fine, kept: /\nThe selection is / },
  refused: unusable(/cannot be done.* "Run again"/, /not something the job can be done on/),
  redelegated: fine,
  'outcome-missing': unusable(hidden, /\n\[\[outcome:/),
  'outcome-in-terminal-only': fine,
  'items-missing': unusable(hidden, /\n\[\[outcome:/),
  'item-never-done': fine,
  'task-name-missing': fine,
  'chat-delegation-visible': fine,
};
