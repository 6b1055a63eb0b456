import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BudgetPolicy } from '../../../../src/accounting/budget/budget';
import { type PlannedRun, entryOfLostRun } from '../../../../src/accounting/ledger/entryFromRecord';
import type { LedgerDisk } from '../../../../src/accounting/disk';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import type { LedgerEntry } from '../../../../src/accounting/ledger/ledgerEntry';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { Reservations } from '../../../../src/accounting/budget/reservations';
import type { ProcessIdentity } from '../../../../src/accounting/budget/reservationFolder';
import { ManualClock } from '../../../support/manualClock';
import { plannedRun, readJsonLines, temporaryFolder } from './ledgerFixtures';

const NOON = '2026-03-14T12:00:00.000Z';
const utc = (): number => 0;
export const CENT = 10_000_000;
export const policy: BudgetPolicy = {
  perRunNanoUsd: 0,
  dailyNanoUsd: 10 * CENT,
  monthlyNanoUsd: 0,
  action: 'block',
};

/** Waits of the code under test pass at once, everything else stands still. */
class HurryingClock extends ManualClock {
  override after(delayMs: number, callback: () => void): () => void {
    if (delayMs >= 1000) return super.after(delayMs, callback);
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  }
}

/** A window: its ledger and its reservations on one disk. */
export interface Window {
  readonly ledger: Ledger;
  readonly reservations: Reservations;
  readonly disk: LedgerDisk;
}

/** Windows that share one folder, in which each test of a suite starts again. */
export class ReservationStage {
  readonly clock = new HurryingClock(NOON);
  readonly folder = temporaryFolder();
  /** Process ids of windows on this machine that live. */
  readonly alive = new Set<number>();

  /** To be made inside a suite, because it sets up its tests. */
  constructor() {
    setup(() => {
      for (const pid of [1, 2, 3]) this.alive.add(pid);
    });
  }

  /** A window on this machine. */
  openWindow(pid: number, disk = nodeDisk(this.folder())): Window {
    return this.#window({ pid, host: 'here', isAlive: (other) => this.alive.has(other) }, disk);
  }

  /** A window on another machine, whose processes nobody here can see. */
  openWindowElsewhere(): Window {
    return this.#window({ pid: 1, host: 'there', isAlive: () => true }, nodeDisk(this.folder()));
  }

  run(fields: Partial<PlannedRun> = {}): PlannedRun {
    return plannedRun({ startedAtMs: this.clock.now(), ...fields });
  }

  endOf(planned: PlannedRun, fields: Partial<LedgerEntry>): LedgerEntry {
    const source = fields.cost_nano_usd == null ? 'unknown' : 'billed';
    return {
      ...entryOfLostRun(planned, null),
      status: 'completed',
      cost_source: source,
      ...fields,
    };
  }

  runFiles(): string[] {
    return readdirSync(join(this.folder(), 'runs'));
  }

  lines(): LedgerEntry[] {
    return readJsonLines(join(this.folder(), '2026-03.jsonl'));
  }

  #window(self: ProcessIdentity, disk: LedgerDisk): Window {
    const { clock } = this;
    const ledger = new Ledger({ disk, clock, zone: utc });
    const random = (): number => 0.5;
    const reservations = new Reservations({ disk, ledger, clock, self, random, zone: utc });
    return { ledger, reservations, disk };
  }
}
