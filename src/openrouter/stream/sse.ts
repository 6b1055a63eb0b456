import { createParser, type EventSourceParser } from 'eventsource-parser';
import { Utf8Decoder } from './utf8';

/** Characters one event may have. Answers of 10 MB in one line occur in tests, not in life. */
const MAX_EVENT_CHARACTERS = 64 * 1024 * 1024;

/** Receives what a server-sent event stream holds, in order. */
export interface SseSink {
  /** The data of one event, and the event's name if it has one. */
  onData(data: string, eventName: string | null): void;
  /** Like `onData`, for an event that the end of the body closed and that may have been cut. */
  onTail(data: string, eventName: string | null): void;
  /** A comment: alive, but nothing new. */
  onHeartbeat(): void;
}

/** Why a stream cannot be read on. */
export type SseFault = 'invalid-utf8' | 'event-too-long';

/** Cuts the bytes of a `text/event-stream` body into events. After a fault it must not be fed again. */
export class SseReader {
  readonly #decoder = new Utf8Decoder();
  readonly #parser: EventSourceParser;
  #isTooLong = false;
  #endsInCr = false;
  #isEnding = false;

  constructor(sink: SseSink) {
    this.#parser = createParser({
      maxBufferSize: MAX_EVENT_CHARACTERS,
      onEvent: ({ data, event }) => {
        if (this.#isEnding) sink.onTail(data, event ?? null);
        else sink.onData(data, event ?? null);
      },
      onComment: () => sink.onHeartbeat(),
      onError: ({ type }) => {
        // Unknown fields do not concern us; a lost event does.
        if (type === 'max-buffer-size-exceeded') this.#isTooLong = true;
      },
    });
  }

  /** Reads a chunk, calling the sink for whatever became complete; returns a fault or null. */
  feed(chunk: Buffer): SseFault | null {
    const text = this.#decoder.decode(chunk);
    if (text !== '') {
      // The parser waits for the LF that may follow a CR, even while a line without an end comes in.
      if (this.#endsInCr && !text.startsWith('\n')) this.#parser.feed('\n');
      this.#parser.feed(text);
      this.#endsInCr = text.endsWith('\r');
    }
    if (this.#isTooLong) return 'event-too-long';
    if (!this.#decoder.isBroken) return null;
    // Before broken bytes no LF will come.
    if (this.#endsInCr) this.#parser.feed('\n');
    return 'invalid-utf8';
  }

  /**
   * Reads what the end of the body completes. The blank line after the last event is often missing
   * in practice, and a bare CR waits for the LF that might belong to it; both are supplied here.
   */
  end(): void {
    this.#isEnding = true;
    this.#parser.feed('\n\n');
  }
}
