import { EventBatch } from '../protocols/eventBatch';
import type { StreamEvent } from '../streamEvent';

type Result = IteratorResult<readonly StreamEvent[], undefined>;

interface Waiter {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** What the producer behind a queue is told. */
export interface EventQueueHooks {
  /** The consumer asked for the first time. */
  onStart(): void;
  /** The consumer is ready for more. */
  onWanted(): void;
  /** The consumer left before the end. */
  onLeft(): void;
}

/**
 * Hands events from a synchronous producer to one asynchronous consumer, as many at once as there
 * are. A promise is made only where the consumer has to wait.
 */
export class EventQueue implements AsyncIterableIterator<readonly StreamEvent[], undefined> {
  readonly batch = new EventBatch();
  readonly #hooks: EventQueueHooks;
  #waiter: Waiter | null = null;
  #state: 'new' | 'open' | 'closed' = 'new';
  #failure: { readonly reason: unknown } | null = null;

  constructor(hooks: EventQueueHooks) {
    this.#hooks = hooks;
  }

  /** Whether the consumer is ready for more than there is. */
  get isConsumerWaiting(): boolean {
    return this.#waiter !== null;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    if (this.#state === 'new') {
      this.#state = 'open';
      this.#hooks.onStart();
    }
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      this.flush();
      this.#hooks.onWanted();
    });
  }

  return(): Promise<Result> {
    const wasOpen = this.#state === 'open';
    this.close();
    this.#failure = null;
    this.batch.take();
    if (wasOpen) this.#hooks.onLeft();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Gives the consumer what is there, if it waits. */
  flush(): void {
    const waiter = this.#waiter;
    if (waiter === null) return;
    if (!this.batch.isEmpty) {
      this.#waiter = null;
      waiter.resolve({ done: false, value: this.batch.take() });
    } else if (this.#state === 'closed') {
      this.#waiter = null;
      const failure = this.#failure;
      this.#failure = null;
      if (failure === null) waiter.resolve({ done: true, value: undefined });
      else waiter.reject(failure.reason);
    }
  }

  /** No event follows. */
  close(): void {
    this.#state = 'closed';
    this.flush();
  }

  /** No event follows; after what is there, the consumer gets `reason` thrown. */
  abort(reason: unknown): void {
    if (this.#state === 'closed') return;
    this.#failure = { reason };
    this.close();
  }
}
