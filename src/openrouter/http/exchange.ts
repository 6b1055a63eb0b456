import type * as undici from 'undici';
import type { Dispatcher } from './dispatcher';
import { OpenRouterError } from '../errors';
import { type ExchangePhase, readSocketError } from './socketError';
import { Watchdog } from './watchdog';
import type { Clock } from '../../common/clock';

/** A request as it goes out: origin and path are separate so that no path can name another host. */
export interface OutgoingRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface ResponseHead {
  readonly status: number;
  /** Names in lower case; of repeated headers the first. */
  readonly headers: ReadonlyMap<string, string>;
  readonly generationId: string | null;
}

/** Receives a response in order: one head, bytes, and one end; or an error at any point. */
export interface ResponseSink {
  onHead(head: ResponseHead): void;
  onBytes(bytes: Buffer): void;
  onEnd(): void;
  /** Nothing follows. Not called for a cancellation. */
  onError(error: OpenRouterError): void;
}

export interface ExchangeTimeouts {
  /** From the start until the response's headers. */
  readonly connectTimeoutMs: number;
  /** Between any two bytes of the body. */
  readonly silenceTimeoutMs: number;
}

/**
 * One HTTP request and its response on one connection, by undici's `dispatch`: no body stream lies
 * between the socket and the sink, and whether the request was sent is known when it fails.
 * Redirects are not followed.
 */
export class Exchange {
  #phase: ExchangePhase = 'connecting';
  #isOver = false;
  #controller: undici.Dispatcher.DispatchController | null = null;
  #generationId: string | null = null;
  readonly #cancelConnectTimer: () => void;
  readonly #clock: Clock;
  readonly #silenceTimeoutMs: number;
  #silence: Watchdog | null = null;
  readonly #sink: ResponseSink;

  constructor(sink: ResponseSink, clock: Clock, timeouts: ExchangeTimeouts) {
    this.#sink = sink;
    this.#clock = clock;
    this.#silenceTimeoutMs = timeouts.silenceTimeoutMs;
    this.#cancelConnectTimer =
      timeouts.connectTimeoutMs > 0
        ? clock.after(timeouts.connectTimeoutMs, () => this.fail(this.#connectTimeout()))
        : () => undefined;
  }

  /** Sends the request; call it once. A cancelled exchange sends nothing. */
  start(dispatcher: Dispatcher, request: OutgoingRequest): void {
    if (this.#isOver) return;
    try {
      dispatcher.dispatch(
        { ...request, headersTimeout: 0, bodyTimeout: 0 },
        {
          onRequestStart: (controller) => this.#onRequestStart(controller),
          onResponseStart: (_controller, status, headers) => this.#onResponseStart(status, headers),
          onResponseData: (_controller, bytes) => this.#onResponseData(bytes),
          onResponseEnd: () => this.#onResponseEnd(),
          onResponseError: (_controller, error) =>
            this.#settle(readSocketError(error, this.#phase, this.#generationId)),
        },
      );
    } catch (error) {
      // undici throws for a header or a body that it refuses to send.
      this.#settle(readSocketError(error, 'connecting', null));
    }
  }

  /** Closes the connection; the sink hears nothing more. */
  cancel(): void {
    if (this.#isOver) return;
    this.#settle(null);
    this.#abortRequest();
  }

  /** Ends the exchange with an error of the caller's and closes the connection. */
  fail(error: OpenRouterError): void {
    if (this.#isOver) return;
    this.#settle(error);
    this.#abortRequest();
  }

  /** Stops reading from the socket; until `resume` silence is our own doing and not counted. */
  pause(): void {
    this.#silence?.stop();
    this.#controller?.pause();
  }

  resume(): void {
    if (this.#isOver) return;
    this.#silence?.start();
    this.#controller?.resume();
  }

  #onRequestStart(controller: undici.Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) this.#abortRequest();
    else this.#phase = 'awaiting-headers';
  }

  #onResponseStart(status: number, rawHeaders: RawHeaders): void {
    // 1xx responses announce the one that follows.
    if (this.#isOver || status < 200) return;
    this.#cancelConnectTimer();
    this.#phase = 'reading-body';
    const headers = readHeaders(rawHeaders);
    this.#generationId = headers.get('x-generation-id') ?? null;
    this.#silence = new Watchdog(this.#clock, this.#silenceTimeoutMs, () =>
      this.fail(this.#silenceTimeout()),
    );
    this.#sink.onHead({ status, headers, generationId: this.#generationId });
  }

  #onResponseData(bytes: Buffer): void {
    if (this.#isOver) return;
    this.#silence?.note();
    this.#sink.onBytes(bytes);
  }

  #onResponseEnd(): void {
    if (this.#isOver) return;
    this.#settle(null);
    this.#sink.onEnd();
  }

  /** Ends the exchange once; `error` goes to the sink. */
  #settle(error: OpenRouterError | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelConnectTimer();
    this.#silence?.stop();
    if (error !== null) this.#sink.onError(error);
  }

  /** While connecting there is no controller yet; `onRequestStart` then comes back here. */
  #abortRequest(): void {
    this.#controller?.abort(new Error('The exchange is over'));
  }

  #connectTimeout(): OpenRouterError {
    const wasSent = this.#phase === 'awaiting-headers';
    return new OpenRouterError('connect-timeout', 'No answer from the API in time', {
      reason: wasSent ? 'UND_ERR_HEADERS_TIMEOUT' : 'UND_ERR_CONNECT_TIMEOUT',
      mayHaveBilled: wasSent,
    });
  }

  #silenceTimeout(): OpenRouterError {
    return new OpenRouterError('silence-timeout', 'The connection went silent', {
      generationId: this.#generationId,
      mayHaveBilled: true,
    });
  }
}

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

function readHeaders(raw: RawHeaders): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(raw)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) headers.set(name.toLowerCase(), first);
  }
  return headers;
}
