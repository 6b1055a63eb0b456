import type { NanoUsd } from '../../common/money';
import type { RunResult } from '../../delegation/run/run';

/** What a view is told when a run has ended and is booked. */
export interface RunEnded {
  readonly result: RunResult;
  readonly isDemo: boolean;
  /** What worker first would have cost, where that is to be said; it is once a window. */
  readonly workerFirstNanoUsd: NanoUsd | null;
}
