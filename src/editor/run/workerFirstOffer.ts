import type { NanoUsd } from '../../common/money';
import type { RunResult } from '../../delegation/run/run';

/** Worth a word only where it would have cost at most half. */
const WORTH_FACTOR = 2;

/** What is known of a run besides its result. */
export interface OfferFacts {
  readonly isDemo: boolean;
  /** Whether the user can take it up and has not said already how the task is to be done. */
  readonly isWanted: boolean;
}

/** Says once a window what worker first would have cost, after a run that it could have done. */
export class WorkerFirstOffer {
  #isMade = false;

  /** @returns what it would have cost; null where there is nothing to say, or it was said before. */
  take(result: RunResult, { isDemo, isWanted }: OfferFacts): NanoUsd | null {
    // What is set in a demo would stay after it.
    if (this.#isMade || isDemo || !isWanted) return null;
    const nanoUsd = cheaperBy(result);
    this.#isMade = nanoUsd !== null;
    return nanoUsd;
  }
}

function cheaperBy({ status, record, workerFirstEstimateNanoUsd }: RunResult): NanoUsd | null {
  const cost = record.usage?.costNanoUsd ?? null;
  const isOther = status === 'completed' && record.routing !== 'worker-first';
  if (!isOther || cost === null || workerFirstEstimateNanoUsd === null) return null;
  return cost >= WORTH_FACTOR * workerFirstEstimateNanoUsd ? workerFirstEstimateNanoUsd : null;
}
