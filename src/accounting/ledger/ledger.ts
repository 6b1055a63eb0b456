import type { Clock } from '../../common/clock';
import type { NanoUsd } from '../../common/money';
import { LedgerWriteError, appendLine } from './appendLine';
import type { Cell } from './cells';
import type { LedgerDisk } from '../disk';
import { encodeEntry } from './entryCodec';
import type { LedgerEntry } from './ledgerEntry';
import {
  type DayRange,
  type ZoneOffset,
  localDay,
  monthAround,
  systemZoneOffset,
  utcMonth,
  utcMonthsOf,
} from './localTime';
import { MonthRollup, monthFileName } from './monthRollup';
import { type Totals, addTotals, sumTotals, totalsOf } from './totals';

export type Period = 'session' | 'today' | 'month';

export interface LedgerOptions {
  /** The folder `ledger` of the extension's global storage. */
  readonly disk: LedgerDisk;
  readonly clock: Clock;
  readonly zone?: ZoneOffset;
}

/** How often the files are looked at when the system reports no changes. */
const POLL_MS = 10_000;
/** Reports of changes come in bursts. */
const SETTLE_MS = 150;
/** The rollup is saved this long after the first change that is not in it. */
const SAVE_DELAY_MS = 2_000;

/**
 * All runs and what they cost: one append-only file of JSON lines per month, `YYYY-MM.jsonl`, where
 * the month is that of the entry's `at` in UTC. A superseding line goes to the same file, because
 * it has the same `at`. Days and months of totals are the user's local ones.
 *
 * Any number of windows and processes may use one folder at once.
 */
export class Ledger {
  readonly #disk: LedgerDisk;
  readonly #clock: Clock;
  readonly #zone: ZoneOffset;
  readonly #rollups = new Map<string, MonthRollup>();
  readonly #listeners = new Set<() => void>();
  /** Entries that are not in a file yet, or not yet counted from there; by id, oldest first. */
  readonly #waiting = new Map<string, LedgerEntry>();
  /** The newest entry of each run of this window, for the session's totals. */
  readonly #session = new Map<string, LedgerEntry>();
  #writing: Promise<unknown> = Promise.resolve();
  #reading: Promise<unknown> = Promise.resolve();
  #cancelSave: (() => void) | null = null;
  #isCounted = false;
  #shownDay = 0;

  constructor(options: LedgerOptions) {
    this.#disk = options.disk;
    this.#clock = options.clock;
    this.#zone = options.zone ?? systemZoneOffset;
  }

  /** Whether `totals` are whole. False until the first `refresh` is through. */
  get isCounted(): boolean {
    return this.#isCounted;
  }

  /** Entries that no file has taken yet. */
  get waitingEntries(): readonly LedgerEntry[] {
    return [...this.#waiting.values()];
  }

  /** Lines of the current month's files that are not entries. */
  get unreadableLines(): number {
    return [...this.#rollups.values()].reduce(
      (sum, { unreadableLines }) => sum + unreadableLines,
      0,
    );
  }

  /** Today's number in local time. */
  today(): number {
    return localDay(this.#clock.now(), this.#zone);
  }

  /** The local days of a period. */
  daysOf(period: 'today' | 'month'): DayRange {
    const today = this.today();
    return period === 'today' ? { firstDay: today, lastDay: today } : monthAround(today);
  }

  /**
   * Writes an entry. It counts in the totals from now on, also when the disk refuses it.
   * @throws LedgerWriteError when it is only in memory; the next call tries again.
   */
  async append(entry: LedgerEntry): Promise<void> {
    this.#waiting.delete(entry.id);
    this.#waiting.set(entry.id, entry);
    this.#session.set(entry.id, entry);
    await this.flush();
  }

  /**
   * Writes a line about a run whose state is on the disk anyway: one that was lost, or whose cost was
   * looked up. When it fails nothing is kept, as the work will be done again, by whatever window.
   * @throws LedgerWriteError
   */
  async appendNow(entry: LedgerEntry): Promise<void> {
    const writing = this.#writing.then(async () => {
      try {
        await appendLine(this.#disk, fileOf(entry), encodeEntry(entry));
      } catch (error) {
        throw new LedgerWriteError(0, error);
      }
      await this.#refreshFilesOf([entry]).catch(() => undefined);
      this.#notify();
    });
    this.#writing = writing.catch(() => undefined);
    await writing;
  }

  /** Writes what is waiting. @throws LedgerWriteError when the disk does not take it. */
  async flush(): Promise<void> {
    const writing = this.#writing.then(() => this.#writeWaiting());
    this.#writing = writing.catch(() => undefined);
    await writing;
  }

  async #writeWaiting(): Promise<void> {
    const written: LedgerEntry[] = [];
    try {
      for (const entry of this.#waiting.values()) {
        await appendLine(this.#disk, fileOf(entry), encodeEntry(entry));
        written.push(entry);
      }
    } catch (error) {
      throw new LedgerWriteError(this.#waiting.size - written.length, error);
    } finally {
      await this.#refreshFilesOf(written).catch(() => undefined);
      for (const entry of written) this.#forget(entry);
      this.#notify();
    }
  }

  /** An entry counts from its file as soon as its line has been read there. */
  #forget(entry: LedgerEntry): void {
    if (this.#waiting.get(entry.id) === entry) this.#waiting.delete(entry.id);
  }

  #onLineRead(entry: LedgerEntry): void {
    const waiting = this.#waiting.get(entry.id);
    if (waiting && encodeEntry(waiting) === encodeEntry(entry)) this.#waiting.delete(entry.id);
    if (this.#session.has(entry.id)) this.#session.set(entry.id, entry);
  }

  /** Reads what other windows have written to the files of the current local month. */
  async refresh(): Promise<void> {
    const didChange = await this.#read(utcMonthsOf(this.daysOf('month'), this.#zone));
    const didDayChange = this.#shownDay !== this.today();
    const isFirst = !this.#isCounted;
    this.#shownDay = this.today();
    this.#isCounted = true;
    if (didChange || didDayChange || isFirst) this.#notify();
  }

  /** Spending of a period as far as it has been read; call `refresh` to read. Never waits. */
  totals(period: Period): Totals {
    if (period === 'session') return sumTotals([...this.#session.values()].map(totalsOf));
    const days = this.daysOf(period);
    let sum = this.#waitingTotals(days);
    for (const month of utcMonthsOf(days, this.#zone)) {
      const cells = this.#rollups.get(month)?.cells.within(days) ?? [];
      for (const cell of cells) sum = addTotals(sum, cell.totals);
    }
    return sum;
  }

  /** What this window's demo runs would have cost: made up, and in none of the totals. */
  demoNanoUsd(): NanoUsd {
    return [...this.#session.values()]
      .filter(({ demo }) => demo)
      .reduce((sum, { cost_nano_usd: cost }) => sum + (cost ?? 0), 0);
  }

  /** Ids of the period's runs whose cost is unknown now but may still become known. */
  unknownIds(period: Period): readonly string[] {
    if (period === 'session') {
      return [...this.#session.values()].filter(isUnknown).map(({ id }) => id);
    }
    const days = this.daysOf(period);
    const read = utcMonthsOf(days, this.#zone).flatMap((month) => [
      ...(this.#rollups.get(month)?.openEntries ?? []),
    ]);
    return [
      ...read.filter(([, atMs]) => this.#isWithin(atMs, days)).map(([id]) => id),
      ...this.#waitingOf(days)
        .filter(isUnknown)
        .map(({ id }) => id),
    ];
  }

  #waitingTotals(days: DayRange): Totals {
    return sumTotals(this.#waitingOf(days).map(totalsOf));
  }

  #waitingOf(days: DayRange): readonly LedgerEntry[] {
    return this.waitingEntries.filter(({ at }) => this.#isWithin(Date.parse(at), days));
  }

  #isWithin(atMs: number, days: DayRange): boolean {
    const day = localDay(atMs, this.#zone);
    return day >= days.firstDay && day <= days.lastDay;
  }

  /** Sums by day, task and models of any days, read again; entries that wait are not in them. */
  async cells(days: DayRange): Promise<readonly Cell[]> {
    const rollups = await this.#rollupsOf(days);
    return rollups.flatMap((rollup) => [...rollup.cells.within(days)]);
  }

  /** Live entries of any days, demo runs included, in the order in which they were written. */
  async *entries(days: DayRange): AsyncGenerator<LedgerEntry> {
    for (const rollup of await this.#rollupsOf(days)) {
      for await (const entry of rollup.liveEntries()) {
        if (this.#isWithin(Date.parse(entry.at), days)) yield entry;
      }
    }
  }

  /** Ids and instants of live real entries of unknown cost that can be looked up. */
  async openEntries(days: DayRange): Promise<ReadonlyMap<string, number>> {
    const rollups = await this.#rollupsOf(days);
    return new Map(rollups.flatMap((rollup) => [...rollup.openEntries]));
  }

  /** All lines of a run, oldest first; the last one is live. */
  async history(id: string, atMs: number): Promise<readonly LedgerEntry[]> {
    const month = utcMonth(atMs);
    await this.#read([month]);
    return (await this.#rollups.get(month)?.history(id)) ?? [];
  }

  /** The newest live entries of this month and the one before, newest first, waiting ones included. */
  async lastEntries(count: number): Promise<readonly LedgerEntry[]> {
    const thisMonth = this.daysOf('month');
    const { firstDay } = monthAround(thisMonth.firstDay - 1);
    const found = new Map(this.waitingEntries.map((entry) => [entry.id, entry]));
    for (const rollup of [...(await this.#rollupsOf({ ...thisMonth, firstDay }))].reverse()) {
      if (found.size >= count) break;
      for (const entry of await rollup.lastEntries(count)) {
        if (!found.has(entry.id)) found.set(entry.id, entry);
      }
    }
    return [...found.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, count);
  }

  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Keeps the totals up to date with what other windows write and with the calendar. What waits in
   * memory is tried again on the way.
   */
  watch(): () => void {
    let cancelTimer: () => void = () => undefined;
    let dueAtMs = Infinity;
    let isOver = false;
    const look = (): void => {
      dueAtMs = Infinity;
      const retry = this.#waiting.size > 0 ? this.flush().catch(() => undefined) : null;
      void Promise.resolve(retry)
        .then(() => this.refresh())
        .catch(() => undefined)
        .finally(() => schedule(POLL_MS));
    };
    const schedule = (delayMs: number): void => {
      const atMs = this.#clock.now() + delayMs;
      // Changes without end must not put a look off without end.
      if (isOver || atMs >= dueAtMs) return;
      cancelTimer();
      dueAtMs = atMs;
      cancelTimer = this.#clock.after(delayMs, look);
    };
    const stopWatching = this.#disk.watch(() => schedule(SETTLE_MS));
    look();
    return () => {
      isOver = true;
      cancelTimer();
      stopWatching();
    };
  }

  /** Saves the rollups; call it when the window closes. */
  async save(): Promise<void> {
    this.#cancelSave?.();
    this.#cancelSave = null;
    await this.#writing;
    await this.#reading;
    for (const rollup of this.#rollups.values()) await rollup.save();
  }

  async #rollupsOf(days: DayRange): Promise<readonly MonthRollup[]> {
    const months = utcMonthsOf(days, this.#zone);
    await this.#read(months);
    return months.flatMap((month) => this.#rollups.get(month) ?? []);
  }

  async #refreshFilesOf(entries: readonly LedgerEntry[]): Promise<void> {
    const months = new Set(entries.map((entry) => utcMonth(Date.parse(entry.at))));
    if (months.size > 0) await this.#read([...months]);
  }

  /** Reads one after the other, so that no line is folded twice. @returns whether sums changed. */
  #read(months: readonly string[]): Promise<boolean> {
    const reading = this.#reading.then(async () => {
      let didChange = false;
      for (const month of months) didChange = (await this.#readMonth(month)) || didChange;
      if (didChange) this.#scheduleSave();
      return didChange;
    });
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  async #readMonth(month: string): Promise<boolean> {
    let rollup = this.#rollups.get(month);
    if (!rollup) {
      const context = {
        disk: this.#disk,
        zone: this.#zone,
        onEntry: (entry: LedgerEntry) => this.#onLineRead(entry),
      };
      rollup = new MonthRollup(month, context);
      await rollup.load();
      this.#rollups.set(month, rollup);
    }
    return rollup.refresh();
  }

  #scheduleSave(): void {
    this.#cancelSave ??= this.#clock.after(SAVE_DELAY_MS, () => {
      this.#cancelSave = null;
      void this.save();
    });
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function isUnknown(entry: LedgerEntry): boolean {
  return entry.cost_nano_usd === null && !entry.demo;
}

function fileOf(entry: LedgerEntry): string {
  return monthFileName(utcMonth(Date.parse(entry.at)));
}
