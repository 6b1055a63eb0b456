import type { LedgerDisk } from './disk';

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
}

const RECORD_BYTES = 16;
const RECORDS_PER_READ = 1 << 14;
/** A bitmap of this many bits rules most records out before the exact look-up. */
const FILTER_BITS = 1 << 18;

export class IdIndex {
  readonly #disk: LedgerDisk;
  readonly #name: string;
  #count: number;
  /** The newest records, which the disk did not take yet. */
  #unwritten: readonly IndexRecord[] = [];

  /** @param count records of the file that are valid; what follows them is overwritten. */
  constructor(disk: LedgerDisk, name: string, count: number) {
    this.#disk = disk;
    this.#name = name;
    this.#count = count;
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
    this.#unwritten = [...this.#unwritten, ...records];
    this.#count += records.length;
    const bytes = Buffer.alloc(this.#unwritten.length * RECORD_BYTES);
    this.#unwritten.forEach(({ hash, start }, n) => {
      bytes.writeDoubleLE(hash, n * RECORD_BYTES);
      bytes.writeDoubleLE(start, n * RECORD_BYTES + 8);
    });
    const first = this.#count - this.#unwritten.length;
    try {
      if (bytes.length > 0) await this.#disk.writeAt(this.#name, first * RECORD_BYTES, bytes);
      this.#unwritten = [];
    } catch {
      // They stay in memory and are found there; the next call tries again.
    }
  }

  /** Starts of the lines whose id has one of `hashes`, by hash and in order; ids are to be checked. */
  async find(hashes: ReadonlySet<number>): Promise<ReadonlyMap<number, readonly number[]>> {
    const found = new Map<number, number[]>();
    if (hashes.size === 0) return found;
    const filter = new Uint8Array(FILTER_BITS / 8);
    for (const hash of hashes) {
      const bit = hash % FILTER_BITS;
      filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
    for await (const values of this.#parts()) {
      for (let n = 0; n < values.length; n += 2) {
        const hash = values[n] ?? 0;
        const bit = hash % FILTER_BITS;
        if (((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0 || !hashes.has(hash)) continue;
        found.set(hash, [...(found.get(hash) ?? []), values[n + 1] ?? 0]);
      }
    }
    return found;
  }

  /** Hashes that occur more than once. */
  async repeatedHashes(): Promise<ReadonlySet<number>> {
    const hashes = new Float64Array(this.#count);
    let count = 0;
    for await (const values of this.#parts()) {
      for (let n = 0; n < values.length; n += 2) hashes[count++] = values[n] ?? 0;
    }
    hashes.sort();
    return new Set(hashes.filter((hash, n) => n > 0 && hash === hashes[n - 1]));
  }

  /** All records, a part at a time, as hash, start, hash, start, and so on. */
  async *#parts(): AsyncGenerator<Float64Array> {
    const written = this.#count - this.#unwritten.length;
    for (let first = 0; first < written; first += RECORDS_PER_READ) {
      const records = Math.min(RECORDS_PER_READ, written - first);
      const start = first * RECORD_BYTES;
      const bytes = await this.#disk.read(this.#name, start, records * RECORD_BYTES);
      const values = new Float64Array(Math.floor(bytes.length / RECORD_BYTES) * 2);
      for (let n = 0; n < values.length; n += 1) values[n] = bytes.readDoubleLE(n * 8);
      yield values;
    }
    yield Float64Array.from(this.#unwritten.flatMap(({ hash, start }) => [hash, start]));
  }
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
