import type { Clock } from '../../common/clock';
import type { DelegateError } from '../../common/delegateError';
import type { NanoUsd } from '../../common/money';
import {
  ALL_IN_PLACE,
  type PlaceholderReport,
  maskRequest,
} from '../../delegation/request/maskedRequest';
import type { PlannedSpending, RunPorts } from '../../delegation/ports';
import type { RunEvent, RunRequest, RunResult } from '../../delegation/run/run';
import { runTask } from '../../delegation/runTask';
import { OpenRouterError } from '../../openrouter/errors';
import type { Masker } from '../../privacy/maskingThread';
import { countTokens } from '../../text/tokens';
import type { Journal } from '../journal/journal';
import type { Accounts, Booking } from './accounts';
import { BatchError } from './batchError';
import type { Limiter } from './limiter';
import type { Purse } from './purse';

export interface RunsOptions {
  readonly ports: Pick<RunPorts, 'client' | 'models' | 'clock' | 'random'>;
  readonly accounts: Accounts;
  readonly limiter: Limiter;
  readonly purse: Purse;
  /** Has every request on the disk before it is sent, and what it cost when it is known. */
  readonly journal: Pick<Journal, 'add'>;
  /** Letters and digits, new for each request. */
  readonly newNonce: () => string;
  /** In which thread secrets are looked for; null where they are not to be masked. */
  readonly mask: Masker | null;
}

export interface RunContext {
  readonly signal: AbortSignal;
  readonly isWorkerAlone: boolean;
  readonly directNanoUsd: NanoUsd | null;
  readonly observe?: (event: RunEvent) => void;
}

/** A run's end with its secrets put back. */
export interface RestoredRun {
  readonly result: RunResult;
  /** Of an edit: whether every secret that was masked is in its place again. */
  readonly isIntact: boolean;
}

/** How often a request is repeated that failed for a passing reason, unbilled. */
const MAX_TRIES = 6;

/** Requests of one batch: masked, within the limit, at the API's pace, each with its ledger line. */
export class BatchRuns {
  readonly #options: RunsOptions;
  readonly #refusedFormats = new Set<string>();

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  get clock(): Clock {
    return this.#options.ports.clock;
  }

  /**
   * Runs one request to its end. Failures are results; a passing one is tried again.
   * @throws the signal's reason when it is aborted, and what the journal throws.
   */
  async run(request: RunRequest, context: RunContext): Promise<RestoredRun> {
    for (let tries = 1; ; tries += 1) {
      const id = tries === 1 ? request.id : `${request.id}.${tries}`;
      const run = await this.#once({ ...request, id }, context);
      context.signal.throwIfAborted();
      if (tries >= MAX_TRIES || !mayPass(run.result)) return run;
      await this.#options.limiter.calm(context.signal);
    }
  }

  async #once(request: RunRequest, context: RunContext): Promise<RestoredRun> {
    const { limiter, ports, mask, newNonce } = this.#options;
    const masked = mask && (await maskRequest(request, newNonce(), mask));
    await limiter.enter(context.signal);
    const startedAtMs = ports.clock.now();
    let result: RunResult | null = null;
    try {
      const desk = new Desk(this.#options, context);
      const sent = masked?.request ?? request;
      const raw = await runTask(
        sent,
        {
          ...ports,
          refusedFormats: this.#refusedFormats,
          checkBudget: (spending) => desk.open(spending),
        },
        (event) => desk.observe(masked?.restoreEvent(event) ?? event),
        context.signal,
      );
      result = raw;
      await desk.close(raw);
      const restored = masked?.restoreResult(raw) ?? { result: raw, placeholders: ALL_IN_PLACE };
      return { result: restored.result, isIntact: isInPlace(restored.placeholders) };
    } finally {
      limiter.leave(result && passageOf(request, result, ports.clock.now() - startedAtMs));
    }
  }
}

/** One request at the books: claimed before it is sent, paid when it has ended. */
class Desk {
  readonly #options: RunsOptions;
  readonly #context: RunContext;
  #booking: Booking | null = null;

  constructor(options: RunsOptions, context: RunContext) {
    this.#options = options;
    this.#context = context;
  }

  /** @returns why the request must not be sent. */
  async open({
    identity,
    didEnableDelegation,
    estimate,
  }: PlannedSpending): Promise<DelegateError | null> {
    const { purse, journal, accounts } = this.#options;
    const { directNanoUsd, isWorkerAlone } = this.#context;
    const ceilingNanoUsd = estimate?.ceilingNanoUsd ?? null;
    if (ceilingNanoUsd === null) return new BatchError('batch-no-prices');
    if (!(await purse.claim(identity.id, ceilingNanoUsd))) return new BatchError('batch-limit');
    await journal.add({ t: 'sent', run: identity.id, ceiling: ceilingNanoUsd });
    this.#booking = await accounts.book({
      identity,
      didEnableDelegation,
      ceilingNanoUsd,
      directNanoUsd,
      isWorkerAlone,
    });
    return null;
  }

  observe(event: RunEvent): void {
    if (event.type === 'request-sent' && event.generationId !== null) {
      this.#booking?.noteGenerationId(event.generationId);
    }
    if (event.type === 'retry-scheduled' && event.reason === 'rate-limit') {
      this.#options.limiter.slowDown(event.delayMs);
    }
    this.#context.observe?.(event);
  }

  async close(result: RunResult): Promise<void> {
    if (!this.#booking) return;
    const { purse, journal } = this.#options;
    const { id, wasSent, usage } = result.record;
    const cost = wasSent ? (usage?.costNanoUsd ?? null) : 0;
    await this.#booking.settle(result);
    purse.pay(id, cost);
    await journal.add({ t: 'paid', run: id, cost });
  }
}

function isInPlace(report: PlaceholderReport): boolean {
  const { missing, repeated, isReordered, unknown } = report;
  return missing === 0 && repeated === 0 && unknown === 0 && !isReordered;
}

/** Whether the same request may do better later, and costs nothing twice. */
function mayPass({ error }: RunResult): boolean {
  if (!(error instanceof OpenRouterError) || error.mayHaveBilled) return false;
  switch (error.code) {
    case 'rate-limit':
    case 'provider':
    case 'connection':
    case 'connect-timeout':
      return error.reason !== 'ENOTFOUND' && error.reason !== 'ERR_INVALID_URL';
    default:
      return false;
  }
}

function passageOf(
  request: RunRequest,
  result: RunResult,
  durationMs: number,
): Parameters<Limiter['leave']>[0] {
  const { error, status } = result;
  if (error instanceof OpenRouterError) {
    const wasLimited =
      error.code === 'rate-limit' || (error.code === 'provider' && !error.mayHaveBilled);
    return wasLimited
      ? { durationMs, tokens: 0, wasLimited, retryAfterMs: error.retryAfterMs }
      : null;
  }
  if (status === 'cancelled' || status === 'refused') return null;
  const tokens = countTokens(request.selection.text) + (result.record.usage?.completionTokens ?? 0);
  return { durationMs, tokens, wasLimited: false, retryAfterMs: null };
}
