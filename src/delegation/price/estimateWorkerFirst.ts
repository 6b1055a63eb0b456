import { tokenCostNanoUsd } from '../../catalog/pricing';
import type { NanoUsd } from '../../common/money';
import type { TokenRange } from '../../text/tokens';
import type { PlannedTask } from '../plan/plan';
import type { RouteEstimate } from '../run/run';
import { thinkingOf, workerCeiling } from './estimate';
import type { RateRange, Rates } from './rates';

export interface WorkersEstimateInput {
  readonly tasks: readonly PlannedTask[];
  /** Tokens of each request to a worker, in the order of `tasks`. */
  readonly promptTokens: readonly TokenRange[];
  readonly worker: RateRange;
  /** Nested tool calls that a worker may make; 0 without tools. */
  readonly nestedCalls: number;
}

/** Prices asking the workers alone, once for each task. */
export function estimateWorkers(input: WorkersEstimateInput): RouteEstimate {
  const { tasks, promptTokens, worker, nestedCalls } = input;
  const sum = (bound: keyof TokenRange, rates: Rates): NanoUsd =>
    tasks.reduce((total, task, index) => {
      const own = task.answerTokens[bound] + thinkingOf([task], bound);
      const answer = Math.min(own, task.maxCompletionTokens);
      return (
        total +
        tokenCostNanoUsd(promptTokens[index]?.[bound] ?? 0, rates.prompt) +
        tokenCostNanoUsd(answer, rates.completion) +
        rates.request
      );
    }, 0);
  return {
    lowNanoUsd: sum('low', worker.low),
    expectedNanoUsd: sum('expected', worker.expected),
    highNanoUsd: sum('high', worker.high),
    ceilingNanoUsd: tasks.reduce(
      (total, { maxCompletionTokens }, index) =>
        total +
        workerCeiling(promptTokens[index]?.high ?? 0, maxCompletionTokens, {
          rates: worker.high,
          nestedCalls,
        }),
      0,
    ),
  };
}

/**
 * Prices worker first: expected is one answer that is proven; at the worst the workers answer twice
 * and the delegated run, or null where there is none, comes after them.
 */
export function estimateWorkerFirst(
  first: RouteEstimate,
  again: RouteEstimate,
  delegated: RouteEstimate | null,
): RouteEstimate {
  return {
    lowNanoUsd: first.lowNanoUsd,
    expectedNanoUsd: first.expectedNanoUsd,
    highNanoUsd: first.highNanoUsd + again.highNanoUsd + (delegated?.highNanoUsd ?? 0),
    ceilingNanoUsd: first.ceilingNanoUsd + again.ceilingNanoUsd + (delegated?.ceilingNanoUsd ?? 0),
  };
}
