import type { CatalogModel } from '../../catalog/model';
import type { SubagentToolEntry } from '../../openrouter/wire';
import { type PlannedTask, planTasks } from '../plan/plan';
import { type ResolvedWorker, resolveWorker } from '../plan/worker';
import type { PromptParts } from '../request/prompts';
import { workerEntry } from '../request/workerEntry';
import { RefusalError } from '../run/runErrors';
import { checkWorker } from './checks';
import { promptParts } from './promptParts';
import type { RouteContext } from './route';

/** What workers are to do, no matter who asks them: the orchestrator, or we ourselves. */
export interface WorkerPlan {
  readonly parts: PromptParts;
  readonly worker: ResolvedWorker;
  readonly workerModel: CatalogModel | null;
  readonly tasks: readonly PlannedTask[];
  /** One for each task, with its part of the selection pinned. */
  readonly entries: readonly SubagentToolEntry[];
}

/** Cuts a job into tasks for workers and writes their instructions; or says why it cannot be. */
export function planWorkers(context: RouteContext): WorkerPlan | RefusalError {
  const { request, ports } = context;
  const { settings, task } = request;
  const worker = resolveWorker(settings, task);
  const refusal = checkWorker(worker);
  if (refusal) return refusal;
  const workerModel = ports.models.find(worker.model);
  const tasks = planTasks(request, worker, workerModel?.maxCompletionTokens ?? null);
  if (tasks instanceof RefusalError) return tasks;
  const parts = promptParts(context);
  return {
    parts,
    worker,
    workerModel,
    tasks,
    entries: tasks.map((planned) => workerEntry(planned, { worker, workerModel, parts })),
  };
}
