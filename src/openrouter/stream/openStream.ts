import type { Clock } from '../../common/clock';
import { EventQueue } from './eventQueue';
import type { OpenRouterError } from '../errors';
import type { Exchange, ResponseHead, ResponseSink } from '../http/exchange';
import { StreamSink } from './streamSink';
import type { StreamEvent } from '../streamEvent';
import type { Transport } from '../http/transport';
import type { Protocol, WireRequest } from '../wire';

export interface EventStreamOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly progressTimeoutMs: number;
  readonly signal: AbortSignal | null;
  /** Whether a request goes out without a key when there is none. */
  readonly isKeyOptional: boolean;
}

const PATHS: Readonly<Record<Protocol, string>> = {
  chat: '/chat/completions',
  responses: '/responses',
};

/** How long a connection may take to end by itself, so that the API records no cancellation. */
const DRAIN_TIMEOUT_MS = 2_000;
/** Bytes that may wait for a busy consumer before the socket is read no further. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** The events of a request that is sent when the first of them is asked for. */
export function openEventStream(
  request: WireRequest,
  options: EventStreamOptions,
): AsyncIterable<readonly StreamEvent[]> {
  return new StreamRun(request, options).queue;
}

/**
 * Ties a request, its connection and its consumer together. Bytes are read in the turn of the event
 * loop that brought them; the only promise is the one that a waiting consumer holds, so the work per
 * read of the socket is that of the parsers.
 */
class StreamRun implements ResponseSink {
  readonly queue: EventQueue;
  readonly #request: WireRequest;
  readonly #options: EventStreamOptions;
  readonly #sink: StreamSink;
  #exchange: Exchange | null = null;
  /** Pieces of the body that came at once and are not read yet. */
  #pieces: Buffer[] = [];
  #waitingBytes = 0;
  #isHeldBack = false;
  #cancelDrainTimer: (() => void) | null = null;
  #isFinished = false;
  readonly #onAbort = (): void => {
    this.#readPieces();
    if (this.#isFinished) return;
    this.#leave();
    this.queue.abort(this.#options.signal?.reason);
  };

  constructor(request: WireRequest, options: EventStreamOptions) {
    this.#request = request;
    this.#options = options;
    this.queue = new EventQueue({
      onStart: () => this.#start(),
      onWanted: () => this.#flowOn(),
      onLeft: () => this.#leave(),
    });
    this.#sink = new StreamSink({
      protocol: request.protocol,
      batch: this.queue.batch,
      clock: options.clock,
      progressTimeoutMs: options.progressTimeoutMs,
      onEvents: () => this.queue.flush(),
      onOver: (rest) => this.#finish(rest),
    });
  }

  onHead(head: ResponseHead): void {
    this.#sink.onHead(head);
  }

  /**
   * The API sends each event as a piece of its own, and one read of the socket brings hundreds when
   * they come fast. Read as one they take a fraction of the time; a lone piece waits for nothing.
   */
  onBytes(bytes: Buffer): void {
    if (this.#pieces.push(bytes) === 1) queueMicrotask(() => this.#readPieces());
  }

  #readPieces(): void {
    const [first, ...others] = this.#pieces;
    if (!first) return;
    const bytes = others.length === 0 ? first : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#sink.onBytes(bytes);
    // Bytes of an event that is not complete yet wait for the socket, not for the consumer.
    if (this.queue.isConsumerWaiting) return;
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > MAX_WAITING_BYTES) this.#holdBack();
  }

  onEnd(): void {
    this.#readPieces();
    this.#cancelDrainTimer?.();
    this.#sink.onEnd();
  }

  onError(error: OpenRouterError): void {
    this.#readPieces();
    this.#cancelDrainTimer?.();
    this.#sink.onError(error);
  }

  #start(): void {
    const { transport, signal, isKeyOptional } = this.#options;
    const key = isKeyOptional ? 'optional' : 'required';
    if (signal?.aborted) {
      this.queue.abort(signal.reason);
      return;
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    const { protocol, headers, body } = this.#request;
    this.#exchange = transport.send(
      { method: 'POST', path: PATHS[protocol], headers, body, key },
      this,
    );
  }

  /** The consumer is busy with more than enough; the socket waits for it. */
  #holdBack(): void {
    if (this.#isHeldBack) return;
    this.#isHeldBack = true;
    this.#sink.stopClock();
    this.#exchange?.pause();
  }

  #flowOn(): void {
    this.#waitingBytes = 0;
    if (!this.#isHeldBack) return;
    this.#isHeldBack = false;
    this.#sink.startClock();
    this.#exchange?.resume();
  }

  /** The terminal event is in the queue. */
  #finish(rest: 'drain' | 'close'): void {
    this.#isFinished = true;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#flowOn();
    this.queue.close();
    if (rest === 'close') this.#exchange?.cancel();
    else this.#drain();
  }

  #drain(): void {
    this.#cancelDrainTimer = this.#options.clock.after(DRAIN_TIMEOUT_MS, () =>
      this.#exchange?.cancel(),
    );
  }

  /** The consumer left the loop. */
  #leave(): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#pieces = [];
    this.#sink.close();
    this.#exchange?.cancel();
  }
}
