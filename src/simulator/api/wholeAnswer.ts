import { asArray, asRecord } from '../../common/json';
import type { Inference } from './booking';

/**
 * Sends an answer that is not streamed. While the work takes its time, blank lines keep the
 * connection alive, as in live answers: the JSON may start with white space.
 */
export class WholeSender {
  readonly #inference: Inference;
  #cancel: () => void = () => undefined;

  constructor(inference: Inference) {
    this.#inference = inference;
    this.#schedule();
    inference.exchange.gone.addEventListener('abort', () => this.#cancel(), { once: true });
  }

  end(body: Readonly<Record<string, unknown>>): void {
    this.#cancel();
    const { response } = this.#inference.exchange;
    if (response.destroyed) return;
    this.#writeHead();
    response.end(JSON.stringify(body));
  }

  #schedule(): void {
    const { state, exchange } = this.#inference;
    this.#cancel = state.clock.after(state.pacing.heartbeatMs, () => {
      this.#writeHead();
      exchange.response.write(BLANKS);
      this.#schedule();
    });
  }

  #writeHead(): void {
    const { response } = this.#inference.exchange;
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/json' });
  }
}

/** As recorded. */
const BLANKS = `${' '.repeat(9)}\n\n`;

/** The answer of a provider that failed half-way: status 200, and the error inside. */
export function failWhole(
  body: Readonly<Record<string, unknown>>,
  protocol: 'chat' | 'responses',
): Record<string, unknown> {
  const message = 'Provider disconnected';
  if (protocol === 'responses') {
    return {
      ...body,
      status: 'failed',
      error: { code: 'server_error', message },
      error_type: 'provider_unavailable',
    };
  }
  const choice = asRecord(asArray(body['choices'])[0]);
  const error = { code: 502, message };
  return { ...body, choices: [{ ...choice, finish_reason: 'error', error }] };
}
