import { DelegateError } from '../../common/delegateError';
import type { Accounts, Purpose } from '../../batch/produce/accounts';
import type { BudgetGate } from '../../editor/run/budgetGate';
import type { RunBook } from '../../editor/run/runBook';

const COMPARE_ROUTE = 'compareWorkers';

/** Books each request of a comparison as a run of its own, within the budgets of all windows. */
export function compareAccounts(
  { budget, book }: { readonly budget: BudgetGate; readonly book: RunBook },
  { orchestratorModel, isDemo }: { readonly orchestratorModel: string; readonly isDemo: boolean },
): Accounts {
  /** A candidate is asked alone, as the model of an ordinary request; the line says that it is a worker. */
  const named = ({ identity, isWorkerAlone }: Purpose): typeof identity => ({
    ...identity,
    route: COMPARE_ROUTE,
    directEstimateNanoUsd: null,
    ...(isWorkerAlone && {
      orchestratorModel,
      workerModel: identity.orchestratorModel,
      routing: 'worker-first' as const,
    }),
  });
  return {
    book: async (purpose) => {
      const { didEnableDelegation, ceilingNanoUsd } = purpose;
      const planned = { ...named(purpose), didEnableDelegation, requests: 1, demo: isDemo };
      const granted = await budget.reserve(planned, ceilingNanoUsd);
      if (granted instanceof DelegateError) throw granted;
      return {
        noteGenerationId: (id) => void granted.noteGenerationId(id),
        settle: (result) =>
          book.settle(
            { ...result, record: { ...result.record, ...named(purpose) } },
            granted,
            isDemo,
          ),
      };
    },
  };
}
