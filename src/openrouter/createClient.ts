import { asArray, asRecord, readString } from '../common/json';
import { readGenerationRecord, readKeyInfo } from './account';
import { unexpectedBody } from './body';
import type { CallOptions, ClientOptions, IssuedKey, OpenRouterClient } from './client';
import { OpenRouterError } from './errors';
import { openEventStream } from './eventStream';
import { Transport } from './transport';

/** Makes a client; no connection is opened before the first call. */
export function createClient(options: ClientOptions): OpenRouterClient {
  const transport = new Transport(options);
  const { clock, progressTimeoutMs } = options;
  const get = (path: string, key: 'required' | 'optional', call: CallOptions): Promise<unknown> =>
    transport.requestJson({ method: 'GET', path, key }, call.signal);
  return {
    stream: (request, { signal = null } = {}) =>
      openEventStream(request, { transport, clock, progressTimeoutMs, signal }),
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

/** A slug is `author/name`; whatever else is in it stays inside its path segment. */
function encodeSlug(slug: string): string {
  return slug.split('/').map(encodeURIComponent).join('/');
}
