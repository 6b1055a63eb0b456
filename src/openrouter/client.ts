import { asArray, asRecord, readString } from '../common/json';
import { type GenerationRecord, type KeyInfo, readGenerationRecord, readKeyInfo } from './account';
import { unexpectedBody } from './http/body';
import { OpenRouterError } from './errors';
import { openEventStream } from './stream/openStream';
import type { StreamEvent } from './streamEvent';
import { Transport, type TransportOptions } from './http/transport';
import type { WireRequest } from './wire';

export interface CallOptions {
  /** Aborting it closes the connection; the call then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface ClientOptions extends TransportOptions {
  /** How long there may be heartbeats but no event before `progress-timeout`; 0 is for ever. */
  readonly progressTimeoutMs: number;
  /** Whether the server takes requests without a key, as one on this machine may. */
  readonly isKeyOptional?: boolean;
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

/** Makes a client; no connection is opened before the first call. */
export function createClient(options: ClientOptions): OpenRouterClient {
  const transport = new Transport(options);
  const { clock, progressTimeoutMs, isKeyOptional = false } = options;
  const get = (path: string, key: 'required' | 'optional', call: CallOptions): Promise<unknown> =>
    transport.requestJson({ method: 'GET', path, key }, call.signal);
  return {
    stream: (request, { signal = null } = {}) =>
      openEventStream(request, { transport, clock, progressTimeoutMs, isKeyOptional, signal }),
    listModels: async (call = {}) => readRows(await get('/models', 'optional', call)),
    listEndpoints: async (slug, call = {}) =>
      readEndpoints(await get(`/models/${encodeSlug(slug)}/endpoints`, 'optional', call)),
    getKey: async (call = {}) => required(readKeyInfo(await get('/key', 'required', call))),
    getGeneration: async (generationId, call = {}) => {
      const path = `/generation?id=${encodeURIComponent(generationId)}`;
      try {
        return required(readGenerationRecord(await get(path, 'required', call)));
      } catch (error) {
        if (error instanceof OpenRouterError && error.code === 'not-found') return null;
        throw error;
      }
    },
    exchangeCode: async ({ code, verifier }, call = {}) => {
      const body = { code, code_verifier: verifier, code_challenge_method: 'S256' };
      return readIssuedKey(
        await transport.requestJson(
          { method: 'POST', path: '/auth/keys', body, key: 'none' },
          call.signal,
        ),
      );
    },
    close: () => transport.close(),
  };
}

function readRows(body: unknown): readonly unknown[] {
  const rows = asRecord(body)?.['data'];
  return asArray(required(Array.isArray(rows) ? rows : null));
}

function readEndpoints(body: unknown): readonly unknown[] {
  return asArray(required(asRecord(asRecord(body)?.['data']))['endpoints']);
}

function readIssuedKey(body: unknown): IssuedKey {
  const fields = asRecord(body);
  const key = required(readString(fields?.['key']));
  return { key, userId: readString(fields?.['user_id']) };
}

/** Bodies that lack what they are asked for are the API's fault, not a crash of ours. */
function required<T>(value: T | null): T {
  if (value === null) throw unexpectedBody('unknown-shape');
  return value;
}

/** A slug is `author/name`, and neither part may lead elsewhere. */
function encodeSlug(slug: string): string {
  const parts = slug.split('/');
  if (parts.length !== 2 || parts.some((part) => /^\.{0,2}$/.test(part))) {
    throw new OpenRouterError('not-found', 'The slug is not of the form author/name', {
      reason: 'malformed-slug',
    });
  }
  return parts.map(encodeURIComponent).join('/');
}
