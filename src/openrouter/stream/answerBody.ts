import { SseReader } from './sse';
import type { StreamDecoder } from './streamDecoder';
import { Utf8Decoder } from './utf8';

/** Characters an answer may have that comes as one JSON value. */
const MAX_JSON_CHARACTERS = 64 * 1024 * 1024;

/** Feeds a decoder from the bytes of a body. */
export interface AnswerBody {
  feed(bytes: Buffer): void;
  end(): void;
}

/**
 * The way to read a body of this content type, or null when no answer of the API has it. JSON is
 * one: a model or a proxy that cannot stream answers a stream request in one piece.
 */
export function openAnswerBody(contentType: string, decoder: StreamDecoder): AnswerBody | null {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === 'text/event-stream') return new SseBody(decoder);
  return mediaType === 'application/json' ? new JsonBody(decoder) : null;
}

class SseBody implements AnswerBody {
  readonly #decoder: StreamDecoder;
  readonly #reader: SseReader;

  constructor(decoder: StreamDecoder) {
    this.#decoder = decoder;
    this.#reader = new SseReader(decoder);
  }

  feed(bytes: Buffer): void {
    if (this.#decoder.isOver) return;
    const fault = this.#reader.feed(bytes);
    if (fault !== null) this.#decoder.onUnreadable(fault);
  }

  end(): void {
    if (!this.#decoder.isOver) this.#reader.end();
    this.#decoder.onEnd();
  }
}

/** White space before the value keeps the line alive while the answer is made (seen live). */
class JsonBody implements AnswerBody {
  readonly #decoder: StreamDecoder;
  readonly #utf8 = new Utf8Decoder();
  #text = '';

  constructor(decoder: StreamDecoder) {
    this.#decoder = decoder;
  }

  feed(bytes: Buffer): void {
    const text = this.#utf8.decode(bytes);
    if (this.#utf8.isBroken) {
      this.#decoder.onUnreadable('invalid-utf8');
    } else if (this.#text === '' && text.trim() === '') {
      this.#decoder.onHeartbeat();
    } else {
      this.#text += text;
      if (this.#text.length > MAX_JSON_CHARACTERS) this.#decoder.onUnreadable('body-too-long');
    }
  }

  end(): void {
    this.#decoder.onWholeBody(this.#text);
  }
}
