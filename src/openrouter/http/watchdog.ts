import type { Clock } from '../../common/clock';

/** How finely a watchdog looks: it fires after its limit, by at most an eighth of it. */
const SLICES = 8;

/**
 * Fires once when nothing was noted for a while.
 *
 * It counts timer slices instead of comparing times, so that noting is free on the hot path, and
 * so that a laptop that slept, a clock that was set or a blocked event loop counts as one slice
 * and gives waiting bytes a chance to be read first.
 */
export class Watchdog {
  #idleSlices = 0;
  #cancelTimer: (() => void) | null = null;
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #onExpired: () => void;

  /** Counts from now. A limit of 0 never expires. */
  constructor(clock: Clock, limitMs: number, onExpired: () => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#onExpired = onExpired;
    this.start();
  }

  /** Something came; the count begins again. */
  note(): void {
    this.#idleSlices = 0;
  }

  /** Counts from zero again, after `stop`. */
  start(): void {
    this.stop();
    if (this.#limitMs > 0) this.#schedule();
  }

  /** Does not count until `start`; used at the end, and while we ourselves hold the bytes back. */
  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#idleSlices = 0;
  }

  #schedule(): void {
    this.#cancelTimer = this.#clock.after(this.#limitMs / SLICES, () => {
      this.#idleSlices += 1;
      if (this.#idleSlices <= SLICES) {
        this.#schedule();
        return;
      }
      this.#cancelTimer = null;
      this.#onExpired();
    });
  }
}
