import type { BatchFolder } from '../ports';
import { type BatchState, applyRecord, emptyState } from './batchState';
import { type JournalRecord, decodeRecord, encodeRecord } from './records';

const JOURNAL = 'journal.jsonl';

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What happened in a batch, one JSON line after the other, and the state that follows from it.
 *
 * A line is on the disk before `add` resolves. Lines that come while others are being written go
 * out together, so that many results cost one flush. A process that is killed while it writes
 * leaves at most a torn last line, which the next reader passes over: the work behind it is done
 * again.
 */
export class Journal {
  readonly state: BatchState;
  /** Lines that could not be read. */
  readonly damagedLines: number;
  readonly #folder: BatchFolder;
  #waiting: Waiting[] = [];
  #isWriting = false;

  private constructor(folder: BatchFolder, read: { state: BatchState; damagedLines: number }) {
    this.#folder = folder;
    this.state = read.state;
    this.damagedLines = read.damagedLines;
  }

  /** Opens the journal of a folder, an empty one when there is none. */
  static async open(folder: BatchFolder): Promise<Journal> {
    const bytes = await folder.read(JOURNAL);
    const text = bytes?.toString('utf8') ?? '';
    const read = replay(text);
    // What follows a torn line must not become a part of it.
    if (text !== '' && !text.endsWith('\n')) await folder.append(JOURNAL, Buffer.from('\n'));
    return new Journal(folder, read);
  }

  /** @throws when the disk refuses; the state is then as before. */
  add(record: JournalRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = encodeRecord(record);
      const done = (): void => {
        applyRecord(this.state, record);
        resolve();
      };
      this.#waiting.push({ line, resolve: done, reject });
      void this.#write();
    });
  }

  async #write(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#folder.append(JOURNAL, Buffer.from(batch.map(({ line }) => line).join('')));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }
}

function replay(text: string): { state: BatchState; damagedLines: number } {
  const state = emptyState();
  let damagedLines = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const record = decodeRecord(line);
    if (record) applyRecord(state, record);
    else damagedLines += 1;
  }
  return { state, damagedLines };
}
