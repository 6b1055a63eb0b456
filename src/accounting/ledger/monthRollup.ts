import type { CellTable } from './cells';
import type { LedgerDisk } from '../disk';
import { decodeEntry } from './entryCodec';
import { DamagedIndexError, IdIndex, type IndexRecord, hashId, hashLine } from './idIndex';
import type { LedgerEntry } from './ledgerEntry';
import { type Line, readLines, readLinesAt } from './lineReader';
import { type ZoneOffset, localDay, zoneTag } from './localTime';
import {
  ROLLUP_FOLDER,
  ROLLUP_FORMAT,
  type RollupState,
  decodeState,
  emptyState,
  encodeState,
} from './rollupState';

export interface RollupContext {
  readonly disk: LedgerDisk;
  readonly zone: ZoneOffset;
  /** Hears of every line as it is folded in. */
  readonly onEntry?: (entry: LedgerEntry) => void;
}

/** The ledger's file of a month. */
export function monthFileName(month: string): string {
  return `${month}.jsonl`;
}

interface Row extends IndexRecord {
  readonly entry: LedgerEntry;
}

/** What follows the lines that are summed up already. */
interface Part {
  readonly rows: readonly Row[];
  readonly unreadable: number;
  readonly end: number;
}

/** Long enough to take in an id, which no other file has at the same place. */
const PRINT_BYTES = 1024;
/** Rows that are folded at a time: enough that the index is not read too often. */
const ROWS_PER_FOLD = 4096;
/** A long count saves what it has from time to time, so that closing the window loses little. */
const BYTES_PER_SAVE = 1 << 25;
const ATTEMPTS = 3;

/**
 * The sums of one month's file and how far into the file they go.
 *
 * A rollup is a pure function of the file's first bytes and the time zone. It is saved next to the
 * ledger so that a window starts from it and reads only what came after; when it is missing or does
 * not fit the file it is made again. Several windows may save the same rollup at once: each of them
 * is right, and the last one stays.
 */
export class MonthRollup {
  readonly #disk: LedgerDisk;
  readonly #zone: ZoneOffset;
  readonly #onEntry: (entry: LedgerEntry) => void;
  readonly #fileName: string;
  readonly #indexName: string;
  readonly #savedName: string;
  #state: RollupState;
  #index: IdIndex;
  #savedOffset = 0;

  constructor(month: string, context: RollupContext) {
    this.#disk = context.disk;
    this.#zone = context.zone;
    this.#onEntry = context.onEntry ?? (() => undefined);
    this.#fileName = monthFileName(month);
    this.#indexName = `${ROLLUP_FOLDER}/${month}.v${ROLLUP_FORMAT}.index`;
    this.#savedName = `${ROLLUP_FOLDER}/${month}.v${ROLLUP_FORMAT}.${zoneTag(month, this.#zone)}.json`;
    this.#state = emptyState(hashId(''));
    this.#index = this.#indexOf(this.#state);
  }

  get cells(): CellTable {
    return this.#state.cells;
  }

  /** Lines that are not entries: torn, damaged, or written by something else. */
  get unreadableLines(): number {
    return this.#state.unreadable;
  }

  /** Live real entries whose cost is unknown but can be looked up: ids and instants. */
  get openEntries(): ReadonlyMap<string, number> {
    return this.#state.open;
  }

  /** Takes the saved rollup, if there is one that fits the file. */
  async load(): Promise<void> {
    const saved = decodeState(await this.#disk.readText(this.#savedName));
    if (!saved || !(await this.#fits(saved))) return;
    const index = this.#indexOf(saved);
    if (!(await index.exists())) return;
    this.#state = saved;
    this.#index = index;
    this.#savedOffset = saved.offset;
  }

  /**
   * Folds in what the file has gained since the last time, by any window. A file that is not the
   * one that was read is counted from its start; until that is done the old sums stay.
   * @returns whether anything changed.
   */
  async refresh(): Promise<boolean> {
    const size = (await this.#disk.size(this.#fileName)) ?? 0;
    if (size === this.#state.offset) return false;
    const fits = await this.#fits(this.#state);
    await this.#repairing(() => this.#readOn(this.#state, this.#index), !fits);
    return true;
  }

  /**
   * Does what needs the index. Where it does not fit the file, or the file is another one, all is
   * counted from the start first.
   */
  async #repairing<T>(act: () => Promise<T>, isOther = false): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (isOther || attempt > 1) await this.#recount();
        return await act();
      } catch (error) {
        // Another window may be writing the index again at this moment.
        if (!(error instanceof DamagedIndexError) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #recount(): Promise<void> {
    const state = emptyState(hashId(''));
    const index = this.#indexOf(state);
    await this.#readOn(state, index);
    this.#state = state;
    this.#index = index;
  }

  /** Folds in what follows what `state` is made of. */
  async #readOn(state: RollupState, index: IdIndex): Promise<void> {
    let part: Part = { rows: [], unreadable: 0, end: state.offset };
    const isComplete = (text: string): boolean => decodeEntry(text) !== null;
    for await (const batch of readLines(this.#disk, this.#fileName, {
      start: state.offset,
      isComplete,
    })) {
      // Decoding takes longest, so it is done a little at a time, between reads.
      const rows = decodeLines(batch.lines);
      part = {
        rows: [...part.rows, ...rows],
        unreadable: part.unreadable + batch.lines.length - rows.length,
        end: batch.end,
      };
      if (part.rows.length < ROWS_PER_FOLD) continue;
      await this.#fold(state, index, part);
      part = { rows: [], unreadable: 0, end: part.end };
      const isDue = Math.abs(state.offset - this.#savedOffset) > BYTES_PER_SAVE;
      if (isDue) await this.#saveState(state, index);
    }
    if (part.end > state.offset) await this.#fold(state, index, part);
  }

  /** Saves the rollup if it has grown. Failing is harmless: the next start reads a little more. */
  async save(): Promise<void> {
    if (this.#savedOffset !== this.#state.offset) await this.#saveState(this.#state, this.#index);
  }

  async #saveState(state: RollupState, index: IdIndex): Promise<void> {
    if (!index.isWritten) return;
    this.#savedOffset = state.offset;
    await this.#disk.replace(this.#savedName, encodeState(state)).catch(() => undefined);
  }

  /** All lines of an id that were folded in, oldest first; the last one is live. */
  async history(id: string): Promise<readonly LedgerEntry[]> {
    const rows = await this.#repairing(() => this.#rowsOf(this.#index, new Set([hashId(id)])));
    return rows.map(({ entry }) => entry).filter((entry) => entry.id === id);
  }

  /** The live entries that were folded in, demo runs included, in the order of their lines. */
  async *liveEntries(): AsyncGenerator<LedgerEntry> {
    const repeated = await this.#repairing(() => this.#repeatedIds());
    const end = this.#state.offset;
    for await (const batch of readLines(this.#disk, this.#fileName, {
      start: 0,
      isComplete: () => true,
    })) {
      for (const { start, text } of batch.lines) {
        const entry = start < end && text !== null ? decodeEntry(text) : null;
        if (!entry) continue;
        const lastStarts = repeated.get(hashId(entry.id));
        if (!lastStarts || lastStarts.get(entry.id) === start) yield entry;
      }
    }
  }

  /** Newest live entries among the file's last lines; a superseding line counts as new. */
  async lastEntries(count: number): Promise<readonly LedgerEntry[]> {
    const end = this.#state.offset;
    // Entries have about 600 bytes; with superseding and damaged lines there are still enough.
    const from = Math.max(0, end - 2048 * (count + 4));
    const bytes = await this.#disk.read(this.#fileName, from, end - from);
    const lines = bytes.toString('utf8').split('\n');
    // The first piece is the rest of a line that starts before.
    if (from > 0) lines.shift();
    const entries = new Map<string, LedgerEntry>();
    for (const line of lines.reverse()) {
      const entry = line === '' ? null : decodeEntry(line);
      if (entry && !entries.has(entry.id)) entries.set(entry.id, entry);
      if (entries.size === count) break;
    }
    return [...entries.values()];
  }

  /** For hashes that occur more than once: the start of each id's last line that was folded in. */
  async #repeatedIds(): Promise<ReadonlyMap<number, ReadonlyMap<string, number>>> {
    const end = this.#state.offset;
    const lastStarts = new Map<number, Map<string, number>>();
    const repeated = await this.#index.repeatedHashes();
    for (const { entry, hash, start } of await this.#rowsOf(this.#index, repeated)) {
      if (start >= end) continue;
      lastStarts.set(
        hash,
        (lastStarts.get(hash) ?? new Map<string, number>()).set(entry.id, start),
      );
    }
    return lastStarts;
  }

  async #fold(state: RollupState, index: IdIndex, part: Part): Promise<void> {
    const { rows, end } = part;
    const latest = await this.#earlierEntries(index, rows);
    const print = await this.#printAt(end);
    // From here to the offset nothing waits and nothing fails: sums and offset change together.
    for (const { entry } of rows) {
      const superseded = latest.get(entry.id);
      if (superseded) state.cells.subtract(this.#dayOf(superseded), superseded);
      state.cells.add(this.#dayOf(entry), entry);
      latest.set(entry.id, entry);
      noteOpen(state, entry);
      this.#onEntry(entry);
    }
    const indexing = index.append(rows);
    state.lines = index.count;
    state.indexPrint = index.print;
    state.unreadable += part.unreadable;
    state.offset = end;
    state.print = print;
    await indexing;
  }

  /** The entries of earlier lines that these rows supersede, by id. */
  async #earlierEntries(index: IdIndex, rows: readonly Row[]): Promise<Map<string, LedgerEntry>> {
    const ids = new Set(rows.map(({ entry }) => entry.id));
    const earlier = await this.#rowsOf(index, new Set(rows.map(({ hash }) => hash)));
    return new Map(
      earlier.filter(({ entry }) => ids.has(entry.id)).map(({ entry }) => [entry.id, entry]),
    );
  }

  /**
   * The indexed lines whose ids have one of `hashes`, in the order of the file.
   * @throws DamagedIndexError when one of them is not what was indexed: it would be counted twice.
   */
  async #rowsOf(index: IdIndex, hashes: ReadonlySet<number>): Promise<readonly Row[]> {
    const records = await index.find(hashes);
    const starts = records.map(({ start }) => start);
    const lines = await readLinesAt(this.#disk, this.#fileName, starts);
    for (const { start, check } of records) {
      if (hashLine(lines.get(start) ?? '') !== check) throw new DamagedIndexError();
    }
    return decodeLines([...lines].map(([start, text]) => ({ start, text })));
  }

  #indexOf(state: RollupState): IdIndex {
    return new IdIndex(this.#disk, this.#indexName, state);
  }

  #dayOf(entry: LedgerEntry): number {
    return localDay(Date.parse(entry.at), this.#zone);
  }

  /** Whether the file still starts with what `state` was made from, judged by its last bytes. */
  async #fits(state: RollupState): Promise<boolean> {
    const size = (await this.#disk.size(this.#fileName)) ?? 0;
    return size >= state.offset && (await this.#printAt(state.offset)) === state.print;
  }

  async #printAt(offset: number): Promise<number> {
    const start = Math.max(0, offset - PRINT_BYTES);
    const bytes = await this.#disk.read(this.#fileName, start, offset - start);
    return hashId(bytes.toString('latin1'));
  }
}

function decodeLines(lines: readonly Line[]): Row[] {
  const rows: Row[] = [];
  for (const { start, text } of lines) {
    const entry = text === null ? null : decodeEntry(text);
    if (text === null || !entry) continue;
    rows.push({ entry, hash: hashId(entry.id), start, check: hashLine(text) });
  }
  return rows;
}

function noteOpen(state: RollupState, entry: LedgerEntry): void {
  const isOpen = entry.cost_nano_usd === null && entry.generation_id !== null && !entry.demo;
  if (isOpen) state.open.set(entry.id, Date.parse(entry.at));
  else state.open.delete(entry.id);
}
