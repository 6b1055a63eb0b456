import type { NanoUsd } from '../../common/money';
import type { PlannedRun } from '../ledger/entryFromRecord';
import type { LedgerEntry } from '../ledger/ledgerEntry';

/** What a hold asks of the folder of run files. */
export interface HoldFiles {
  /** Has other windows see what is left. */
  keep(leftNanoUsd: NanoUsd): Promise<void>;
  release(): Promise<void>;
  /** Writes the file of a run. @returns what ends it, see `Reservation.settle`. */
  reserve(
    run: PlannedRun,
    ceilingNanoUsd: NanoUsd,
  ): Promise<(entry: LedgerEntry | null, beforeFree: () => Promise<void>) => Promise<void>>;
  noteGenerationId(id: string, generationId: string): Promise<void>;
}

/** A run that was reserved out of a hold. */
export interface HeldRun {
  noteGenerationId(generationId: string): Promise<void>;
  settle(entry: LedgerEntry | null): Promise<void>;
}

/**
 * The limit of a batch, reserved in all windows at once.
 *
 * At every moment what is held, what the batch's runs have reserved and what they cost add up to the
 * limit or more, never to less: a run's own file is written before the hold shrinks, and its ledger
 * line and the hold's new amount before its file goes. So no other window is granted what the batch
 * may still need, and what it does not use is given back.
 */
export class Hold {
  readonly #files: HoldFiles;
  #left: NanoUsd;

  constructor(limitNanoUsd: NanoUsd, files: HoldFiles) {
    this.#files = files;
    this.#left = limitNanoUsd;
  }

  /** What no run has reserved or cost. */
  get leftNanoUsd(): NanoUsd {
    return Math.max(0, this.#left);
  }

  async reserve(run: PlannedRun, ceilingNanoUsd: NanoUsd): Promise<HeldRun> {
    const settle = await this.#files.reserve(run, ceilingNanoUsd);
    await this.#change(-ceilingNanoUsd);
    return {
      noteGenerationId: (generationId) => this.#files.noteGenerationId(run.id, generationId),
      settle: (entry) => {
        // With an unknown cost the ceiling stays reserved by the run's own file.
        const cost = entry === null ? 0 : (entry.cost_nano_usd ?? ceilingNanoUsd);
        return settle(entry, () => this.#change(ceilingNanoUsd - cost));
      },
    };
  }

  /** Gives back what is left. */
  async release(): Promise<void> {
    await this.#files.release();
  }

  async #change(byNanoUsd: NanoUsd): Promise<void> {
    this.#left += byNanoUsd;
    await this.#files.keep(this.leftNanoUsd);
  }
}
