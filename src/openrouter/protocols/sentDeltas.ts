import { readCount, readString } from '../../common/json';
import type { JsonRecord } from '../stream/streamDecoder';

/** A repeated frame is recognized this far back. */
const WINDOW = 32;

/**
 * Recognizes a delta that says nothing new: one behind the end of its part, or one that came before,
 * with the same number in the stream, for the same item, with the same text. A number alone proves
 * nothing, since some servers start counting at each item or give all frames the number 0.
 */
export class SentDeltas {
  readonly #numbers: number[] = [];
  readonly #deltas: unknown[] = [];
  readonly #items: unknown[] = [];
  /** Parts of items that are done, and so whole. */
  readonly #done = new Set<string>();

  /** Takes in that an item begins, perhaps under the name of one that is done. */
  noteAdded(item: JsonRecord): void {
    const id = JSON.stringify(item['id'] ?? null);
    for (const part of this.#done) if (part.startsWith(`${id} `)) this.#done.delete(part);
  }

  /** Takes in that a part is done. */
  noteDone(frame: JsonRecord): void {
    const part = partOf(frame);
    if (part !== null) this.#done.add(part);
  }

  /** Whether a delta comes behind the end of its part, which had its text already. */
  isLate(frame: JsonRecord): boolean {
    const part = partOf(frame);
    return part !== null && this.#done.has(part);
  }

  isRepeated(frame: JsonRecord): boolean {
    const number = readCount(frame['sequence_number']);
    if (number === null || number === 0) return false;
    const slot = number % WINDOW;
    const item = frame['item_id'] ?? frame['output_index'];
    const isSame =
      this.#numbers[slot] === number &&
      this.#deltas[slot] === frame['delta'] &&
      this.#items[slot] === item;
    this.#numbers[slot] = number;
    this.#deltas[slot] = frame['delta'];
    this.#items[slot] = item;
    return isSame;
  }
}

/** The part that a frame is about; null when it does not name its item. */
function partOf(frame: JsonRecord): string | null {
  const id = readString(frame['item_id']);
  const index = frame['content_index'];
  return id === null || typeof index !== 'number' ? null : `${JSON.stringify(id)} ${index}`;
}
