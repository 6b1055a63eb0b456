import { delay } from '../common/clock';
import { OpenRouterError } from '../openrouter/errors';
import { formatOf, isFormatRefused, withoutFormat } from '../openrouter/protocols/answerFormat';
import { retryDelayMs } from '../openrouter/retryPolicy';
import { Attempt, type Sending } from './attempt';
import type { RunPorts } from './ports';
import { formatKey } from './request/answerFormat';
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
  async send(asked: Sending): Promise<Attempt> {
    const { ports, observer, signal, onAttempt } = this.#options;
    let sending = asked;
    for (;;) {
      const attempt = new Attempt({ sending, clock: ports.clock, observer, signal });
      onAttempt(attempt);
      await attempt.run();
      attempt.finishText();
      const formless = this.#withoutRefusedFormat(attempt);
      if (formless) {
        sending = formless;
        continue;
      }
      const delayMs = this.#repeatAfterMs(attempt);
      if (delayMs === null) return attempt;
      this.#repeats += 1;
      await delay(ports.clock, delayMs, signal);
    }
  }

  /** The same once more without a form of the answer that was refused; null when its end stands. */
  #withoutRefusedFormat({ state, hasBegun, sending }: Attempt): Sending | null {
    if (state.phase !== 'failed' || !(state.error instanceof OpenRouterError)) return null;
    const { wire } = sending;
    const formless = hasBegun || !isFormatRefused(state.error) ? null : withoutFormat(wire);
    const format = formatOf(wire);
    if (!formless || !format) return null;
    const { ports, observer } = this.#options;
    ports.refusedFormats?.add(formatKey(wire.body.model, format));
    if (this.#repeats > 0) return null;
    this.#repeats += 1;
    observer({ type: 'retry-scheduled', reason: 'format-refused', delayMs: 0 });
    return { ...sending, wire: formless };
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
