import { NANO_PER_USD } from '../../src/common/money';
import type { RunSettings } from '../../src/delegation/run/run';

/** The settings' defaults, with models that no catalog has. */
export const defaultSettings: RunSettings = {
  orchestratorModel: 'test/orchestrator',
  workerModel: 'test/worker',
  protocol: 'responses',
  answer: 'spliced',
  routing: 'delegated',
  worker: {
    maxCompletionTokens: 4096,
    temperature: 0.2,
    reasoningEffort: 'none',
    instructions: '',
    tools: [],
    maxToolCalls: 5,
  },
  advisorModel: '',
  fusionEnabled: false,
  responseCache: { enabled: false, ttlSeconds: 300 },
  provider: { data_collection: 'deny' },
  budgetPerRunNanoUsd: NANO_PER_USD / 4,
};
