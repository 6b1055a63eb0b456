import type { Clock } from '../../../../src/common/clock';

/**
 * A clock that several processes share and that runs faster than the real one, so that leases and
 * look-ups that take minutes pass within a test.
 */
export function fastClock(options: {
  /** Real instant at which the shared time was `startMs`. */
  readonly originMs: number;
  readonly startMs: number;
  readonly speed: number;
}): Clock {
  const { originMs, startMs, speed } = options;
  return {
    now: () => Math.floor(startMs + (Date.now() - originMs) * speed),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs / speed);
      return () => clearTimeout(timer);
    },
  };
}

/** Random numbers from a seed, by a multiplicative congruential generator (modulus 2^31 - 1). */
export function seededRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
