import { type RangeId, readRange } from './ranges';

/** `vscode.Memento` as far as it is needed. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = 'costPage.range';

/**
 * The range that the user chose last, on this machine.
 *
 * It is read once and written one after the other: the editor echoes each write, and the echo of an
 * older one may otherwise undo a newer one.
 */
export class RangeMemory {
  readonly #memory: Memory;
  #range: RangeId;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#range = readRange(memory.get(KEY));
  }

  get range(): RangeId {
    return this.#range;
  }

  choose(range: RangeId): void {
    this.#range = range;
    this.#writing = this.#writing
      .then(() => this.#memory.update(KEY, this.#range))
      .catch(() => undefined);
  }
}
