import { createHash } from 'node:crypto';
import type { Clock } from '../common/clock';
import type { FinishReason, LoopEvent } from './loop/events';

const DEFAULT_TTL_SECONDS = 300;
const MAX_TTL_SECONDS = 86_400;

/** An answer that can be given again. */
export interface CachedAnswer {
  readonly events: readonly LoopEvent[];
  readonly finishReason: FinishReason;
  readonly generationId: string;
  readonly storedAtMs: number;
  readonly ttlSeconds: number;
}

/** What a request says about the response cache; null when it does not use it. */
export interface CacheRequest {
  readonly key: string;
  readonly ttlSeconds: number;
  readonly clears: boolean;
}

export interface CacheRequestParts {
  readonly header: (name: string) => string | undefined;
  readonly keyId: string;
  readonly path: string;
  /** The body as sent: the order of its properties counts. */
  readonly bodyText: string;
}

/** Reads the `X-OpenRouter-Cache` headers (API reference, response caching). */
export function readCacheRequest(parts: CacheRequestParts): CacheRequest | null {
  if (parts.header('x-openrouter-cache')?.toLowerCase() !== 'true') return null;
  const ttl = Number(parts.header('x-openrouter-cache-ttl') ?? DEFAULT_TTL_SECONDS);
  const isValid = Number.isInteger(ttl) && ttl >= 1 && ttl <= MAX_TTL_SECONDS;
  const key = createHash('sha256')
    .update(`${parts.keyId}\0${parts.path}\0${parts.bodyText}`)
    .digest('hex');
  return {
    key,
    ttlSeconds: isValid ? ttl : DEFAULT_TTL_SECONDS,
    clears: parts.header('x-openrouter-cache-clear')?.toLowerCase() === 'true',
  };
}

/** Whole answers by request; only complete ones are kept. */
export class ResponseCache {
  readonly #clock: Clock;
  readonly #answers = new Map<string, CachedAnswer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(request: CacheRequest): CachedAnswer | null {
    if (request.clears) this.#answers.delete(request.key);
    const answer = this.#answers.get(request.key);
    if (!answer) return null;
    return this.ageSeconds(answer) < answer.ttlSeconds ? answer : null;
  }

  store(request: CacheRequest, answer: Omit<CachedAnswer, 'storedAtMs' | 'ttlSeconds'>): void {
    this.#answers.set(request.key, {
      ...answer,
      storedAtMs: this.#clock.now(),
      ttlSeconds: request.ttlSeconds,
    });
  }

  ageSeconds(answer: CachedAnswer): number {
    return Math.floor((this.#clock.now() - answer.storedAtMs) / 1000);
  }

  clear(): void {
    this.#answers.clear();
  }
}
