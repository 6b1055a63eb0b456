import { delay } from '../common/clock';
import { DelegateError } from '../common/delegateError';
import { OpenRouterError } from '../openrouter/errors';
import { retryDelayMs } from '../openrouter/retryPolicy';
import { assembleAnswer } from './answer/assemble';
import { Attempt } from './attempt';
import { OutcomeError } from './answer/outcomeError';
import { prepareRun } from './route/prepare';
import { type PreparedRun } from './route/route';
import { RefusalError } from './run/runErrors';
import type { RunEvent, RunRequest, RunResult } from './run/run';
import { RunError } from './run/runError';
import type { RunPorts } from './ports';
import { type RunProgress, cancelledResult, completedResult, failedResult } from './result';

/**
 * Runs a job to its end: checks, prices, sends, follows the stream, and makes the result.
 *
 * Never rejects, and gives exactly one result, whatever happens: refusals, failures and
 * cancellation are results as well, with whatever text had arrived. All events come before the
 * result. At most one request is repeated, and only before any byte of an answer.
 */
export async function runTask(
  request: RunRequest,
  ports: RunPorts,
  observer: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<RunResult> {
  const runner = new Runner({ request, ports, observer: quiet(observer), signal });
  try {
    return await runner.run();
  } catch (error) {
    return runner.resultOf(error);
  }
}

interface RunnerOptions {
  readonly request: RunRequest;
  readonly ports: RunPorts;
  readonly observer: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

class Runner {
  readonly #options: RunnerOptions;
  #progress: RunProgress;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#progress = {
      request: options.request,
      clock: options.ports.clock,
      startedAtMs: options.ports.clock.now(),
      prepared: null,
      attempt: null,
    };
  }

  async run(): Promise<RunResult> {
    const { request, ports, observer, signal } = this.#options;
    signal.throwIfAborted();
    const prepared = prepareRun(request, {
      models: ports.models,
      random: (limit) => Math.floor(ports.random() * limit),
      nowMs: ports.clock.now(),
      ...(ports.endpointPrices ? { endpointPrices: ports.endpointPrices } : {}),
    });
    if (prepared instanceof RefusalError) throw new Refused(prepared);
    this.#progress = { ...this.#progress, prepared };
    const objection = await ports.checkBudget?.(prepared.estimate, prepared);
    if (objection) throw new Refused(objection);
    signal.throwIfAborted();
    observer({
      type: 'run-start',
      routing: prepared.routing,
      reason: prepared.routingReason,
      plannedDelegations: prepared.tasks.length,
      promptTokens: prepared.promptTokens,
      estimate: prepared.estimate,
      directEstimateNanoUsd: prepared.directEstimateNanoUsd,
    });
    const attempt = await this.#send(prepared);
    return this.#finish(prepared, attempt);
  }

  /** The result of a run that was thrown out of its course. */
  resultOf(error: unknown): RunResult {
    if (error instanceof Refused) {
      return failedResult(this.#progress, { status: 'refused', error: error.reason });
    }
    if (this.#options.signal.aborted) return cancelledResult(this.#progress);
    const known = error instanceof DelegateError ? error : new RunError(error);
    return failedResult(this.#progress, { status: 'failed', error: known });
  }

  /** Sends the request, a second time if the first came to nothing for a passing reason. */
  async #send(prepared: PreparedRun): Promise<Attempt> {
    const { ports, observer, signal } = this.#options;
    for (let attempts = 1; ; attempts += 1) {
      const attempt = new Attempt({ run: prepared, ports, observer, signal });
      this.#progress = { ...this.#progress, attempt };
      await attempt.run();
      const { error } = attempt.state;
      if (!(error instanceof OpenRouterError)) return attempt;
      const delayMs = retryDelayMs(error, {
        attempts,
        hasAnswerBegun: attempt.hasBegun,
        random: ports.random(),
      });
      if (delayMs === null) return attempt;
      observer({ type: 'retry-scheduled', reason: error.code, delayMs });
      await delay(ports.clock, delayMs, signal);
    }
  }

  async #finish(prepared: PreparedRun, attempt: Attempt): Promise<RunResult> {
    const { request } = this.#options;
    attempt.finishText();
    const { error, finishReason } = attempt.state;
    if (error || !finishReason) {
      return failedResult(this.#progress, {
        status: 'failed',
        error: error ?? new RunError('No terminal event.'),
      });
    }
    const { result, notes } = await assembleAnswer(
      {
        segments: attempt.splicer.segments,
        hasDamagedMarker: attempt.splicer.hasDamagedMarker,
        outcomes: attempt.outcomes,
        tasks: prepared.tasks,
        finishReason,
        answerMode: prepared.answerMode,
      },
      {
        task: request.task,
        selection: request.selection,
        schema: request.schema ?? request.task.schema ?? null,
      },
    );
    return result instanceof OutcomeError
      ? failedResult(this.#progress, { status: 'failed', error: result })
      : completedResult(this.#progress, { outcome: result, notes });
  }
}

/** Carries a refusal out of the course of a run. */
class Refused extends Error {
  readonly reason: DelegateError;

  constructor(reason: DelegateError) {
    super('refused');
    this.reason = reason;
  }
}

/** A view that fails must not fail the run: its result is paid for and has to be kept. */
function quiet(observer: (event: RunEvent) => void): (event: RunEvent) => void {
  return (event) => {
    try {
      observer(event);
    } catch {
      // The view's own tests are the place to find this.
    }
  };
}
