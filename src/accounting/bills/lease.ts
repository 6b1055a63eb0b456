import type { Clock } from '../../common/clock';
import { parseRecord, readCount, readString } from '../../common/json';
import type { LedgerDisk } from '../disk';

/**
 * Lets one window at a time do a job that is harmless, but wasteful, when two do it: at the moment
 * at which an old lease runs out two windows may both believe that they have it.
 */
export class Lease {
  readonly #disk: LedgerDisk;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #holder: string;

  constructor(options: {
    readonly disk: LedgerDisk;
    readonly clock: Clock;
    readonly name: string;
    /** Unique among all windows. */
    readonly holder: string;
  }) {
    this.#disk = options.disk;
    this.#clock = options.clock;
    this.#name = options.name;
    this.#holder = options.holder;
  }

  /** Takes or extends the lease. @returns whether this window has it now. */
  async acquire(durationMs: number): Promise<boolean> {
    const now = this.#clock.now();
    const current = await this.#read();
    const isFree = !current || current.untilMs <= now || current.untilMs > now + 10 * durationMs;
    if (!isFree && current.holder !== this.#holder) return false;
    const lease = { holder: this.#holder, untilMs: now + durationMs };
    await this.#disk.replace(this.#name, JSON.stringify(lease));
    return (await this.#read())?.holder === this.#holder;
  }

  async release(): Promise<void> {
    if ((await this.#read())?.holder === this.#holder) await this.#disk.remove(this.#name);
  }

  async #read(): Promise<{ readonly holder: string; readonly untilMs: number } | null> {
    const row = parseRecord(await this.#disk.readText(this.#name));
    const holder = readString(row?.['holder']);
    const untilMs = readCount(row?.['untilMs']);
    return holder === null || untilMs === null ? null : { holder, untilMs };
  }
}
