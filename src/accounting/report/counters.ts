import { asArray, asRecord, parseRecord, readCount, readString } from '../../common/json';
import type { Clock } from '../../common/clock';
import type { LedgerDisk } from '../disk';
import type { Ledger, Period } from '../ledger/ledger';
import { NO_TOTALS, type Totals, subtractTotals } from '../ledger/totals';

/** What a counter shows: the ledger's totals since the user's last reset of it. */
export interface Counter {
  readonly totals: Totals;
  /** When it was reset; null when it shows the whole period. */
  readonly sinceMs: number | null;
}

/** What was there at a reset. */
interface Baseline {
  readonly atMs: number;
  /** First day of the period that was reset: the next day or month counts from its start again. */
  readonly firstDay: number;
  readonly totals: Totals;
  /** Runs in `totals` whose bill may still come. */
  readonly unknownIds: readonly string[];
}

type StoredPeriod = Exclude<Period, 'session'>;

const FILE_NAME = 'counters.json';
const FORMAT = 1;
const STORED: readonly StoredPeriod[] = ['today', 'month'];

export interface CountersOptions {
  readonly ledger: Ledger;
  /** The ledger's folder: counters belong to this machine, as the ledger does. */
  readonly disk: LedgerDisk;
  readonly clock: Clock;
}

/**
 * The counters of session, today and month, which the user can set back to zero like a trip meter.
 *
 * A reset changes what is shown and nothing else: the ledger keeps every entry, and budgets count
 * what was spent. Resets of today and month hold in all windows of this machine and across
 * restarts, until that day or month is over or the user takes them back; a session's reset ends
 * with the session. A bill that arrives after a reset counts, also when its run was before.
 */
export class Counters {
  readonly #options: CountersOptions;
  readonly #listeners = new Set<() => void>();
  readonly #baselines = new Map<Period, Baseline>();
  #read = '';
  #reading: Promise<void> = Promise.resolve();

  constructor(options: CountersOptions) {
    this.#options = options;
  }

  counter(period: Period): Counter {
    const { ledger } = this.#options;
    const totals = ledger.totals(period);
    const baseline = this.#baselineOf(period);
    // Fewer runs than at the reset: the files have not all been read yet, or someone removed some.
    if (!baseline || totals.runs < baseline.totals.runs) return { totals, sinceMs: null };
    const still = new Set(ledger.unknownIds(period));
    const settled = baseline.unknownIds.filter((id) => !still.has(id)).length;
    const since = subtractTotals(totals, baseline.totals);
    // So there is no such counter: the ledger is another one, or what was kept is damaged.
    const sums = Object.values({ ...since, unknownRuns: 0 });
    if (sums.some((sum) => sum < 0)) return { totals, sinceMs: null };
    return {
      totals: { ...since, unknownRuns: Math.max(0, since.unknownRuns + settled) },
      sinceMs: baseline.atMs,
    };
  }

  /** Lets a counter start from zero now. @throws when the disk does not keep it. */
  async reset(period: Period): Promise<void> {
    const { ledger, clock } = this.#options;
    await ledger.refresh();
    this.#baselines.set(period, {
      atMs: clock.now(),
      firstDay: this.#firstDayOf(period),
      totals: ledger.totals(period),
      unknownIds: ledger.unknownIds(period),
    });
    await this.#keep(period);
  }

  /** Takes a reset back: the counter shows the whole period. @throws as `reset`. */
  async showAll(period: Period): Promise<void> {
    this.#baselines.delete(period);
    await this.#keep(period);
  }

  /**
   * Reads what other windows have reset. One reading follows the other: of two at once the older
   * text could come last, and would stay.
   */
  refresh(): Promise<void> {
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readFile());
    return this.#reading;
  }

  async #readFile(): Promise<void> {
    const text = await this.#options.disk.readText(FILE_NAME).catch(() => this.#read);
    if (text === this.#read) return;
    this.#read = text;
    const saved = decode(text);
    for (const period of STORED) {
      const baseline = saved[period];
      if (baseline) this.#baselines.set(period, baseline);
      else this.#baselines.delete(period);
    }
    this.#notify();
  }

  /** Follows other windows; the returned function ends that. */
  watch(): () => void {
    const look = (): void => void this.refresh();
    const stopWatching = this.#options.disk.watch(look);
    // Not every file system reports changes; the ledger looks by itself from time to time.
    const stopListening = this.#options.ledger.onDidChange(look);
    look();
    return () => {
      stopWatching();
      stopListening();
    };
  }

  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #baselineOf(period: Period): Baseline | null {
    const baseline = this.#baselines.get(period);
    return baseline?.firstDay === this.#firstDayOf(period) ? baseline : null;
  }

  #firstDayOf(period: Period): number {
    return period === 'session' ? 0 : this.#options.ledger.daysOf(period).firstDay;
  }

  async #keep(changed: Period): Promise<void> {
    this.#notify();
    if (changed === 'session') return;
    const text = encode(this.#baselines);
    await this.#options.disk.replace(FILE_NAME, text);
    // Only now: until the file has it, what is read there is older than what is shown.
    this.#read = text;
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function encode(baselines: ReadonlyMap<Period, Baseline>): string {
  const stored = STORED.map((period) => [period, baselines.get(period)]);
  return JSON.stringify({ v: FORMAT, ...Object.fromEntries(stored) });
}

/** What is not what `encode` writes counts as not reset. */
function decode(text: string): Partial<Record<StoredPeriod, Baseline>> {
  const file = parseRecord(text);
  if (file?.['v'] !== FORMAT) return {};
  const found: Partial<Record<StoredPeriod, Baseline>> = {};
  for (const period of STORED) {
    const baseline = readBaseline(file[period]);
    if (baseline) found[period] = baseline;
  }
  return found;
}

function readBaseline(value: unknown): Baseline | null {
  const row = asRecord(value);
  const atMs = readCount(row?.['atMs']);
  const firstDay = readCount(row?.['firstDay']);
  const totals = readTotals(row?.['totals']);
  if (!row || atMs === null || firstDay === null || !totals) return null;
  const ids = asArray(row['unknownIds']).map(readString);
  return { atMs, firstDay, totals, unknownIds: ids.filter((id) => id !== null) };
}

function readTotals(value: unknown): Totals | null {
  const row = asRecord(value);
  const columns = Object.keys(NO_TOTALS) as (keyof Totals)[];
  const pairs = columns.map((column) => [column, readCount(row?.[column])] as const);
  if (pairs.some(([, count]) => count === null)) return null;
  return Object.fromEntries(pairs) as unknown as Totals;
}
