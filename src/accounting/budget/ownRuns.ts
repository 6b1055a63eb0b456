import type { Clock } from '../../common/clock';
import { generationIdsOf } from '../ledger/entryFromRecord';
import type { Ledger } from '../ledger/ledger';
import type { LedgerEntry } from '../ledger/ledgerEntry';
import { isBeingLookedUp } from './lostRuns';
import type { RunFile } from './reservationFile';
import { LEASE_MS, type RunFiles } from './reservationFolder';

/** This window's runs, each with a file whose lease is renewed until the run is accounted for. */
export class OwnRuns {
  readonly #files: RunFiles;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  /** Runs that have a file, or would have one. */
  readonly #runs = new Map<string, RunFile>();
  /** Ended runs whose lines the disk has not taken. */
  readonly #unwritten = new Map<string, LedgerEntry>();
  #filing: Promise<unknown> = Promise.resolve();
  #cancelRenewal: (() => void) | null = null;

  constructor(
    files: RunFiles,
    { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock },
  ) {
    this.#files = files;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  get all(): Iterable<RunFile> {
    return this.#runs.values();
  }

  has(id: string): boolean {
    return this.#runs.has(id);
  }

  /** Writes a run's file with a change; nothing when the run has ended. */
  async change(id: string, change: (file: RunFile) => RunFile): Promise<void> {
    const file = this.#runs.get(id);
    if (file) await this.write(change(file));
  }

  /** Keeps the id by which a run's cost can be looked up. */
  async noteGenerationId(id: string, generationId: string): Promise<void> {
    const file = this.#runs.get(id);
    const known = generationIdsOf(file?.generationId ?? null);
    if (!file || known.includes(generationId)) return;
    await this.write({ ...file, generationId: [...known, generationId].join(' ') });
  }

  /**
   * Ends a run, see `Reservation.settle`.
   * @param beforeFree what must be on the disk between the ledger line and the freed ceiling.
   */
  async settle(
    id: string,
    entry: LedgerEntry | null,
    beforeFree?: () => Promise<void>,
  ): Promise<void> {
    // A failing append keeps the file and its lease, so that the run is not lost with this window.
    if (entry) this.#unwritten.set(id, entry);
    if (entry) await this.#ledger.append(entry);
    await beforeFree?.();
    await this.#finish(id, entry);
  }

  async #finish(id: string, entry: LedgerEntry | null): Promise<void> {
    this.#unwritten.delete(id);
    const file = this.#runs.get(id);
    if (!file || !entry || !isBeingLookedUp(entry)) {
      await this.drop(id);
      return;
    }
    await this.write({ ...file, state: 'settling', generationId: entry.generation_id });
    this.#runs.delete(id);
  }

  /** Writes a run's file. @returns whether other windows can see it. */
  async write(file: RunFile): Promise<boolean> {
    this.#runs.set(file.run.id, file);
    this.#scheduleRenewal();
    return this.#inTurn(() => this.#files.write(file, this.#clock.now()));
  }

  async drop(id: string): Promise<void> {
    this.#runs.delete(id);
    await this.#inTurn(() => this.#files.remove(id));
  }

  /**
   * One change after the other: a file that is being written when its run ends must not come back.
   * @returns whether the disk took it.
   */
  async #inTurn(change: () => Promise<void>): Promise<boolean> {
    const filing = this.#filing.then(change);
    this.#filing = filing.catch(() => undefined);
    return filing.then(
      () => true,
      () => false,
    );
  }

  #scheduleRenewal(): void {
    this.#cancelRenewal ??= this.#clock.after(LEASE_MS / 3, () => {
      this.#cancelRenewal = null;
      void this.#renew();
    });
  }

  async #renew(): Promise<void> {
    for (const id of [...this.#runs.keys()]) {
      const isThere = await this.#files.renew(id, this.#clock.now()).catch(() => true);
      // A file that another window took for abandoned comes back, because its run goes on.
      const file = this.#runs.get(id);
      if (!isThere && file) await this.write(file);
    }
    const waiting = new Set(this.#ledger.waitingEntries.map(({ id }) => id));
    for (const [id, entry] of [...this.#unwritten]) {
      if (!waiting.has(id)) await this.#finish(id, entry);
    }
    if (this.#runs.size > 0) this.#scheduleRenewal();
  }

  /** Stops renewing leases. Runs that are not settled become lost runs for the next window. */
  dispose(): void {
    this.#cancelRenewal?.();
    this.#cancelRenewal = null;
  }
}
