import type { GenerationRecord, KeyInfo } from './account';
import type { StreamEvent } from './streamEvent';
import type { TransportOptions } from './transport';
import type { WireRequest } from './wire';

export interface CallOptions {
  /** Aborting it closes the connection; the call then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface ClientOptions extends TransportOptions {
  /** How long there may be heartbeats but no event before `progress-timeout`; 0 is for ever. */
  readonly progressTimeoutMs: number;
}

/** OpenRouter's API as the extension uses it. All but `stream` reject with an `OpenRouterError`. */
export interface OpenRouterClient {
  /**
   * Sends a request and tells what its stream tells.
   *
   * Yields lists of events, never an empty one: all that arrived since the last list was taken.
   * Failures, before the stream as well as inside it, are `stream-error` events; the only thing
   * thrown is the reason of an aborted signal, after the events that had arrived by then. Nothing
   * is sent before the first event is asked for; leaving the loop closes the connection. Iterate
   * once.
   */
  stream(request: WireRequest, options?: CallOptions): AsyncIterable<readonly StreamEvent[]>;
  /** Rows of `GET /models`, as they came. Works without a key. */
  listModels(options?: CallOptions): Promise<readonly unknown[]>;
  /** Rows of `GET /models/{author}/{slug}/endpoints`, as they came. Works without a key. */
  listEndpoints(slug: string, options?: CallOptions): Promise<readonly unknown[]>;
  /** The key's own limits; also the check that it is valid. */
  getKey(options?: CallOptions): Promise<KeyInfo>;
  /** The bill of a generation, or null while the API has not filed it yet (404, seconds to minutes). */
  getGeneration(generationId: string, options?: CallOptions): Promise<GenerationRecord | null>;
  /** Last step of signing in (PKCE): trades the code for a key. Sends no key. */
  exchangeCode(exchange: CodeExchange, options?: CallOptions): Promise<IssuedKey>;
  /** Closes all connections; streams under way end in `stream-error`. */
  close(): Promise<void>;
}

export interface CodeExchange {
  readonly code: string;
  readonly verifier: string;
}

export interface IssuedKey {
  readonly key: string;
  readonly userId: string | null;
}
