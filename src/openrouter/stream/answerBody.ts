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
 * one: a model or a proxy that cannot stream answers a stream request in one piece. Gateways give
 * either under the other's label, as plain text or without a label, so the first characters decide.
 */
export function openAnswerBody(contentType: string, decoder: StreamDecoder): AnswerBody | null {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const open = LABELS.get(mediaType);
  return open === undefined ? null : new LabelledBody(decoder, open);
}

/** What opens a body whose beginning tells nothing; null where such a body is not an answer. */
type OpenBody = ((decoder: StreamDecoder) => AnswerBody) | null;

/** Reads the beginning of a body and hands it to the reader that it calls for. */
class LabelledBody implements AnswerBody {
  readonly #decoder: StreamDecoder;
  readonly #openByLabel: OpenBody;
  #body: AnswerBody | null = null;
  #beginning: Buffer = Buffer.alloc(0);

  constructor(decoder: StreamDecoder, openByLabel: OpenBody) {
    this.#decoder = decoder;
    this.#openByLabel = openByLabel;
  }

  feed(bytes: Buffer): void {
    if (this.#body !== null) {
      this.#body.feed(bytes);
      return;
    }
    this.#beginning = Buffer.concat([this.#beginning, bytes]);
    const text = this.#beginning.toString('latin1').replace(BLANK_BEGINNING, '');
    if (text === '') this.#dropBlanks();
    else if (text.startsWith('{')) this.#open(new JsonBody(this.#decoder));
    else if (SSE_FIELD.test(text)) this.#open(new SseBody(this.#decoder));
    else if (!BEGINNINGS.some((known) => known.startsWith(text))) this.#openByBeginning();
  }

  /** White space is how a JSON body is kept alive; in an event stream it says nothing. */
  #dropBlanks(): void {
    this.#beginning = Buffer.alloc(0);
    if (this.#openByLabel !== openSse) this.#decoder.onHeartbeat();
  }

  end(): void {
    if (this.#body === null) this.#openByBeginning();
    if (this.#body === null) this.#decoder.onEnd();
    else this.#body.end();
  }

  #openByBeginning(): void {
    if (this.#openByLabel === null) this.#decoder.onUnreadable('content-type');
    else this.#open(this.#openByLabel(this.#decoder));
  }

  #open(body: AnswerBody): void {
    this.#body = body;
    body.feed(this.#beginning);
    this.#beginning = Buffer.alloc(0);
  }
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

/** A byte order mark as it looks byte by byte. */
const MARK = '\u00ef\u00bb\u00bf';
const BLANK_BEGINNING = new RegExp(`^\\s*(?:${MARK})?\\s*`);
const SSE_FIELDS = ['data:', 'event:', 'id:', 'retry:', ':'];
const SSE_FIELD = new RegExp(`^(?:${SSE_FIELDS.join('|')})`);
/** What more characters may still turn out to be. */
const BEGINNINGS = [...SSE_FIELDS, MARK];

const openSse: OpenBody = (decoder) => new SseBody(decoder);

const LABELS: ReadonlyMap<string, OpenBody> = new Map<string, OpenBody>([
  ['text/event-stream', openSse],
  ['application/json', (decoder) => new JsonBody(decoder)],
  ['text/plain', null],
  ['application/octet-stream', null],
  ['', null],
]);
