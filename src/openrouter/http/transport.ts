import type { Clock } from '../../common/clock';
import { parseJson } from '../../common/json';
import { BodyCollector, unexpectedBody } from './body';
import type { CreateDispatcher, Dispatcher } from './dispatcher';
import { OpenRouterError } from '../errors';
import {
  Exchange,
  type ExchangeTimeouts,
  type OutgoingRequest,
  type ResponseHead,
  type ResponseSink,
} from './exchange';
import { readHttpError } from './httpError';
import { readSocketError } from './socketError';

export interface TransportOptions extends ExchangeTimeouts {
  /** Such as `https://openrouter.ai/api/v1`; every request goes below it and nowhere else. */
  readonly baseUrl: string;
  /** The key that was given for `origin`, or null; asked again for each request. */
  readonly getApiKey: (origin: string) => Promise<string | null>;
  /** Headers by which the app names itself (API reference, app attribution), and the like. */
  readonly headers: Readonly<Record<string, string>>;
  readonly createDispatcher: CreateDispatcher;
  readonly clock: Clock;
}

/** A call of the API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** Below the base URL, with a leading slash; query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly key: 'required' | 'optional' | 'none';
}

/** Bytes of an error page that are worth reading. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;
/** Bytes of a JSON answer; the full model list has about two million. */
const MAX_JSON_BODY_BYTES = 64 * 1024 * 1024;

/** HTTP as the API needs it: base URL, key, attribution, clocks, and errors as `OpenRouterError`. */
export class Transport {
  readonly #options: TransportOptions;
  #dispatcher: Dispatcher | null = null;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /**
   * Sends a request. The sink gets a head only with status 200; everything else ends in `onError`.
   * The returned exchange cancels it at any time, also before a connection exists.
   */
  send(request: ApiRequest, sink: ResponseSink): Exchange {
    const exchange: Exchange = new Exchange(
      new StatusSink(sink, this.#options.clock, (error) => exchange.fail(error)),
      this.#options.clock,
      this.#options,
    );
    this.#begin(exchange, request).catch((error: unknown) => {
      exchange.fail(asOpenRouterError(error));
    });
    return exchange;
  }

  /** Sends a request whose answer is one JSON value. Rejects with an `OpenRouterError` or the abort reason. */
  requestJson(request: ApiRequest, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        exchange.cancel();
        reject(signal?.reason as Error);
      };
      const settled = (): void => signal?.removeEventListener('abort', onAbort);
      const body = new BodyCollector(MAX_JSON_BODY_BYTES);
      const exchange = this.send(request, {
        onHead: () => undefined,
        onBytes: (bytes) => {
          if (!body.add(bytes)) exchange.fail(unexpectedBody('body-too-long'));
        },
        onEnd: () => {
          settled();
          const parsed = parseJson(body.text());
          if (parsed.ok) resolve(parsed.value);
          else reject(unexpectedBody('invalid-json'));
        },
        onError: (error) => {
          settled();
          reject(error);
        },
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Closes all connections; exchanges under way fail. */
  async close(): Promise<void> {
    const dispatcher = this.#dispatcher;
    this.#dispatcher = null;
    await dispatcher?.destroy();
  }

  async #begin(exchange: Exchange, request: ApiRequest): Promise<void> {
    const outgoing = await this.#prepare(request);
    exchange.start(this.#openDispatcher(), outgoing);
  }

  #openDispatcher(): Dispatcher {
    this.#dispatcher ??= this.#options.createDispatcher({
      connectTimeoutMs: this.#options.connectTimeoutMs,
    });
    return this.#dispatcher;
  }

  async #prepare(request: ApiRequest): Promise<OutgoingRequest> {
    const base = readBaseUrl(this.#options.baseUrl);
    const key = request.key === 'none' ? null : await this.#readKey(base.origin);
    if (key === null && request.key === 'required') {
      throw new OpenRouterError('authentication', 'There is no key for the API', {
        reason: 'no-key',
      });
    }
    return {
      origin: base.origin,
      path: base.path + request.path,
      method: request.method,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      headers: {
        ...this.#options.headers,
        ...request.headers,
        accept: 'application/json, text/event-stream',
        'accept-encoding': 'identity',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
    };
  }

  async #readKey(origin: string): Promise<string | null> {
    const key = (await this.#askForKey(origin))?.trim() ?? '';
    if (key === '') return null;
    // What cannot be in a header cannot be a key; undici's own complaint would come too late.
    if (/^[\x21-\x7e]+$/.test(key)) return key;
    throw new OpenRouterError('authentication', 'The key has characters that no key has', {
      reason: 'malformed-key',
    });
  }

  async #askForKey(origin: string): Promise<string | null> {
    try {
      return await this.#options.getApiKey(origin);
    } catch (cause) {
      throw new OpenRouterError('authentication', 'The key could not be read', {
        reason: 'key-storage',
        cause,
      });
    }
  }
}

/** Lets a 200 pass and turns every other status into an error made from the beginning of its body. */
class StatusSink implements ResponseSink {
  readonly #sink: ResponseSink;
  readonly #clock: Clock;
  readonly #fail: (error: OpenRouterError) => void;
  #failed: { readonly head: ResponseHead; readonly body: BodyCollector } | null = null;

  constructor(sink: ResponseSink, clock: Clock, fail: (error: OpenRouterError) => void) {
    this.#sink = sink;
    this.#clock = clock;
    this.#fail = fail;
  }

  onHead(head: ResponseHead): void {
    const encoding = head.headers.get('content-encoding') ?? 'identity';
    if (head.status !== 200) {
      this.#failed = { head, body: new BodyCollector(MAX_ERROR_BODY_BYTES) };
    } else if (encoding !== 'identity') {
      this.#fail(unexpectedBody('content-encoding', head.generationId));
    } else {
      this.#sink.onHead(head);
    }
  }

  onBytes(bytes: Buffer): void {
    if (this.#failed === null) this.#sink.onBytes(bytes);
    else if (!this.#failed.body.add(bytes)) this.#fail(this.#httpError(this.#failed));
  }

  onEnd(): void {
    if (this.#failed === null) this.#sink.onEnd();
    else this.#sink.onError(this.#httpError(this.#failed));
  }

  onError(error: OpenRouterError): void {
    // The status says more than how its body broke off.
    this.#sink.onError(this.#failed === null ? error : this.#httpError(this.#failed));
  }

  #httpError(failed: { head: ResponseHead; body: BodyCollector }): OpenRouterError {
    const { head, body } = failed;
    return readHttpError({ head, body: body.text(), nowMs: this.#clock.now() });
  }
}

function readBaseUrl(baseUrl: string): { readonly origin: string; readonly path: string } {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new OpenRouterError('connection', 'The base URL is not an http or https address', {
      reason: 'ERR_INVALID_URL',
    });
  }
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
}

/** An error that is not ours yet comes from making the dispatcher, with a proxy that is not one. */
function asOpenRouterError(error: unknown): OpenRouterError {
  return error instanceof OpenRouterError ? error : readSocketError(error, 'connecting', null);
}
