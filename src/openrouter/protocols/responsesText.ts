import { asArray, asRecord, readString } from '../../common/json';
import { DeltaText } from './deltaText';
import type { EventBatch } from './eventBatch';
import type { JsonRecord } from '../stream/streamDecoder';

/** Stands between two messages of one answer. */
const PARAGRAPH = '\n\n';

/** A message of the answer as it grows. */
interface Message {
  /** Its place in the output, or whatever tells it from others. */
  readonly place: unknown;
  /** Null when its pieces do not name it. */
  readonly id: string | null;
  readonly text: DeltaText;
}

/**
 * The text of one Responses stream: deltas as they come, and whatever the finished parts and items
 * and the terminal response have beyond them.
 *
 * Text that a model writes before it calls a tool, such as "I'll ask the worker.", is a message of
 * its own and not part of the answer. That it was such a preamble is told when another message
 * begins: without one it is all there is.
 */
export class ResponseText {
  hasRefusal = false;
  readonly #batch: EventBatch;
  #given = '';
  #message: Message | null = null;
  /** Those of the answer itself, without what was said before a call. */
  #answer: Message[] = [];
  readonly #doneItems: { readonly place: unknown; readonly item: JsonRecord }[] = [];
  /** A tool was called after the last message. */
  #hasCallAfter = false;

  constructor(batch: EventBatch) {
    this.#batch = batch;
  }

  get isEmpty(): boolean {
    return this.#given === '';
  }

  /** Whether all text so far came before a call, so that an answer is still to come. */
  get isPreamble(): boolean {
    return this.#hasCallAfter;
  }

  /** Reads the `delta` of a frame, a string or an object with `text`. */
  addDelta(frame: JsonRecord): void {
    const delta = frame['delta'];
    const text = typeof delta === 'string' ? delta : readString(asRecord(delta)?.['text']);
    if (text === null || text === '') return;
    this.#messageIn(frame).text.add(text);
  }

  /** Reads a finished part of a message, whose deltas may have been left out. */
  addDonePart(frame: JsonRecord): void {
    const text = readString(frame['text']);
    if (text === null) return;
    // The end of a message that another one has followed comes too late to be placed.
    const isNew = this.#message?.place !== placeOf(frame);
    if (isNew && this.#given.includes(text)) return;
    this.#messageIn(frame).text.complete(text);
  }

  /** Reads a finished item of any type. */
  addDoneItem(item: JsonRecord, outputIndex: unknown): void {
    const place = outputIndex ?? item['id'] ?? null;
    const isKnown = this.#doneItems.some(
      (done) => done.place === place && this.#messageText(done.item) === this.#messageText(item),
    );
    // One that comes once more is not a second message.
    if (!isKnown || item['type'] !== 'message') this.#doneItems.push({ place, item });
    if (item['type'] !== 'message' || this.#message?.place !== place) return;
    this.#message.text.complete(this.#messageText(item));
  }

  /** A tool was called; `outputIndex` is the call's place, where it is told. */
  noteCall(outputIndex: unknown): void {
    if (this.#message === null) return;
    const { place } = this.#message;
    const isBefore =
      typeof outputIndex === 'number' && typeof place === 'number' && outputIndex < place;
    if (!isBefore) this.#hasCallAfter = true;
  }

  /**
   * Gives what the finished answer's output has beyond all that came before; where it has no text,
   * the items that came as done stand for it. Where it differs in what was already given, the answer
   * is told again as a whole.
   */
  complete(output: readonly unknown[], outputText: string | null): void {
    this.settle();
    const items = output.map(asRecord);
    const hasText = items.some((item) => this.#messageText(item) !== '');
    if (hasText) this.#finish(items);
    else if (outputText !== null) this.#finish([messageOf(outputText)]);
    else this.completeFromItems();
  }

  completeFromItems(): void {
    this.settle();
    const hasPlaces = this.#doneItems.every(({ place }) => typeof place === 'number');
    const order = [...this.#doneItems];
    if (hasPlaces) order.sort((a, b) => Number(a.place) - Number(b.place));
    this.#finish(order.map(({ item }) => item));
  }

  #finish(items: readonly (JsonRecord | null)[]): void {
    this.#completeFrom(items);
    this.#restate(items);
  }

  /** Tells the answer again when a finished message contradicts the pieces that it came in. */
  #restate(items: readonly (JsonRecord | null)[]): void {
    const finished = this.#answer.map((message) => {
      const whole = this.#messageText(this.#itemOf(message, items));
      return message.text.contradicts(whole) ? whole : null;
    });
    if (finished.every((text) => text === null)) return;
    const texts = this.#answer.map(({ text }, index) => finished[index] ?? text.text);
    this.#batch.add({ type: 'text-restated', text: texts.join(PARAGRAPH) });
  }

  #completeFrom(items: readonly (JsonRecord | null)[]): void {
    const texts = items.map((item) => this.#messageText(item));
    const full = texts.filter((text) => text !== '').join(PARAGRAPH);
    const given = this.#given.length;
    if (full.length <= given || !full.startsWith(this.#given)) return;
    let end = 0;
    for (const [index, text] of texts.entries()) {
      if (text === '') {
        if (end >= given && isCall(items[index] ?? null)) this.noteCall(index);
        continue;
      }
      const start = end === 0 ? 0 : end + PARAGRAPH.length;
      end = start + text.length;
      if (start >= given) this.#messageAt(`output ${index}`).text.complete(text);
      else if (end > given) this.#give(text.slice(given - start));
    }
  }

  /** The finished item of a message: by its id, or the one with which the output ends. */
  #itemOf({ id }: Message, items: readonly (JsonRecord | null)[]): JsonRecord | null {
    const messages = items.filter((item) => item?.['type'] === 'message');
    const named = messages.find((item) => id !== null && item?.['id'] === id);
    if (named) return named;
    const isOnly = messages.length === 1 && this.#answer.length === 1;
    return isOnly ? (items.at(-1) ?? null) : null;
  }

  /** No more text follows for now. */
  settle(): void {
    this.#message?.text.settle();
  }

  #messageIn(frame: JsonRecord): Message {
    return this.#messageAt(placeOf(frame), readString(frame['item_id']));
  }

  #messageAt(place: unknown, id: string | null = null): Message {
    if (this.#message !== null && this.#message.place === place) return this.#message;
    this.settle();
    if (this.#message !== null && this.#given !== '') {
      if (this.#hasCallAfter) {
        this.#batch.add({ type: 'preamble-end' });
        this.#answer = [];
      }
      this.#give(PARAGRAPH);
    }
    this.#hasCallAfter = false;
    this.#message = { place, id, text: new DeltaText((text) => this.#give(text)) };
    this.#answer.push(this.#message);
    return this.#message;
  }

  #messageText(item: JsonRecord | null): string {
    if (item?.['type'] !== 'message') return '';
    return asArray(item['content'])
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

/** What tells a frame's message from others. */
function placeOf(frame: JsonRecord): unknown {
  return frame['output_index'] ?? frame['item_id'] ?? null;
}

/** Whether an output item is the call of a tool, of ours or of the API's. */
export function isCall(item: JsonRecord | null): boolean {
  const type = item?.['type'];
  return typeof type === 'string' && type !== 'message' && type !== 'reasoning';
}

function messageOf(text: string): JsonRecord {
  return { type: 'message', content: [{ type: 'output_text', text }] };
}
