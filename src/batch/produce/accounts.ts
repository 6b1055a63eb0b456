import type { NanoUsd } from '../../common/money';
import type { PreparedRun } from '../../delegation/route/route';
import type { RunRequest, RunResult } from '../../delegation/run/run';

/** One request of a batch as its account keeps it until it is settled. */
export interface Booking {
  /** Keeps the id by which the cost can be looked up, should this process be killed. */
  noteGenerationId(generationId: string): void;
  /** Writes the ledger line, if one is owed, and frees what was reserved. */
  settle(result: RunResult): Promise<void>;
}

/** What a request of a batch is for; the ledger tells them apart by it. */
export interface Purpose {
  readonly request: RunRequest;
  readonly prepared: PreparedRun;
  readonly ceilingNanoUsd: NanoUsd;
  readonly startedAtMs: number;
  /** What the same answer would cost of the orchestrator alone; null where there is no such way. */
  readonly directNanoUsd: NanoUsd | null;
  /** Whether the worker is asked alone, by an ordinary request. */
  readonly isWorkerAlone: boolean;
}

/** The books: every request that is sent gets its line, whatever happens to this process. */
export interface Accounts {
  book(purpose: Purpose): Promise<Booking>;
}
