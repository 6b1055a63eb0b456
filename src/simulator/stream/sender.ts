import type { ServerResponse } from 'node:http';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Clock } from '../../common/clock';
import { type Encoder, encodeFrame, type Frame } from './frame';

/** Plenty on the loopback interface. */
const ARRIVAL_MS = 20;

export interface SenderOptions {
  readonly response: ServerResponse;
  readonly clock: Clock;
  readonly heartbeat: Frame;
  readonly heartbeatMs: number;
  readonly encode?: Encoder;
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal;
}

/**
 * Writes frames to a client, in order, with a comment whenever nothing else went out for a while.
 * After a cut, a reset, a hang or the client's leaving, frames are dropped: the request goes on
 * behind it and is billed.
 */
export class Sender {
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  readonly #heartbeat: Frame;
  readonly #heartbeatMs: number;
  readonly #encode: Encoder;
  readonly #gone: AbortSignal;
  /** Resolves when everything sent so far is written. */
  #queue: Promise<void> = Promise.resolve();
  #cancelHeartbeat: () => void = () => undefined;
  #state: 'open' | 'stalled' | 'hung' | 'over' = 'open';

  constructor(options: SenderOptions) {
    this.#response = options.response;
    this.#clock = options.clock;
    this.#heartbeat = options.heartbeat;
    this.#heartbeatMs = options.heartbeatMs;
    this.#encode = options.encode ?? encodeFrame;
    this.#gone = options.gone;
    if (options.gone.aborted) this.#stop('over');
    options.gone.addEventListener('abort', () => this.#stop('over'), { once: true });
  }

  /** Resolves when the frame is written or dropped. */
  send(frame: Frame): Promise<void> {
    this.#queue = this.#queue.then(() => this.#sendNow(frame));
    return this.#queue;
  }

  /** Ends the response after all frames; nothing goes out after it. */
  end(): Promise<void> {
    return this.send({ kind: 'cut' });
  }

  async #sendNow(frame: Frame): Promise<void> {
    if (this.#state !== 'open') return;
    this.#cancelHeartbeat();
    switch (frame.kind) {
      case 'cut':
        this.#stop('over');
        this.#response.end();
        return;
      case 'reset':
        this.#stop('over');
        // A reset discards what is under way, so what was sent gets the time to arrive.
        await this.#flush();
        this.#response.socket?.resetAndDestroy();
        return;
      case 'hang':
        this.#stop('hung');
        return;
      case 'stall':
        this.#state = 'stalled';
        this.#scheduleHeartbeat();
        return;
      default:
        await this.#write(frame);
        if (this.#isOpen()) this.#scheduleHeartbeat();
    }
  }

  async #write(frame: Frame): Promise<void> {
    for (const [index, piece] of this.#encode(frame).entries()) {
      // Pieces are to arrive one by one, so the socket gets time to send each.
      if (index > 0) await nextTick();
      if (!this.#isOpen()) return;
      if (!this.#response.write(piece)) await this.#untilDrained();
    }
  }

  #flush(): Promise<void> {
    return new Promise((resolve) => this.#clock.after(ARRIVAL_MS, resolve));
  }

  /** A method, because the state changes while a write waits. */
  #isOpen(): boolean {
    return this.#state === 'open';
  }

  #untilDrained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#response.off('drain', done);
        this.#gone.removeEventListener('abort', done);
        resolve();
      };
      this.#response.once('drain', done);
      this.#gone.addEventListener('abort', done);
    });
  }

  #scheduleHeartbeat(): void {
    this.#cancelHeartbeat = this.#clock.after(this.#heartbeatMs, () => {
      for (const piece of this.#encode(this.#heartbeat)) this.#response.write(piece);
      this.#scheduleHeartbeat();
    });
  }

  #stop(state: 'hung' | 'over'): void {
    this.#state = state;
    this.#cancelHeartbeat();
  }
}
