import type * as undici from 'undici';
import type { Dispatcher } from '../../../src/openrouter/http/dispatcher';
import { Deferred } from './testRig';

/** A connection whose other end is the test itself, for what depends on the order of two calls. */
export class ScriptedLine implements Dispatcher {
  isAborted = false;
  readonly #dispatched = new Deferred();
  #handler: undici.Dispatcher.DispatchHandler = {};
  readonly #controller: undici.Dispatcher.DispatchController;

  constructor() {
    this.#controller = {
      aborted: false,
      paused: false,
      reason: null,
      abort: () => {
        this.isAborted = true;
      },
      pause: () => undefined,
      resume: () => undefined,
    };
  }

  /** Settles when a request was handed over. */
  get dispatched(): Promise<void> {
    return this.#dispatched.promise;
  }

  dispatch(
    _options: undici.Dispatcher.DispatchOptions,
    handler: undici.Dispatcher.DispatchHandler,
  ): boolean {
    this.#handler = handler;
    handler.onRequestStart?.(this.#controller, {});
    this.#dispatched.resolve();
    return true;
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }

  head(status: number, headers: Record<string, string>): void {
    this.#handler.onResponseStart?.(this.#controller, status, headers);
  }

  data(text: string | Buffer): void {
    this.#handler.onResponseData?.(this.#controller, Buffer.from(text));
  }

  end(): void {
    this.#handler.onResponseEnd?.(this.#controller, {});
  }

  reset(): void {
    const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    this.#handler.onResponseError?.(this.#controller, error);
  }
}
