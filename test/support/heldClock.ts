import { type Clock, systemClock } from '../../src/common/clock';

/** The system's clock, except that timers of one length can be made to wait. */
export class HeldClock implements Clock {
  readonly #heldMs: number;
  readonly #waiting = new Set<() => void>();
  #isHolding = false;

  /** @param heldMs the length of those timers, in ms. */
  constructor(heldMs: number) {
    this.#heldMs = heldMs;
  }

  now(): number {
    return systemClock.now();
  }

  after(delayMs: number, callback: () => void): () => void {
    if (delayMs !== this.#heldMs || !this.#isHolding) return systemClock.after(delayMs, callback);
    this.#waiting.add(callback);
    return () => void this.#waiting.delete(callback);
  }

  /** From now on they wait. */
  hold(): void {
    this.#isHolding = true;
  }

  /** Lets go of those that wait; later ones take their time. */
  release(): void {
    this.#isHolding = false;
    for (const callback of [...this.#waiting]) callback();
    this.#waiting.clear();
  }
}
