import { DelegateError } from '../common/delegateError';
import { assembleAnswer } from './answer/assemble';
import type { Attempt, Sending } from './attempt';
import { OutcomeError } from './answer/outcomeError';
import type { AnswerContext } from './answer/readAnswer';
import { checkAnswerable } from './checkAnswerable';
import { identityOf } from './record';
import { prepareRun } from './route/prepare';
import type { PreparedRoute, PreparedRun, WorkerFirstRoute } from './route/route';
import { RefusalError } from './run/runErrors';
import type { RunEvent, RunRequest, RunResult, RunStep } from './run/run';
import { RunError } from './run/runError';
import type { RunPorts } from './ports';
import { type Ending, type RunProgress, resultOf } from './result';
import { Sender } from './sender';
import { formatOf } from '../openrouter/protocols/answerFormat';
import type { WireRequest } from '../openrouter/wire';
import type { Rejection } from './request/prompts';
import { type Asked, adviceIn, judgeAnswers, reasonFor } from './workerFirst';

/**
 * Runs a job to its end: checks, prices, sends, follows the stream, and makes the result.
 *
 * Never rejects, and gives exactly one result, whatever happens: refusals, failures and
 * cancellation are results as well, with whatever text had arrived. All events come before the
 * result. At most one request is repeated, and only before any byte of an answer.
 */
// Request, world, listener and signal are what every caller has apart from each other.
// eslint-disable-next-line max-params
export async function runTask(
  request: RunRequest,
  ports: RunPorts,
  observer: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<RunResult> {
  const runner = new Runner({ request, ports, observer: quiet(observer), signal });
  let ending: Ending;
  try {
    ending = await runner.run();
  } catch (error) {
    ending = runner.endingFor(error);
  }
  return runner.result(ending);
}

interface RunnerOptions {
  readonly request: RunRequest;
  readonly ports: RunPorts;
  readonly observer: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

class Runner {
  readonly #options: RunnerOptions;
  readonly #sender: Sender;
  #progress: RunProgress;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#sender = new Sender({ ...options, onAttempt: (attempt) => this.#note(attempt) });
    this.#progress = {
      request: options.request,
      clock: options.ports.clock,
      startedAtMs: options.ports.clock.now(),
      prepared: null,
      steps: [[]],
      didEnableDelegation: false,
    };
  }

  async run(): Promise<Ending> {
    const { request, ports, signal } = this.#options;
    signal.throwIfAborted();
    const unanswerable = await checkAnswerable(request);
    if (unanswerable) return refused(unanswerable);
    const prepared = prepareRun(request, {
      models: ports.models,
      random: (limit) => Math.floor(ports.random() * limit),
      nowMs: ports.clock.now(),
      canProve: ports.prove !== undefined,
      isWorkerLocal: ports.localWorker !== undefined,
      ...(ports.refusedFormats ? { refusedFormats: ports.refusedFormats } : {}),
      ...(ports.endpointPrices ? { endpointPrices: ports.endpointPrices } : {}),
    });
    if (prepared instanceof RefusalError) return refused(prepared);
    this.#progress = { ...this.#progress, prepared };
    const objection = await ports.checkBudget?.({
      identity: identityOf(request, prepared, this.#progress.startedAtMs),
      didEnableDelegation: prepared.routing === 'delegated',
      estimate: prepared.estimate,
    });
    if (objection) return refused(objection);
    signal.throwIfAborted();
    this.#announce(prepared);
    const { nonce } = prepared;
    return prepared.workerFirst
      ? this.#workersFirst(prepared.workerFirst, nonce)
      : this.#sendRoute(prepared, nonce);
  }

  /** How a run ends that was thrown out of its course. */
  endingFor(error: unknown): Ending {
    if (this.#options.signal.aborted) return { status: 'cancelled', outcome: null, error: null };
    return failed(error instanceof DelegateError ? error : new RunError(error));
  }

  result(ending: Ending): RunResult {
    return resultOf(this.#progress, ending);
  }

  #announce(prepared: PreparedRun): void {
    this.#options.observer({
      type: 'run-start',
      routing: prepared.routing,
      reason: prepared.routingReason,
      plannedDelegations: prepared.workerFirst ? 0 : prepared.tasks.length,
      promptTokens: prepared.promptTokens,
      estimate: prepared.estimate,
      directEstimateNanoUsd: prepared.directEstimateNanoUsd,
    });
  }

  /** The workers alone, once more with the reason, and then the orchestrator, who is told it too. */
  async #workersFirst(route: WorkerFirstRoute, nonce: string): Promise<Ending> {
    let rejected: DelegateError | null = null;
    for (const step of ['worker', 'worker-again'] as const) {
      await this.#beginStep(step, rejected);
      const rejection = rejected && { reason: reasonFor(rejected), advice: null };
      const asked = await this.#askWorkers(route, nonce, rejection);
      if (asked.kind === 'ended') return asked.ending;
      rejected = asked.error;
    }
    if (!rejected) return failed(new RunError('No answer.'));
    const { escalation } = route;
    if (escalation.type === 'advice') {
      const wire = escalation.request(reasonFor(rejected));
      return this.#withAdvice({ route, wire }, nonce, rejected);
    }
    const delegated = escalation.prepare(reasonFor(rejected));
    if (delegated instanceof RefusalError) return failed(delegated);
    await this.#beginStep('delegated', rejected);
    return this.#sendRoute(delegated, nonce);
  }

  /** The orchestrator's advice from an outline, and the user's own workers once more with it. */
  async #withAdvice(
    { route, wire }: { readonly route: WorkerFirstRoute; readonly wire: WireRequest },
    nonce: string,
    rejected: DelegateError,
  ): Promise<Ending> {
    const { ports, observer } = this.#options;
    await this.#beginStep('advice', rejected);
    const { client } = ports;
    const sending = { wire, client, tasks: [], nonce, isLocal: false, isAdvice: true };
    const { state, rawAnswer } = await this.#send(sending);
    if (state.phase === 'failed') return failed(state.error);
    const advice = adviceIn(rawAnswer);
    observer({ type: 'preamble', text: advice });
    await this.#beginStep('worker-advised', null);
    const asked = await this.#askWorkers(route, nonce, { reason: reasonFor(rejected), advice });
    return asked.kind === 'ended' ? asked.ending : failed(asked.error);
  }

  async #beginStep(step: RunStep, rejected: DelegateError | null): Promise<void> {
    const { observer, signal } = this.#options;
    signal.throwIfAborted();
    const { steps } = this.#progress;
    this.#progress = {
      ...this.#progress,
      steps: [...steps.filter(({ length }) => length > 0), []],
    };
    await this.#beforeRequest(step === 'delegated');
    observer({ type: 'step-start', step, rejected });
  }

  /** What is known of the run outside of this window has every request before it is sent. */
  async #beforeRequest(didEnableDelegation: boolean): Promise<void> {
    const sent = this.#progress.steps.flat().length;
    if (sent === 0) return;
    await this.#options.ports.noteRequest?.({ requests: sent + 1, didEnableDelegation });
    this.#options.signal.throwIfAborted();
  }

  async #askWorkers(
    route: WorkerFirstRoute,
    nonce: string,
    rejected: Rejection | null,
  ): Promise<Asked> {
    const { ports, signal } = this.#options;
    const attempts: Attempt[] = [];
    for (const [index, wire] of route.requests(rejected).entries()) {
      if (index > 0) await this.#beforeRequest(false);
      const attempt = await this.#send({
        wire,
        client: ports.localWorker ?? ports.client,
        tasks: [],
        nonce,
        isLocal: ports.localWorker !== undefined,
      });
      attempts.push(attempt);
      // The rest would be paid for and of no use.
      if (attempt.state.phase === 'failed') break;
    }
    const { prove } = ports;
    const asked = await judgeAnswers(attempts, route.tasks, { context: this.#context, prove });
    signal.throwIfAborted();
    return asked;
  }

  async #sendRoute(route: PreparedRoute, nonce: string): Promise<Ending> {
    const { tasks, wire, answerMode } = route;
    if (route.routing === 'delegated') {
      this.#progress = { ...this.#progress, didEnableDelegation: true };
    }
    const { client } = this.#options.ports;
    const attempt = await this.#send({ wire, client, tasks, nonce, isLocal: false });
    const { state, splicer, outcomes } = attempt;
    if (state.phase === 'failed') return failed(state.error);
    if (state.phase !== 'ended') return failed(new RunError('No terminal event.'));
    const { segments, hasDamagedMarker } = splicer;
    const { finishReason } = state;
    const { result, notes } = await assembleAnswer(
      { segments, hasDamagedMarker, outcomes, tasks, finishReason, answerMode },
      this.#context,
    );
    // What no marker let show has not been seen yet, and it is paid for.
    if (!(result instanceof OutcomeError) && result.isUnaccepted && result.format === 'text') {
      this.#options.observer({ type: 'answer-delta', text: `\n${result.text}\n` });
    }
    return result instanceof OutcomeError
      ? failed(result)
      : { status: 'completed', outcome: result, error: null, notes, checkedBy: 'orchestrator' };
  }

  #send(sending: Sending): Promise<Attempt> {
    const isWrapped =
      formatOf(sending.wire) !== null && this.#context.schema?.['type'] !== 'object';
    return this.#sender.send({ ...sending, isWrapped });
  }

  #note(attempt: Attempt): void {
    const [latest = [], ...earlier] = [...this.#progress.steps].reverse();
    this.#progress = { ...this.#progress, steps: [...earlier.reverse(), [...latest, attempt]] };
  }

  get #context(): AnswerContext {
    const { task, selection, schema } = this.#options.request;
    return { task, selection, schema: schema ?? task.schema ?? null };
  }
}

function failed(error: DelegateError): Ending {
  return { status: 'failed', outcome: null, error };
}

function refused(error: DelegateError): Ending {
  return { status: 'refused', outcome: null, error };
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
