import { randomUUID } from 'node:crypto';
import type { Hold } from '../accounting/budget/hold';
import { type PlannedRun, entryFromRecord } from '../accounting/ledger/entryFromRecord';
import { isLedgerWriteError } from '../accounting/ledger/appendLine';
import type { Ledger } from '../accounting/ledger/ledger';
import type { LedgerEntry } from '../accounting/ledger/ledgerEntry';
import { resolveWorker } from '../delegation/plan/worker';
import type { RunResult } from '../delegation/run/run';
import type { BatchJob } from './job';
import type { Journal } from './journal/journal';
import type { Accounts, Purpose } from './produce/accounts';

/**
 * What a hold on the budgets stands for while a batch is under way.
 *
 * @param id the batch's.
 */
export function heldRun(
  { task, settings }: BatchJob,
  id: string,
  given: Pick<PlannedRun, 'startedAtMs' | 'project' | 'demo'>,
): PlannedRun {
  const { protocol, orchestratorModel, workerModel } = settings;
  return {
    // A batch that goes on holds once more.
    id: `batch-${id}-${randomUUID()}`,
    route: task.id,
    protocol,
    routing: 'delegated',
    orchestratorModel,
    workerModel,
    didEnableDelegation: true,
    directEstimateNanoUsd: null,
    requests: 0,
    ...given,
  };
}

/**
 * Takes bills into a batch that became known while no process had it open: the ledger knows them.
 *
 * @param atMs times of which the months of the ledger are looked into.
 */
export async function settleFromLedger(
  journal: Journal,
  ledger: Pick<Ledger, 'history'>,
  atMs: readonly number[],
): Promise<void> {
  for (const run of [...journal.state.open.keys()]) {
    for (const time of atMs) {
      const cost = (await ledger.history(run, time)).at(-1)?.cost_nano_usd ?? null;
      if (cost === null) continue;
      await journal.add({ t: 'paid', run, cost });
      break;
    }
  }
}

export interface BooksOptions {
  readonly hold: Hold;
  readonly job: BatchJob;
  readonly isDemo: boolean;
  /** Hears of each line, for the routing log. */
  readonly onEntry?: (entry: LedgerEntry) => void;
  /** Told when a line is in memory only, because the disk refuses it. */
  readonly onLedgerProblem?: () => void;
}

/** Books each request of a batch as a ledger line of its own, out of what the batch holds. */
export function ledgerAccounts(options: BooksOptions): Accounts {
  const { hold, job, isDemo, onEntry, onLedgerProblem } = options;
  const pair = {
    orchestratorModel: job.settings.orchestratorModel,
    workerModel: resolveWorker(job.settings, job.task).model,
    route: job.task.id,
  };
  /** No matter who was asked, the line names the batch's task and its pair of models. */
  const named = ({ isWorkerAlone, directNanoUsd, identity }: Purpose): typeof identity => ({
    ...identity,
    ...pair,
    routing: isWorkerAlone ? 'worker-first' : identity.routing,
    directEstimateNanoUsd: directNanoUsd,
  });
  const entryOf = ({ record }: RunResult, purpose: Purpose): LedgerEntry | null =>
    record.wasSent ? entryFromRecord({ ...record, ...named(purpose) }, { demo: isDemo }) : null;
  return {
    book: async (purpose) => {
      const { didEnableDelegation, ceilingNanoUsd } = purpose;
      const run = { ...named(purpose), didEnableDelegation, requests: 1, demo: isDemo };
      const held = await hold.reserve(run, ceilingNanoUsd);
      let noted: Promise<void> = Promise.resolve();
      return {
        noteGenerationId: (id) => {
          noted = held.noteGenerationId(id).catch(() => undefined);
        },
        settle: async (result) => {
          await noted;
          const entry = entryOf(result, purpose);
          if (entry) onEntry?.(entry);
          try {
            await held.settle(entry);
          } catch (error) {
            if (!isLedgerWriteError(error)) throw error;
            onLedgerProblem?.();
          }
        },
      };
    },
  };
}
