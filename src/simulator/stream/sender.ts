import type { ServerResponse } from 'node:http';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Clock } from '../../common/clock';
import { type Encoder, encodeFrame, type Frame, HEARTBEAT } from './frame';

export interface SenderOptions {
  readonly response: ServerResponse;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  readonly encode?: Encoder;
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal;
}

/**
 * Writes frames to a client, in order, with a comment first and whenever nothing else went out for
 * a while. After a cut, a reset or the client's leaving, frames are dropped: the request goes on
 * behind it.
 */
export class Sender {
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  readonly #heartbeatMs: number;
  readonly #encode: Encoder;
  readonly #gone: AbortSignal;
  /** Resolves when everything sent so far is written. */
  #queue: Promise<void> = Promise.resolve();
  #cancelHeartbeat: () => void = () => undefined;
  #state: 'open' | 'waiting' | 'over' = 'open';

  constructor(options: SenderOptions) {
    this.#response = options.response;
    this.#clock = options.clock;
    this.#heartbeatMs = options.heartbeatMs;
    this.#encode = options.encode ?? encodeFrame;
    this.#gone = options.gone;
    if (options.gone.aborted) this.#finish();
    options.gone.addEventListener('abort', () => this.#finish(), { once: true });
  }

  start(): Promise<void> {
    return this.send(HEARTBEAT);
  }

  /** Resolves when the frame is written or dropped, or the client has left a stream that hangs. */
  send(frame: Frame): Promise<void> {
    this.#queue = this.#queue.then(() => this.#sendNow(frame));
    return this.#queue;
  }

  /** Ends the response after all frames; nothing goes out after it. */
  end(): Promise<void> {
    return this.send({ kind: 'cut' });
  }

  async #sendNow(frame: Frame): Promise<void> {
    if (this.#state === 'over') return;
    this.#cancelHeartbeat();
    switch (frame.kind) {
      case 'cut':
        this.#finish();
        this.#response.end();
        return;
      case 'reset':
        this.#finish();
        this.#response.socket?.resetAndDestroy();
        return;
      case 'stall':
        this.#scheduleHeartbeat();
        return this.#untilGone();
      case 'hang':
        return this.#untilGone();
      default:
        await this.#write(frame);
        if (this.#isOpen()) this.#scheduleHeartbeat();
    }
  }

  async #write(frame: Frame): Promise<void> {
    const pieces = this.#encode(frame);
    for (const [index, piece] of pieces.entries()) {
      // Pieces are to arrive one by one, so the socket gets time to send each.
      if (index > 0) await nextTick();
      if (!this.#isOpen()) return;
      if (!this.#response.write(piece)) await this.#untilDrained();
    }
  }

  #isOpen(): boolean {
    return this.#state !== 'over';
  }

  #untilDrained(): Promise<void> {
    return new Promise((resolve) => {
      this.#response.once('drain', resolve);
      this.#gone.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #untilGone(): Promise<void> {
    this.#state = 'waiting';
    if (this.#gone.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#gone.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #scheduleHeartbeat(): void {
    this.#cancelHeartbeat = this.#clock.after(this.#heartbeatMs, () => {
      for (const piece of this.#encode(HEARTBEAT)) this.#response.write(piece);
      this.#scheduleHeartbeat();
    });
  }

  #finish(): void {
    this.#state = 'over';
    this.#cancelHeartbeat();
  }
}
