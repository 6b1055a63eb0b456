import type { RunRecord, RunResult } from '../../../../src/delegation/run/run';
import type { RunEnded } from '../../../../src/editor/output/runEnded';

/** A delegated run that came to its end. */
export const record: RunRecord = {
  id: 'r1',
  route: 'summarize',
  project: '',
  requests: 1,
  protocol: 'responses',
  routing: 'delegated',
  orchestratorModel: 'a/big',
  workerModel: 'a/small',
  didEnableDelegation: true,
  delegations: { requested: 1, ok: 1, failed: 0 },
  status: 'completed',
  finishReason: null,
  usage: {
    promptTokens: 1840,
    completionTokens: 420,
    totalTokens: 2260,
    cachedTokens: null,
    costNanoUsd: 6_100_000,
    isByok: false,
    toolCallsExecuted: 1,
  },
  generationId: 'gen-1',
  startedAtMs: 0,
  directEstimateNanoUsd: 27_727_273,
  durationMs: 14_200,
  wasSent: true,
};

export const completed = {
  status: 'completed',
  outcome: { format: 'text', text: '' },
  error: null,
  notes: '',
  rawAnswer: '',
  partialAnswer: '',
  didDelegate: true,
  workerFirstEstimateNanoUsd: null,
  checkedBy: 'orchestrator',
  record,
} satisfies RunResult;

/** What a view is told of an end. */
export function endOf(result: RunResult, change: Partial<RunEnded> = {}): RunEnded {
  return { result, isDemo: false, workerFirstNanoUsd: null, ...change };
}
