import { delay } from '../common/clock';
import { OpenRouterError } from '../openrouter/errors';
import { retryDelayMs } from '../openrouter/retryPolicy';
import { Attempt, type Sending } from './attempt';
import type { RunPorts } from './ports';
import type { RunEvent } from './run/run';

export interface SenderOptions {
  readonly ports: RunPorts;
  readonly observer: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** Told of each attempt before it is sent, so that nothing that may be billed is forgotten. */
  readonly onAttempt: (attempt: Attempt) => void;
}

/** Sends the requests of one run; at most one of them is repeated, before any byte of an answer. */
export class Sender {
  readonly #options: SenderOptions;
  #repeats = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /**
   * Sends a request and follows it to its end, which may be a failure.
   *
   * @throws the signal's reason when it is aborted.
   */
  async send(sending: Sending): Promise<Attempt> {
    const { ports, observer, signal, onAttempt } = this.#options;
    for (;;) {
      const attempt = new Attempt({ sending, clock: ports.clock, observer, signal });
      onAttempt(attempt);
      await attempt.run();
      attempt.finishText();
      const delayMs = this.#repeatAfterMs(attempt);
      if (delayMs === null) return attempt;
      this.#repeats += 1;
      await delay(ports.clock, delayMs, signal);
    }
  }

  /** After how many milliseconds to send it once more; null when its end stands. */
  #repeatAfterMs({ state, hasBegun }: Attempt): number | null {
    const { ports, observer } = this.#options;
    if (state.phase !== 'failed' || !(state.error instanceof OpenRouterError)) return null;
    const delayMs = retryDelayMs(state.error, {
      attempts: this.#repeats + 1,
      hasAnswerBegun: hasBegun,
      random: ports.random(),
    });
    if (delayMs !== null) {
      observer({ type: 'retry-scheduled', reason: state.error.code, delayMs });
    }
    return delayMs;
  }
}
