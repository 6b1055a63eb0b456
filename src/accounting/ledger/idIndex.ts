import { crc32 } from 'node:zlib';
import type { LedgerDisk } from '../disk';

/**
 * Where in a month's file each id is, so that an earlier line of the same id is found without
 * reading that file: one record of 16 bytes per readable line, in the order of the lines.
 *
 * Record n depends on line n alone. Windows that index the same lines therefore write the same
 * bytes at the same place, and nobody has to take turns.
 */
export interface IndexRecord {
  readonly hash: number;
  /** Start of the line in the month's file. */
  readonly start: number;
  /** `hashLine` of the line: what is taken out of the sums must be what went in. */
  readonly check: number;
}

/** The index's file is not the one that was written: a disk that lost bytes, or another's hand. */
export class DamagedIndexError extends Error {
  constructor() {
    super('The index of a month does not fit its ledger.');
  }
}

const WORDS = 4;
const WORD = 0x100000000;
/** Of the start's high word, a file of a terabyte needs this much; the rest is the line's check. */
const START_BITS = 8;
const RECORD_BYTES = WORDS * 4;
const RECORDS_PER_READ = 1 << 15;
/** A table of this many flags, a power of two, rules most records out before the exact look-up. */
const FILTER_FLAGS = 1 << 17;

/** How many records there are, and their hash. */
export interface IndexExtent {
  readonly lines: number;
  readonly indexPrint: number;
}

export class IdIndex {
  readonly #disk: LedgerDisk;
  readonly #name: string;
  #count: number;
  #print: number;
  /** The newest records, which the disk did not take yet. */
  #unwritten: readonly IndexRecord[] = [];

  /** @param known the records of the file that are valid; what follows them is overwritten. */
  constructor(disk: LedgerDisk, name: string, known: IndexExtent) {
    this.#disk = disk;
    this.#name = name;
    this.#count = known.lines;
    this.#print = known.indexPrint;
  }

  /** Hash of all records. */
  get print(): number {
    return this.#print;
  }

  /** Lines that are indexed. */
  get count(): number {
    return this.#count;
  }

  /** Whether everything is in the file, so that another start can rely on it. */
  get isWritten(): boolean {
    return this.#unwritten.length === 0;
  }

  /** Whether the file holds the records that this index was opened with. */
  async exists(): Promise<boolean> {
    return ((await this.#disk.size(this.#name)) ?? 0) >= this.#count * RECORD_BYTES;
  }

  async append(records: readonly IndexRecord[]): Promise<void> {
    const added = records.map(({ hash, start, check }): IndexRecord => ({ hash, start, check }));
    this.#unwritten = [...this.#unwritten, ...added];
    this.#count += records.length;
    this.#print = printOf(wordsOf(encodeRecords(added)), this.#print);
    const bytes = encodeRecords(this.#unwritten);
    const first = this.#count - this.#unwritten.length;
    try {
      if (bytes.length > 0) await this.#disk.writeAt(this.#name, first * RECORD_BYTES, bytes);
      this.#unwritten = [];
    } catch {
      // They stay in memory and are found there; the next call tries again.
    }
  }

  /**
   * The lines whose id has one of `hashes`, in order; ids are to be checked.
   * @throws DamagedIndexError
   */
  async find(hashes: ReadonlySet<number>): Promise<readonly IndexRecord[]> {
    const found: IndexRecord[] = [];
    if (hashes.size === 0) return found;
    const filter = new Uint8Array(FILTER_FLAGS);
    for (const hash of hashes) filter[hash % FILTER_FLAGS] = 1;
    for await (const { words, count } of this.#parts()) {
      for (let n = 0; n < count; n += 1) {
        if (filter[(words[n * WORDS] ?? 0) & (FILTER_FLAGS - 1)] === 0) continue;
        const record = recordAt(words, n);
        if (hashes.has(record.hash)) found.push(record);
      }
    }
    return found;
  }

  /** Hashes that occur more than once. @throws DamagedIndexError */
  async repeatedHashes(): Promise<ReadonlySet<number>> {
    const hashes = new Float64Array(this.#count);
    let filled = 0;
    for await (const { words, count } of this.#parts()) {
      for (let n = 0; n < count; n += 1) hashes[filled++] = recordAt(words, n).hash;
    }
    hashes.sort();
    return new Set(hashes.filter((hash, n) => n > 0 && hash === hashes[n - 1]));
  }

  /** All records, a part at a time; at their end it is known whether they are what was written. */
  async *#parts(): AsyncGenerator<{ readonly words: Uint32Array; readonly count: number }> {
    const [expected, unwritten] = [this.#print, this.#unwritten];
    const written = this.#count - unwritten.length;
    let print = 0;
    for (let first = 0; first < written; first += RECORDS_PER_READ) {
      const wanted = Math.min(RECORDS_PER_READ, written - first);
      const start = first * RECORD_BYTES;
      const words = wordsOf(await this.#disk.read(this.#name, start, wanted * RECORD_BYTES));
      if (words.length < wanted * WORDS) throw new DamagedIndexError();
      print = printOf(words, print);
      yield { words, count: wanted };
    }
    const words = wordsOf(encodeRecords(unwritten));
    if (printOf(words, print) !== expected) throw new DamagedIndexError();
    yield { words, count: unwritten.length };
  }
}

/**
 * Four words a record: the hash's low 32 bits, its high bits, and the start in two likewise, the
 * last of which has the line's check as well. The byte order is the machine's own; no other machine reads the file.
 */
function encodeRecords(records: readonly IndexRecord[]): Buffer {
  const words = new Uint32Array(records.length * WORDS);
  records.forEach(({ hash, start, check }, n) => {
    words[n * WORDS] = hash % WORD;
    words[n * WORDS + 1] = Math.floor(hash / WORD);
    words[n * WORDS + 2] = start % WORD;
    words[n * WORDS + 3] = (check << START_BITS) | Math.floor(start / WORD);
  });
  return Buffer.from(words.buffer);
}

/** Copies, because bytes that were read need not lie where words may. */
function wordsOf(bytes: Buffer): Uint32Array {
  const words = new Uint32Array(Math.floor(bytes.length / 4));
  Buffer.from(words.buffer).set(bytes.subarray(0, words.byteLength));
  return words;
}

/** CRC-32, which is native: an index of a million records is checked in a few milliseconds. */
function printOf(words: Uint32Array, before: number): number {
  // Of nothing it would be zero, whatever came before.
  return words.length === 0 ? before : crc32(words, before);
}

function recordAt(words: Uint32Array, n: number): IndexRecord {
  const at = n * WORDS;
  const last = words[at + 3] ?? 0;
  return {
    hash: (words[at + 1] ?? 0) * WORD + (words[at] ?? 0),
    start: (last & ((1 << START_BITS) - 1)) * WORD + (words[at + 2] ?? 0),
    check: last >>> START_BITS,
  };
}

/** 24 bits of a line's text, by FNV-1a. */
export function hashLine(text: string): number {
  let print = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    print = Math.imul(print ^ text.charCodeAt(index), 0x01000193);
  }
  return print >>> START_BITS;
}

/** 52 bits of an id, by two FNV-1a hashes of 32 bits with different starts. */
export function hashId(id: string): number {
  let low = 0x811c9dc5;
  let high = 0x2f0b4a27;
  for (let index = 0; index < id.length; index += 1) {
    const unit = id.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 13), 0x01000193);
  }
  return (high >>> 12) * 0x100000000 + (low >>> 0);
}
