import { createHash } from 'node:crypto';
import type { Clock } from '../../common/clock';

/** Cached prefixes live five minutes after their last use. */
const LIFETIME_MS = 300_000;

/** A part of a prompt that is cached or not as a whole, with its tokens. */
export interface PromptPart {
  readonly text: string;
  readonly tokens: number;
}

export interface CacheUse {
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
}

export interface CacheScope {
  /** Key and concrete model: caches are never shared between either. */
  readonly owner: string;
  readonly minTokens: number | null;
  /** Whether this request asks for caching, or its model caches always. */
  readonly isOn: boolean;
}

/**
 * Prompt caching by whole prefixes: the breakpoint is at the prompt's end and moves on with each
 * step, so a later step reads what the one before has written.
 */
export class PromptCache {
  readonly #clock: Clock;
  readonly #expiry = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  use(parts: readonly PromptPart[], scope: CacheScope): CacheUse {
    const { minTokens } = scope;
    const total = parts.reduce((sum, part) => sum + part.tokens, 0);
    if (!scope.isOn || minTokens === null || total < minTokens) {
      return { cachedTokens: 0, cacheWriteTokens: 0 };
    }
    const now = this.#clock.now();
    const hash = createHash('sha256').update(scope.owner);
    let tokens = 0;
    let cachedTokens = 0;
    let prefix = '';
    for (const part of parts) {
      tokens += part.tokens;
      prefix = hash.update('\0').update(part.text).copy().digest('hex');
      if ((this.#expiry.get(prefix) ?? 0) > now) cachedTokens = tokens;
    }
    this.#expiry.set(prefix, now + LIFETIME_MS);
    return { cachedTokens, cacheWriteTokens: total - cachedTokens };
  }

  clear(): void {
    this.#expiry.clear();
  }
}
