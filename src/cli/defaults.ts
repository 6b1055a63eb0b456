import type { SettingTypes } from '../manifest';

/** Settings of the extension that a batch reads. */
export const BATCH_SETTINGS = [
  'orchestratorModel',
  'workerModel',
  'protocol',
  'answer',
  'worker.maxCompletionTokens',
  'worker.temperature',
  'worker.reasoningEffort',
  'worker.instructions',
  'worker.tools',
  'worker.maxToolCalls',
  'tasks',
  'project',
  'provider',
  'budget.perRun',
  'budget.daily',
  'budget.monthly',
  'budget.action',
  'stream.connectTimeoutSeconds',
  'stream.silenceTimeoutSeconds',
  'stream.progressTimeoutSeconds',
  'privacy.maskSecrets',
  'privacy.ignoreFiles',
] as const;

export type BatchSetting = (typeof BATCH_SETTINGS)[number];

/** The defaults of the manifest, which a test compares. */
export const DEFAULTS: Readonly<Pick<SettingTypes, BatchSetting>> = {
  orchestratorModel: '~anthropic/claude-opus-latest',
  workerModel: '~anthropic/claude-haiku-latest',
  protocol: 'responses',
  answer: 'spliced',
  'worker.maxCompletionTokens': 4096,
  'worker.temperature': 0.2,
  'worker.reasoningEffort': 'none',
  'worker.instructions': '',
  'worker.tools': [],
  'worker.maxToolCalls': 5,
  tasks: {},
  project: '',
  provider: { data_collection: 'deny' },
  'budget.perRun': 0.25,
  'budget.daily': 0,
  'budget.monthly': 0,
  'budget.action': 'block',
  'stream.connectTimeoutSeconds': 30,
  'stream.silenceTimeoutSeconds': 60,
  'stream.progressTimeoutSeconds': 600,
  'privacy.maskSecrets': true,
  'privacy.ignoreFiles': ['.delegateignore'],
};
