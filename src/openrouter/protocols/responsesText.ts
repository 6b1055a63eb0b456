import { asArray, asRecord, readString } from '../../common/json';
import type { EventBatch } from './eventBatch';
import type { JsonRecord } from '../stream/streamDecoder';

/** Stands between two messages of one answer. */
const PARAGRAPH = '\n\n';

/**
 * The text of one Responses stream: deltas as they come, and at the end whatever the finished
 * items have beyond them.
 */
export class ResponseText {
  hasRefusal = false;
  readonly #batch: EventBatch;
  #given = '';
  #outputIndex: unknown = null;
  readonly #doneMessages: JsonRecord[] = [];

  constructor(batch: EventBatch) {
    this.#batch = batch;
  }

  get isEmpty(): boolean {
    return this.#given === '';
  }

  /** Reads the `delta` of a frame, a string or an object with `text`. */
  addDelta(frame: JsonRecord): void {
    const delta = frame['delta'];
    const text = typeof delta === 'string' ? delta : readString(asRecord(delta)?.['text']);
    if (text === null || text === '') return;
    const outputIndex = frame['output_index'] ?? null;
    if (outputIndex !== this.#outputIndex) {
      if (this.#outputIndex !== null && this.#given !== '') this.#give(PARAGRAPH);
      this.#outputIndex = outputIndex;
    }
    this.#give(text);
  }

  /** Remembers a finished message, for streams that end without a terminal response. */
  noteDoneMessage(item: JsonRecord): void {
    this.#doneMessages.push(item);
  }

  completeFromItems(): void {
    this.complete(this.#doneMessages, null);
  }

  /**
   * Gives what a finished answer's items have beyond the deltas. Where the two differ in what was
   * already given, the deltas stand: text cannot be taken back.
   */
  complete(output: readonly unknown[], outputText: string | null): void {
    const messages = output.map(asRecord).filter((item) => item?.['type'] === 'message');
    const texts = messages.map((item) => this.#messageText(item)).filter((text) => text !== '');
    const full = texts.length > 0 ? texts.join(PARAGRAPH) : (outputText ?? '');
    if (full.length > this.#given.length && full.startsWith(this.#given)) {
      this.#give(full.slice(this.#given.length));
    }
  }

  #messageText(item: JsonRecord | null): string {
    return asArray(item?.['content'])
      .map((value) => {
        const part = asRecord(value);
        const refusal = readString(part?.['refusal']);
        if (refusal !== null) this.hasRefusal = true;
        return refusal ?? readString(part?.['text']) ?? '';
      })
      .join('');
  }

  #give(text: string): void {
    this.#given += text;
    this.#batch.addText('text-delta', text);
  }
}
