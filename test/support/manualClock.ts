import type { Clock } from '../../src/common/clock';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  /** @param start milliseconds since 1970, or a date as text. */
  constructor(start: number | string = Date.UTC(2026, 8, 23)) {
    this.#nowMs = typeof start === 'number' ? start : Date.parse(start);
  }

  /** Timers that are still to come; none may be left when the code under test is done. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { dueMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets time pass, calling what becomes due in its order, also what is set on the way. */
  advance(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    for (;;) {
      const due = [...this.#timers]
        .filter((timer) => timer.dueMs <= endMs)
        .sort((a, b) => a.dueMs - b.dueMs)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#nowMs = Math.max(this.#nowMs, due.dueMs);
      due.callback();
    }
    this.#nowMs = endMs;
  }

  /** Lets time pass until the last of the timers that are set now is due. */
  runOut(): void {
    const lastMs = Math.max(this.#nowMs, ...[...this.#timers].map(({ dueMs }) => dueMs));
    this.advance(lastMs - this.#nowMs);
  }
}
