import { asRecord, parseRecord, readCount } from '../../common/json';
import type { LedgerDisk } from '../disk';

/** How far looking up one run's cost has come. */
export interface LookUp {
  /** Answers "not known" so far; failures of the network are not counted. */
  readonly attempts: number;
  readonly nextAtMs: number;
}

const NAME = 'lookups.json';

/** Keeps look-ups across restarts; written by the window that holds the lease. */
export class LookUpState {
  readonly #disk: LedgerDisk;

  constructor(disk: LedgerDisk) {
    this.#disk = disk;
  }

  /** A state that cannot be read is empty: the look-ups start again, which costs a few requests. */
  async read(): Promise<Map<string, LookUp>> {
    const rows = Object.entries(parseRecord(await this.#disk.readText(NAME)) ?? {});
    const state = new Map<string, LookUp>();
    for (const [id, value] of rows) {
      const attempts = readCount(asRecord(value)?.['attempts']);
      const nextAtMs = readCount(asRecord(value)?.['nextAtMs']);
      if (attempts !== null && nextAtMs !== null) state.set(id, { attempts, nextAtMs });
    }
    return state;
  }

  async write(state: ReadonlyMap<string, LookUp>): Promise<void> {
    await this.#disk.replace(NAME, JSON.stringify(Object.fromEntries(state)));
  }
}
