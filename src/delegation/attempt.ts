import { OpenRouterError } from '../openrouter/errors';
import type { Delegation, StreamEvent } from '../openrouter/streamEvent';
import { OutcomeTable } from './answer/outcomes';
import type { PlannedTask } from './plan/plan';
import type { RunEvent } from './run/run';
import type { StreamingClient } from './ports';
import { type StreamState, initialStreamState, reduceStream } from './streamState';
import { Preamble } from './answer/preamble';
import { Splicer } from './answer/splicer';
import { UnwrappedText } from './answer/unwrappedText';
import type { Clock } from '../common/clock';
import type { WireRequest } from '../openrouter/wire';

/** What is sent, to whom, and which delegations may come of it. */
export interface Sending {
  readonly wire: WireRequest;
  readonly client: StreamingClient;
  /** Empty where nobody can delegate. */
  readonly tasks: readonly PlannedTask[];
  readonly nonce: string;
  /** Whether it goes to an endpoint of the user's, which the API knows nothing of. */
  readonly isLocal: boolean;
  /** Whether what comes is advice for a worker and not part of an answer. */
  readonly isAdvice?: boolean;
  /** Whether an answer is asked for inside of an object that is not part of it. */
  readonly isWrapped?: boolean;
}

export interface AttemptOptions {
  readonly sending: Sending;
  readonly clock: Clock;
  readonly observer: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

/** One request of a run, from sending to the end of its stream, with all that it brought. */
export class Attempt {
  readonly outcomes: OutcomeTable;
  readonly #options: AttemptOptions;
  readonly #delegationStarts = new Map<string, number>();
  #state: StreamState;
  #splicer: Splicer;
  #preamble: Preamble;
  #unwrapped: UnwrappedText | null;
  #sawStart = false;
  #sawText = false;
  #hasToldText = false;

  constructor(options: AttemptOptions) {
    const { sending, clock } = options;
    this.#options = options;

    this.#state = initialStreamState(clock.now());
    this.outcomes = new OutcomeTable(sending.tasks);
    this.#splicer = new Splicer(sending.nonce, this.outcomes);
    // Only this protocol tells what was said before a call.
    const hasPreamble = sending.tasks.length > 0 && sending.wire.protocol === 'responses';
    this.#preamble = new Preamble(hasPreamble);
    this.#unwrapped = sending.isWrapped === true ? new UnwrappedText() : null;
  }

  get splicer(): Splicer {
    return this.#splicer;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** The orchestrator's text as it came, markers included. */
  get rawAnswer(): string {
    return this.splicer.written;
  }

  get sending(): Sending {
    return this.#options.sending;
  }

  /** Whether the API has begun to answer, and so may have billed. */
  get hasBegun(): boolean {
    return this.#sawStart || this.#sawText;
  }

  /** Whether anything can have been charged: not when the API, or the way to it, refused it. */
  get mayHaveBilled(): boolean {
    const { state } = this;
    if (this.hasBegun || state.phase !== 'failed') return true;
    return !(state.error instanceof OpenRouterError) || state.error.mayHaveBilled;
  }

  /**
   * Sends the request and reads its stream to the end.
   *
   * @throws the signal's reason when it is aborted; what has arrived stays readable.
   */
  async run(): Promise<void> {
    const { sending, signal } = this.#options;
    const batches = untilAborted(sending.client.stream(sending.wire, { signal }), signal);
    for await (const events of batches) {
      for (const event of events) this.#take(event);
      if (this.#isOver) return;
    }
    if (!this.#isOver) {
      this.#take({
        type: 'stream-error',
        error: new OpenRouterError('interrupted', 'The stream ended without a terminal event.', {
          generationId: this.#state.generationId,
          mayHaveBilled: true,
        }),
      });
    }
  }

  /** Ends the answer's text, so that all of it can be read; shows what was held back. */
  finishText(): void {
    this.#show(this.splicer.end());
    this.#give(this.#preamble.release());
    this.#tell(this.#unwrapped?.end() ?? '');
  }

  get #isOver(): boolean {
    return this.#state.phase === 'ended' || this.#state.phase === 'failed';
  }

  #take(event: StreamEvent): void {
    if (this.#isOver) return;
    const nowMs = this.#options.clock.now();
    const waitingMs = nowMs - this.#state.lastNewsAtMs;
    this.#state = reduceStream(this.#state, event, nowMs);
    switch (event.type) {
      case 'stream-start':
        this.#sawStart = true;
        this.#emit({ type: 'request-sent', generationId: event.generationId });
        break;
      case 'heartbeat-received':
        this.#emit({ type: 'heartbeat-received', waitingMs });
        break;
      case 'text-delta':
        this.#sawText = true;
        if (this.outcomes.delegations.length > 0) this.#give(this.#preamble.release());
        this.#show(this.splicer.push(event.text));
        break;
      case 'text-restated':
        this.#restart(event.text);
        break;
      case 'preamble-end':
        this.#endPreamble();
        break;
      case 'delegation-update':
        this.#takeDelegation(event.delegation, nowMs);
        break;
      case 'usage-available':
        this.#emit({ type: 'usage-available', usage: event.usage });
        break;
      case 'tool-update':
        this.#emit({ type: 'tool-update', use: event.use });
        break;
      case 'model-resolved':
      case 'reasoning-delta':
      case 'stream-end':
      case 'stream-error':
        break;
    }
  }

  #takeDelegation(delegation: Delegation, nowMs: number): void {
    const startedAtMs = this.#delegationStarts.get(delegation.key);
    if (startedAtMs === undefined && delegation.status === 'running') {
      this.#delegationStarts.set(delegation.key, nowMs);
    }
    this.outcomes.update(delegation);
    this.#emit({
      type: 'delegation-update',
      delegation,
      planned: {
        taskName: this.outcomes.taskNameOf(delegation),
        workerModel: plannedModel(this.#options.sending),
      },
      elapsedMs: startedAtMs === undefined ? null : nowMs - startedAtMs,
    });
    // An outcome may be what a marker was waiting for.
    this.#show(this.splicer.flush());
  }

  #endPreamble(): void {
    this.splicer.setAside();
    const text = this.#preamble.release().trim();
    if (text !== '') this.#emit({ type: 'preamble', text });
  }

  /** The answer once more, from its beginning. */
  #restart(text: string): void {
    const { sending } = this.#options;
    this.#splicer = new Splicer(sending.nonce, this.outcomes);
    this.#preamble = new Preamble(false);
    this.#unwrapped = sending.isWrapped === true ? new UnwrappedText() : null;
    if (this.#hasToldText) this.#emit({ type: 'answer-restart' });
    this.#show(this.splicer.push(text));
  }

  #show(text: string): void {
    this.#give(this.#preamble.hold(text));
  }

  #give(text: string): void {
    this.#tell(this.#unwrapped?.push(text) ?? text);
  }

  #tell(text: string): void {
    if (text === '' || this.#options.sending.isAdvice === true) return;
    this.#hasToldText = true;
    this.#emit({ type: 'answer-delta', text });
  }

  #emit(event: RunEvent): void {
    this.#options.observer(event);
  }
}

/** All workers of a run have one model. */
function plannedModel({ wire }: Sending): string | null {
  const entry = wire.body.tools?.find((tool) => tool.type === 'openrouter:subagent');
  const model = entry?.parameters?.['model'];
  return typeof model === 'string' ? model : null;
}

/** The batches of a stream; an aborted signal ends the wait even when the stream does not notice. */
async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T> {
  signal.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  let giveUp: (reason: Error) => void = () => undefined;
  const onAbort = (): void => giveUp(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  // A promise of its own for each wait: one that lasted for the whole stream and was raced against
  // would remember every batch.
  const nextBatch = (): Promise<IteratorResult<T>> =>
    new Promise((resolve, reject) => {
      giveUp = reject;
      iterator.next().then(resolve, reject);
    });
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await nextBatch();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a stream that hangs must not hold up the run's end.
    Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
