import type { Clock } from '../../common/clock';
import { type AnswerBody, openAnswerBody } from './answerBody';
import { unexpectedBody } from '../http/body';
import { ChatDecoder } from '../protocols/chatDecoder';
import type { EventBatch } from '../protocols/eventBatch';
import { OpenRouterError } from '../errors';
import type { ResponseHead, ResponseSink } from '../http/exchange';
import { ResponsesDecoder } from '../protocols/responsesDecoder';
import { StreamDecoder } from './streamDecoder';
import { Watchdog } from '../http/watchdog';
import type { Protocol } from '../wire';

/** How long a whole answer waits for its bill and its end marker. */
const TAIL_TIMEOUT_MS = 10_000;

export interface StreamSinkOptions {
  readonly protocol: Protocol;
  readonly batch: EventBatch;
  readonly clock: Clock;
  readonly progressTimeoutMs: number;
  /** Events may be in the batch. */
  readonly onEvents: () => void;
  /**
   * The terminal event is in the batch; nothing else will be. What is left of the body of a proper
   * answer may be drained, anything else is to be closed.
   */
  readonly onOver: (rest: 'drain' | 'close') => void;
}

/** Reads the body of one streamed answer into events, as its bytes come, and watches its progress. */
export class StreamSink implements ResponseSink {
  readonly #options: StreamSinkOptions;
  #body: AnswerBody | null = null;
  #decoder: StreamDecoder | null = null;
  #generationId: string | null = null;
  #progress: Watchdog | null = null;
  #framesSeen = 0;
  #cancelTailTimer: (() => void) | null = null;
  #isOver = false;

  constructor(options: StreamSinkOptions) {
    this.#options = options;
  }

  onHead({ headers, generationId }: ResponseHead): void {
    const { batch, protocol } = this.#options;
    const context = { batch, generationId };
    const decoder = new StreamDecoder(
      context,
      protocol === 'chat' ? new ChatDecoder(context) : new ResponsesDecoder(context),
    );
    this.#body = openAnswerBody(headers.get('content-type') ?? '', decoder);
    if (this.#body === null) {
      this.onError(unexpectedBody('content-type', generationId));
      return;
    }
    this.#generationId = generationId;
    this.#decoder = decoder;
    batch.add({ type: 'stream-start', generationId });
    this.startClock();
    this.#options.onEvents();
  }

  onBytes(bytes: Buffer): void {
    const body = this.#body;
    const decoder = this.#decoder;
    if (this.#isOver || body === null || decoder === null) return;
    body.feed(bytes);
    if (decoder.isOver) {
      this.#finish(decoder.hasFailed ? 'close' : 'drain');
      return;
    }
    if (decoder.frameCount !== this.#framesSeen) {
      this.#framesSeen = decoder.frameCount;
      this.#progress?.note();
      if (decoder.isAnswerWhole) this.#startTailTimer();
    }
    this.#options.onEvents();
  }

  onEnd(): void {
    if (this.#isOver) return;
    this.#body?.end();
    this.#finish('close');
  }

  onError(error: OpenRouterError): void {
    if (this.#isOver) return;
    if (this.#decoder === null) this.#options.batch.add({ type: 'stream-error', error });
    else this.#decoder.onFailure(error);
    this.#finish('close');
  }

  /** Reading is held back by us, so that missing progress is nobody's fault. */
  stopClock(): void {
    this.#progress?.stop();
  }

  startClock(): void {
    if (this.#isOver) return;
    this.#progress ??= new Watchdog(this.#options.clock, this.#options.progressTimeoutMs, () =>
      this.onError(progressTimeout(this.#generationId)),
    );
    this.#progress.start();
  }

  /** Takes no more events; for a consumer that left. */
  close(): void {
    this.#isOver = true;
    this.#progress?.stop();
    this.#cancelTailTimer?.();
  }

  #startTailTimer(): void {
    this.#cancelTailTimer ??= this.#options.clock.after(TAIL_TIMEOUT_MS, () => this.onEnd());
  }

  #finish(rest: 'drain' | 'close'): void {
    this.close();
    this.#options.onOver(rest);
  }
}

function progressTimeout(generationId: string | null): OpenRouterError {
  return new OpenRouterError('progress-timeout', 'The API sent heartbeats and nothing else', {
    generationId,
    mayHaveBilled: true,
  });
}
