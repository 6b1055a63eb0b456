import { asRecord, parseJson } from '../../common/json';
import type { EventBatch } from '../protocols/eventBatch';
import { OpenRouterError } from '../errors';
import { FrameTemplate } from './frameTemplate';
import type { SseSink } from './sse';
import type { FinishReason } from '../streamEvent';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** How a stream ended, once that is known. */
export type Verdict =
  | { readonly type: 'end'; readonly finishReason: FinishReason }
  | { readonly type: 'error'; readonly error: OpenRouterError };

/** How a stream stops: by `[DONE]`, by the body's proper end, or by a broken line or a clock. */
export type Stop = 'done-marker' | 'end-of-body' | 'failure';

/**
 * One protocol's reading of JSON frames. A decoder appends events to the batch that it was given,
 * never a terminal one; it keeps no more than it needs for the next frame.
 */
export interface FrameDecoder {
  /** Whether the answer is complete although the API may still send its bill or its end marker. */
  readonly isAnswerWhole: boolean;
  /** Reads one frame; returns a verdict when nothing that follows can matter. */
  readFrame(frame: JsonRecord, eventName: string | null): Verdict | null;
  /**
   * The text of a frame of which `readFrame`, when it reads it a second time, takes no more than
   * this text; null for any other frame.
   */
  plainText(frame: unknown): string | null;
  /** Takes the text of a frame that is like one of which `plainText` gave the text. */
  addText(text: string): void;
  /** Reads an answer that came as one JSON body although a stream was asked for. */
  readWhole(body: JsonRecord): Verdict;
  /** What the stream amounts to if it stops here: a finish when the answer is whole, else null. */
  conclude(stop: Stop): FinishReason | null;
}

/** What frame decoders share with the stream decoder around them. */
export interface StreamContext {
  readonly batch: EventBatch;
  /** From the response's headers; a decoder may learn it from a frame. */
  generationId: string | null;
}

/**
 * Turns the parts of a stream into events: JSON, `[DONE]`, heartbeats, and the rule that there is
 * exactly one terminal event and nothing after it. It is fed synchronously and never throws.
 */
export class StreamDecoder implements SseSink {
  readonly #context: StreamContext;
  readonly #frameDecoder: FrameDecoder;
  readonly #template: FrameTemplate;
  #terminal: Verdict['type'] | null = null;
  #frames = 0;

  constructor(context: StreamContext, frameDecoder: FrameDecoder) {
    this.#context = context;
    this.#frameDecoder = frameDecoder;
    this.#template = new FrameTemplate((frame) => frameDecoder.plainText(frame));
  }

  /** Whether the terminal event was given; whatever else comes is ignored. */
  get isOver(): boolean {
    return this.#terminal !== null;
  }

  get hasFailed(): boolean {
    return this.#terminal === 'error';
  }

  /** Frames read so far: what tells progress from heartbeats. */
  get frameCount(): number {
    return this.#frames;
  }

  /** Whether only the bill or the end marker can be missing. */
  get isAnswerWhole(): boolean {
    return this.#frameDecoder.isAnswerWhole;
  }

  onHeartbeat(): void {
    if (!this.isOver) this.#context.batch.addHeartbeat();
  }

  onData(data: string, eventName: string | null): void {
    // A frame that cannot be read may have held text, so the answer has a hole.
    if (!this.#readData(data, eventName)) this.onUnreadable('invalid-json');
  }

  /** Data that the end of the body cut off may be whole or not; if not, `onEnd` judges. */
  onTail(data: string, eventName: string | null): void {
    this.#readData(data, eventName);
  }

  /** Reads a whole JSON body; what surrounds the value is white space that kept the line alive. */
  onWholeBody(text: string): void {
    if (this.isOver) return;
    const parsed = parseJson(text);
    const body = parsed.ok ? asRecord(parsed.value) : null;
    if (body !== null) this.#terminate(this.#frameDecoder.readWhole(body));
    // No way to tell a body that was cut from one that never was JSON, but for its first character.
    else if (!parsed.ok && /^\s*(\{|$)/.test(text)) this.onEnd();
    else this.onUnreadable(parsed.ok ? 'unknown-shape' : 'invalid-json');
  }

  /** The body ended. */
  onEnd(): void {
    this.#stop('end-of-body', () => this.#failure('interrupted', 'end-of-body'));
  }

  /** The connection broke or a clock ran out; an answer that is whole by then stays a success. */
  onFailure(error: OpenRouterError): void {
    this.#stop('failure', () => error);
  }

  /** The stream holds something that no stream of the API holds. */
  onUnreadable(reason: string): void {
    if (this.isOver) return;
    this.#terminate({ type: 'error', error: this.#failure('unexpected-answer', reason) });
  }

  /** Returns false when no stream of the API has such data. */
  #readData(data: string, eventName: string | null): boolean {
    if (this.isOver) return true;
    const text = this.#template.read(data);
    if (text !== null) {
      this.#frames += 1;
      if (text !== '') this.#frameDecoder.addText(text);
      return true;
    }
    // Some proxies put `data:` before what has it already.
    if (data.charCodeAt(0) === LETTER_D && data.startsWith('data:')) {
      return this.#readData(data.slice('data:'.length).trimStart(), eventName);
    }
    if (isPulse(data, eventName)) {
      this.onHeartbeat();
      return true;
    }
    if (data.charCodeAt(0) === BRACKET && data.trim() === '[DONE]') {
      this.#frames += 1;
      this.#stop('done-marker', () => this.#failure('interrupted', 'done-marker'));
      return true;
    }
    const parsed = parseJson(data);
    if (!parsed.ok) return this.#readLines(data, eventName);
    this.#readJson(data, { value: parsed.value, eventName });
    return true;
  }

  #readJson(
    data: string,
    { value, eventName }: { value: unknown; eventName: string | null },
  ): void {
    const frame = asRecord(value);
    // Anthropic's own way to keep a line alive.
    if (frame?.['type'] === 'ping') {
      this.onHeartbeat();
      return;
    }
    this.#frames += 1;
    // JSON that is not an object cannot hold anything of the API's.
    const verdict = frame === null ? null : this.#frameDecoder.readFrame(frame, eventName);
    if (verdict === null) this.#template.learn(data, frame);
    else this.#terminate(verdict);
  }

  /**
   * Frames without the blank line between them arrive as one event of several lines. Stops at a line
   * that cannot be read.
   */
  #readLines(data: string, eventName: string | null): boolean {
    if (!data.includes('\n')) return false;
    return data
      .split('\n')
      .filter((line) => line.trim() !== '')
      .every((line) => this.#readData(line, eventName));
  }

  #stop(stop: Stop, failure: () => OpenRouterError): void {
    if (this.isOver) return;
    const finishReason = this.#frameDecoder.conclude(stop);
    this.#terminate(
      finishReason === null ? { type: 'error', error: failure() } : { type: 'end', finishReason },
    );
  }

  #failure(code: 'interrupted' | 'unexpected-answer', reason: string): OpenRouterError {
    const message =
      code === 'interrupted'
        ? 'The stream ended before the answer was complete'
        : 'The stream cannot be read';
    const { generationId } = this.#context;
    return new OpenRouterError(code, `${message}: ${reason}`, {
      reason,
      generationId,
      mayHaveBilled: true,
    });
  }

  #terminate(verdict: Verdict): void {
    this.#terminal = verdict.type;
    const { batch, generationId } = this.#context;
    if (verdict.type === 'end') {
      batch.add({ type: 'stream-end', finishReason: verdict.finishReason, generationId });
    } else {
      batch.add({ type: 'stream-error', error: verdict.error });
    }
  }
}

const COLON = 58;
const BRACKET = 91;
const LETTER_D = 100;

const PULSE = /^\s*(?:ping|pong|keep[-_ ]?alive|heartbeat)\s*$/i;

/** Whether an event is there to keep the line alive, in one of the words that are in use for it. */
function isPulse(data: string, eventName: string | null): boolean {
  if (eventName !== null && PULSE.test(eventName)) return true;
  // A comment that was wrapped as data, or nothing.
  if (data === '' || data.charCodeAt(0) === COLON) return true;
  return data.length <= MAX_PULSE_LENGTH && PULSE.test(data);
}

const MAX_PULSE_LENGTH = 16;

/** The verdict on a JSON body that is neither an answer nor an error of the protocol. */
export function unexpectedShape(generationId: string | null): Verdict {
  const error = new OpenRouterError('unexpected-answer', "The API's answer has an unknown shape", {
    reason: 'unknown-shape',
    generationId,
    mayHaveBilled: true,
  });
  return { type: 'error', error };
}
