import { type Clock, delay } from '../../common/clock';

/** How a request went, as far as the pace is concerned. */
export interface Passage {
  /** From sending to the end of the answer. */
  readonly durationMs: number;
  /** Tokens that it was expected to read and write, by which durations are compared. */
  readonly tokens: number;
  /** Whether the API said that it was asked too much (429, 503, 529). */
  readonly wasLimited: boolean;
  readonly retryAfterMs: number | null;
}

/** Pause after a 429 that does not say how long. */
const BASE_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;
/** Answers that are this much slower than the best pace seen mean that the queue is elsewhere now. */
const SLOW_FACTOR = 4;
/** Weight of the newest answer in the running mean. */
const WEIGHT = 0.2;
/** Answers before their pace is judged. */
const SETTLED = 8;

/**
 * Lets at most `parallel` requests out at once, and fewer when the API asks for it.
 *
 * After a 429 the number is halved and nothing starts before `Retry-After` is over; each full round
 * of good answers adds one again. Answers that have become several times slower than before take
 * one away: asking more at once then only makes each of them wait.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #parallel: number;
  readonly #random: () => number;
  #limit: number;
  #running = 0;
  #good = 0;
  #limitedInARow = 0;
  #pausedUntilMs = 0;
  #pace: number | null = null;
  #bestPace = Infinity;
  #seen = 0;
  readonly #queue: (() => void)[] = [];
  #cancelWake: (() => void) | null = null;

  constructor(options: {
    readonly clock: Clock;
    readonly parallel: number;
    readonly random: () => number;
  }) {
    this.#clock = options.clock;
    this.#parallel = Math.max(1, Math.floor(options.parallel));
    this.#random = options.random;
    this.#limit = this.#parallel;
  }

  /** Requests that may be under way at once now. */
  get limit(): number {
    return this.#limit;
  }

  /** Waits for a turn. @throws the signal's reason when it is aborted before. */
  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#mayStart()) {
      this.#running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const start = (): void => {
        signal.removeEventListener('abort', leave);
        this.#running += 1;
        resolve();
      };
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(start), 1);
        reject(signal.reason as Error);
      };
      this.#queue.push(start);
      signal.addEventListener('abort', leave, { once: true });
      this.#wakeLater();
    });
  }

  /** Ends a turn. `null` for one of which nothing can be learned, as when it was cancelled. */
  leave(passage: Passage | null): void {
    this.#running -= 1;
    if (passage?.wasLimited === true) this.#slowDown(passage.retryAfterMs);
    else if (passage) this.#learn(passage);
    this.#wake();
  }

  /** As in `leave`, for a request that is still under way: the client repeats it by itself. */
  slowDown(retryAfterMs: number | null): void {
    this.#slowDown(retryAfterMs);
  }

  /** Waits until a pause that is on is over. */
  async calm(signal: AbortSignal): Promise<void> {
    const waitMs = this.#pausedUntilMs - this.#clock.now();
    if (waitMs > 0) await delay(this.#clock, waitMs, signal);
  }

  #slowDown(retryAfterMs: number | null): void {
    this.#limitedInARow += 1;
    this.#good = 0;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    const backoff = BASE_PAUSE_MS * 2 ** Math.min(this.#limitedInARow - 1, 6);
    // Not all at the same moment: others of the same key wait as well.
    const pauseMs = Math.min(MAX_PAUSE_MS, retryAfterMs ?? backoff) * (1 + this.#random() * 0.1);
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, this.#clock.now() + pauseMs);
  }

  #learn({ durationMs, tokens }: Passage): void {
    this.#limitedInARow = 0;
    this.#good += 1;
    this.#seen += 1;
    const pace = durationMs / Math.max(100, tokens);
    this.#pace = this.#pace === null ? pace : this.#pace + (pace - this.#pace) * WEIGHT;
    if (this.#seen >= SETTLED) this.#bestPace = Math.min(this.#bestPace, this.#pace);
    if (this.#good < this.#limit) return;
    this.#good = 0;
    const isSlow = this.#pace > this.#bestPace * SLOW_FACTOR;
    if (isSlow) this.#limit = Math.max(1, this.#limit - 1);
    else this.#limit = Math.min(this.#parallel, this.#limit + 1);
  }

  #mayStart(): boolean {
    return this.#running < this.#limit && this.#clock.now() >= this.#pausedUntilMs;
  }

  #wake(): void {
    while (this.#queue.length > 0 && this.#mayStart()) this.#queue.shift()?.();
    this.#wakeLater();
  }

  #wakeLater(): void {
    const waitMs = this.#pausedUntilMs - this.#clock.now();
    if (waitMs <= 0 || this.#queue.length === 0 || this.#cancelWake) return;
    this.#cancelWake = this.#clock.after(waitMs, () => {
      this.#cancelWake = null;
      this.#wake();
    });
  }
}
