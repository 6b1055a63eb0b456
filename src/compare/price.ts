import type { ModelLookup } from '../catalog/model';
import type { BatchJob } from '../batch/job';
import type { NanoUsd } from '../common/money';
import { prepareRun } from '../delegation/route/prepare';
import { RefusalError } from '../delegation/run/runErrors';
import { ROUND } from './comparison';
import type { Place } from './place';
import { candidateRequest } from './requests';

/**
 * What the first round is expected to cost, from list prices; rounds after it, and comparing answers,
 * are held by the limit.
 *
 * @returns null when the price of a candidate is not known: then it cannot be limited.
 */
export function firstRoundNanoUsd(
  {
    job,
    models,
    places,
  }: {
    readonly job: BatchJob;
    readonly models: readonly string[];
    readonly places: readonly Place[];
  },
  lookup: { readonly models: ModelLookup; readonly nowMs: number },
): NanoUsd | null {
  let sum = 0;
  for (const model of models) {
    for (const place of places.slice(0, ROUND)) {
      const prepared = prepareRun(candidateRequest('price', { job, model }, place), {
        models: lookup.models,
        random: () => 0,
        nowMs: lookup.nowMs,
      });
      if (prepared instanceof RefusalError || prepared.estimate === null) return null;
      sum += prepared.estimate.expectedNanoUsd;
    }
  }
  return sum;
}
