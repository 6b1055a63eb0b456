import { readString } from '../../common/json';
import { isCall } from './responsesText';
import type { JsonRecord } from '../stream/streamDecoder';

/** The output items of one Responses stream: which are open, and whose text a delta belongs to. */
export class ResponseItems {
  readonly #seen = new Set<unknown>();
  /** Ids of tools' items, and the places of those that have no id. */
  readonly #toolItems = new Set<unknown>();
  #open = 0;
  #lastDone: JsonRecord | null = null;
  #hasIncompleteMessage = false;

  get hasOpen(): boolean {
    return this.#open > 0;
  }

  get lastDone(): JsonRecord | null {
    return this.#lastDone;
  }

  get hasIncompleteMessage(): boolean {
    return this.#hasIncompleteMessage;
  }

  /** Takes in an item as added or as done. @returns whether it was not seen before. */
  note(
    item: JsonRecord,
    { outputIndex, stage }: { readonly outputIndex: unknown; readonly stage: 'added' | 'done' },
  ): boolean {
    if (stage === 'added') {
      this.#open += 1;
    } else {
      // Some streams send only the second of the pair.
      this.#open = Math.max(0, this.#open - 1);
      this.#lastDone = item;
      this.noteFinal(item);
    }
    const name = readString(item['id']) ?? outputIndex;
    const isNew = !this.#seen.has(name) && !this.#seen.has(outputIndex);
    this.#seen.add(name).add(outputIndex);
    if (isCall(item)) this.#toolItems.add(name);
    return isNew;
  }

  /** Takes in the last form of an item. */
  noteFinal(item: JsonRecord): void {
    if (item['type'] === 'message' && item['status'] === 'incomplete') {
      this.#hasIncompleteMessage = true;
    }
  }

  /** Whether a frame's text is a tool's, such as the advisor's advice while it is written. */
  isOfTool(frame: JsonRecord): boolean {
    return this.#toolItems.has(readString(frame['item_id']) ?? frame['output_index']);
  }
}
