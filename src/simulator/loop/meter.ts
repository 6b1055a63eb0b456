import type { NanoUsd } from '../../common/money';
import { costOf, type Pricing, type TokenCounts } from '../pricing';

/** One call of a model inside a request, as it was billed. */
export interface StepRecord extends TokenCounts {
  readonly kind: 'orchestrator' | 'worker';
  /** The loop's turn that the call belongs to, from 1. */
  readonly turn: number;
  /** Concrete slug. */
  readonly model: string;
  readonly taskName: string | null;
  readonly reasoningTokens: number;
  readonly finishReason: string;
  readonly promptNanoUsd: NanoUsd;
  readonly completionNanoUsd: NanoUsd;
  readonly costNanoUsd: NanoUsd;
}

/** A sum of steps. */
export interface Spent extends TokenCounts {
  readonly reasoningTokens: number;
  readonly promptNanoUsd: NanoUsd;
  readonly completionNanoUsd: NanoUsd;
}

/** The sum of a request's steps. */
export interface Bill extends Spent {
  /** The orchestrator's part of it. */
  readonly own: Spent;
  /** What the model calls cost, no matter who pays. */
  readonly costNanoUsd: NanoUsd;
  readonly toolCallsRequested: number;
  readonly toolCallsExecuted: number;
}

export type StepInput = Omit<StepRecord, 'promptNanoUsd' | 'completionNanoUsd' | 'costNanoUsd'> & {
  readonly pricing: Pricing;
};

/** Collects the steps of one request. */
export class Meter {
  readonly steps: StepRecord[] = [];
  toolCallsRequested = 0;
  toolCallsExecuted = 0;

  add({ pricing, ...step }: StepInput): void {
    const cost = costOf(pricing, step);
    this.steps.push({ ...step, ...cost, costNanoUsd: cost.promptNanoUsd + cost.completionNanoUsd });
  }

  bill(): Bill {
    return billOf(this.steps, this);
  }
}

/** Sums steps up. */
export function billOf(
  steps: readonly StepRecord[],
  calls: Pick<Bill, 'toolCallsRequested' | 'toolCallsExecuted'>,
): Bill {
  return {
    ...spentOn(steps),
    own: spentOn(steps.filter(({ kind }) => kind === 'orchestrator')),
    costNanoUsd: steps.reduce((total, step) => total + step.costNanoUsd, 0),
    toolCallsRequested: calls.toolCallsRequested,
    toolCallsExecuted: calls.toolCallsExecuted,
  };
}

function spentOn(steps: readonly StepRecord[]): Spent {
  const sum = (read: (step: StepRecord) => number): number =>
    steps.reduce((total, step) => total + read(step), 0);
  return {
    promptTokens: sum((step) => step.promptTokens),
    cachedTokens: sum((step) => step.cachedTokens),
    cacheWriteTokens: sum((step) => step.cacheWriteTokens),
    completionTokens: sum((step) => step.completionTokens),
    reasoningTokens: sum((step) => step.reasoningTokens),
    promptNanoUsd: sum((step) => step.promptNanoUsd),
    completionNanoUsd: sum((step) => step.completionNanoUsd),
  };
}
