import type { CatalogModel, ModelLookup, ModelPricing } from '../catalog/model';
import type { TaskDefinition } from '../tasks/task';

/**
 * A recipe comes from the workspace, so its worker may cost less than the user's, never more: a
 * model that is dearer in any price, or whose prices are not known, is left out.
 *
 * @param ownModel the user's worker model for this task.
 * @returns the task to run, and the model that was left out; null when none was.
 */
export function withAffordableWorker(
  task: TaskDefinition,
  ownModel: string,
  models: ModelLookup,
): { readonly task: TaskDefinition; readonly refusedModel: string | null } {
  const asked = task.worker?.model;
  if (asked === undefined || asked === ownModel) return { task, refusedModel: null };
  const [own, wanted] = [models.find(ownModel), models.find(asked)];
  if (own && wanted && costsNoMore(wanted, own)) return { task, refusedModel: null };
  const worker = Object.entries(task.worker ?? {}).filter(([field]) => field !== 'model');
  return { task: { ...task, worker: Object.fromEntries(worker) }, refusedModel: asked };
}

/** Prices that a run always pays; others are unknown as often as not. */
const PRICES = ['promptNanoPerMillion', 'completionNanoPerMillion'] as const;
/** Prices that most models do not have. */
const EXTRA_PRICES = ['requestNano', 'webSearchNano'] as const;

function costsNoMore({ pricing: wanted }: CatalogModel, { pricing: own }: CatalogModel): boolean {
  const isKnown = PRICES.every((key) => wanted[key] !== null && own[key] !== null);
  return (
    isKnown &&
    [...PRICES, ...EXTRA_PRICES].every((key) => (wanted[key] ?? 0) <= (own[key] ?? 0)) &&
    dearest(wanted).every((price, index) => price <= (dearest(own)[index] ?? 0))
  );
}

/** Prompt and completion at their worst: long prompts and busy hours may cost more. */
function dearest({ overrides, ...base }: ModelPricing): number[] {
  return PRICES.map((key) =>
    Math.max(base[key] ?? 0, ...overrides.map((override) => override[key] ?? 0)),
  );
}
