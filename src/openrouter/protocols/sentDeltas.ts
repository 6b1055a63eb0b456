import { readCount } from '../../common/json';
import type { JsonRecord } from '../stream/streamDecoder';

/** So far back a repeated frame is recognized. */
const WINDOW = 32;

/**
 * Recognizes a delta that came before: one with the same number in the stream, for the same item,
 * with the same text. A number alone proves nothing, since some servers start counting at each item or give
 * all frames the number 0.
 */
export class SentDeltas {
  readonly #numbers: number[] = [];
  readonly #deltas: unknown[] = [];
  readonly #items: unknown[] = [];

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
