import type { LedgerDisk } from '../disk';
import {
  RUNS_FOLDER,
  type RunFile,
  decodeRunFile,
  encodeRunFile,
  runFileName,
} from './reservationFile';

/** Who looks at run files: this process, and how it tells whether another one is alive. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  isAlive(pid: number): boolean;
}

export interface ListedRun {
  readonly file: RunFile;
  readonly touchedAtMs: number;
}

/** The folder of run files. */
export class RunFiles {
  readonly #disk: LedgerDisk;

  constructor(disk: LedgerDisk) {
    this.#disk = disk;
  }

  /** All run files; one that vanishes meanwhile or makes no sense is left out. */
  async list(): Promise<readonly ListedRun[]> {
    const runs: ListedRun[] = [];
    for (const { name, touchedAtMs } of await this.#disk.list(RUNS_FOLDER)) {
      const file = decodeRunFile(await this.#disk.readText(`${RUNS_FOLDER}/${name}`));
      if (file) runs.push({ file, touchedAtMs });
    }
    return runs;
  }

  async read(id: string): Promise<RunFile | null> {
    return decodeRunFile(await this.#disk.readText(runFileName(id)));
  }

  /** Writes the file whole and starts its lease. The name stays, so that no listing misses it. */
  async write(file: RunFile, nowMs: number): Promise<void> {
    await this.#disk.replace(runFileName(file.run.id), encodeRunFile(file), nowMs);
  }

  /** @returns whether the file was there to be renewed. */
  async renew(id: string, nowMs: number): Promise<boolean> {
    return this.#disk.touch(runFileName(id), nowMs);
  }

  async remove(id: string): Promise<void> {
    await this.#disk.remove(runFileName(id));
  }
}

/** A window renews its runs' leases three times within this time. */
export const LEASE_MS = 120_000;
/** A process of that number that lives may be another one by now. */
const LEASES_OF_LIVING_PROCESS = 10;

/**
 * Whether the window of a run is gone: at once when its process is known to be, else when the lease
 * is over. A time stamp from the future is not a lease either: the clock was set back.
 */
export function isAbandoned(run: ListedRun, self: ProcessIdentity, nowMs: number): boolean {
  const ageMs = Math.abs(nowMs - run.touchedAtMs);
  if (run.file.host !== self.host || run.file.pid === self.pid) return ageMs > LEASE_MS;
  return isDead(run, self) || ageMs > LEASE_MS * LEASES_OF_LIVING_PROCESS;
}

/** Whether the run's process certainly does not exist any more; only known of this machine. */
export function isDead({ file }: ListedRun, self: ProcessIdentity): boolean {
  return file.host === self.host && file.pid !== self.pid && !self.isAlive(file.pid);
}
