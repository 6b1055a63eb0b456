import type { CatalogModel } from './model';

/** A selection with instructions and its answer; many jobs need less, few routine ones more. */
const USUAL_CONTEXT_TOKENS = 32_000;

export interface WorkerOrder {
  /** Cheapest first; of two that cost the same the one with more context. */
  readonly fitting: readonly CatalogModel[];
  /** What cannot hold a usual job, or has no known price, in the same order. */
  readonly others: readonly CatalogModel[];
}

/**
 * Models as workers, by what a job costs: it reads about as much as it writes.
 *
 * @param maxCompletionTokens how long an answer may become by the settings.
 */
export function workerOrder(
  models: readonly CatalogModel[],
  maxCompletionTokens: number,
): WorkerOrder {
  const sorted = [...models].sort(
    (a, b) =>
      priceOf(a) - priceOf(b) ||
      (b.contextLength ?? 0) - (a.contextLength ?? 0) ||
      (a.id < b.id ? -1 : 1),
  );
  const fits = (model: CatalogModel): boolean =>
    Number.isFinite(priceOf(model)) &&
    (model.contextLength ?? Infinity) >= USUAL_CONTEXT_TOKENS &&
    (model.maxCompletionTokens ?? Infinity) >= maxCompletionTokens;
  return { fitting: sorted.filter(fits), others: sorted.filter((model) => !fits(model)) };
}

/** Infinity for an unknown price, which is not a low one. */
function priceOf({ pricing }: CatalogModel): number {
  const { promptNanoPerMillion, completionNanoPerMillion } = pricing;
  if (promptNanoPerMillion === null || completionNanoPerMillion === null) return Infinity;
  return promptNanoPerMillion + completionNanoPerMillion;
}
