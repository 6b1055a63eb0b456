import type { NanoUsd } from '../../common/money';
import type { PlannedSpending } from '../../delegation/ports';
import type { RunResult } from '../../delegation/run/run';

/** One request of a batch as its account keeps it until it is settled. */
export interface Booking {
  /** Keeps the id by which the cost can be looked up, should this process be killed. */
  noteGenerationId(generationId: string): void;
  /** Writes the ledger line, if one is owed, and frees what was reserved. */
  settle(result: RunResult): Promise<void>;
}

/** What a request of a batch is for; the ledger tells them apart by it. */
export interface Purpose extends Pick<PlannedSpending, 'identity' | 'didEnableDelegation'> {
  readonly ceilingNanoUsd: NanoUsd;
  /** What the same answer would cost of the orchestrator alone; null where there is no such way. */
  readonly directNanoUsd: NanoUsd | null;
  /** Whether the worker is asked alone, by an ordinary request. */
  readonly isWorkerAlone: boolean;
}

/** The books: every request that is sent gets its line, whatever happens to this process. */
export interface Accounts {
  book(purpose: Purpose): Promise<Booking>;
}
