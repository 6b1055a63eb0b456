import type { Hold } from '../accounting/budget/hold';
import { entryFromRecord } from '../accounting/ledger/entryFromRecord';
import { isLedgerWriteError } from '../accounting/ledger/appendLine';
import type { LedgerEntry } from '../accounting/ledger/ledgerEntry';
import { resolveWorker } from '../delegation/plan/worker';
import type { RunResult } from '../delegation/run/run';
import type { BatchJob } from './job';
import type { Accounts, Purpose } from './produce/accounts';

export interface BooksOptions {
  readonly hold: Hold;
  readonly job: BatchJob;
  readonly isDemo: boolean;
  /** Told when a line is in memory only, because the disk refuses it. */
  readonly onLedgerProblem?: () => void;
}

/** Books each request of a batch as a ledger line of its own, out of what the batch holds. */
export function ledgerAccounts({ hold, job, isDemo, onLedgerProblem }: BooksOptions): Accounts {
  const models = {
    orchestratorModel: job.settings.orchestratorModel,
    workerModel: resolveWorker(job.settings, job.task).model,
  };
  return {
    book: async (purpose) => {
      const { request, ceilingNanoUsd, startedAtMs } = purpose;
      const held = await hold.reserve(
        {
          id: request.id,
          route: job.task.id,
          protocol: request.settings.protocol,
          routing: purpose.prepared.routing,
          ...models,
          didEnableDelegation: purpose.prepared.routing === 'delegated',
          startedAtMs,
          directEstimateNanoUsd: purpose.directNanoUsd,
          demo: isDemo,
        },
        ceilingNanoUsd,
      );
      let noted: Promise<void> = Promise.resolve();
      return {
        noteGenerationId: (id) => {
          noted = held.noteGenerationId(id).catch(() => undefined);
        },
        settle: async (result) => {
          await noted;
          try {
            await held.settle(entryOf(result, purpose));
          } catch (error) {
            if (!isLedgerWriteError(error)) throw error;
            onLedgerProblem?.();
          }
        },
      };
    },
  };

  function entryOf({ record }: RunResult, purpose: Purpose): LedgerEntry | null {
    if (!record.wasSent) return null;
    // Whoever was asked, the line names the batch's task and its pair of models.
    const named = { ...record, route: job.task.id, ...models };
    return entryFromRecord(named, { demo: isDemo, directEstimateNanoUsd: purpose.directNanoUsd });
  }
}
