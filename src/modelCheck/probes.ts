import type { RunRequest, RunSettings } from '../delegation/run/run';
import type { Protocol } from '../openrouter/wire';
import { summarizeTask } from '../tasks/summarize';
import { MODEL_DEFAULT_EFFORT } from '../tasks/workerLimits';
import type { TaskDefinition } from '../tasks/task';

/** A run that is made to find something out. */
export interface Probe {
  readonly name: 'two-workers' | 'chat' | 'aborted';
  readonly request: RunRequest;
}

/** Enough for two short answers, so that a long selection needs two workers. */
const WORKER_TOKENS = 512;

/** A real task with short answers, whose selection is cut for several workers. */
const task: TaskDefinition = {
  ...summarizeTask,
  splittable: true,
  workerRole: 'Say in one sentence of at most twenty words what the selection is for.',
  answerTokens: { base: 0, perSelectionToken: 0.2 },
};

/** The runs of a check. All have the prompts of any run; only selection and limits are small. */
export function probes(settings: RunSettings, newId: () => string): readonly Probe[] {
  const probe = (name: Probe['name'], protocol: Protocol, functions: number): Probe => ({
    name,
    request: {
      id: newId(),
      task,
      instruction: null,
      selection: { text: code(functions), languageId: 'typescript', startLine: 1, symbols: [] },
      settings: probeSettings(settings, protocol),
    },
  });
  return [
    probe('two-workers', 'responses', TWO_PARTS),
    probe('chat', 'chat', ONE_PART),
    probe('aborted', 'responses', ONE_PART),
  ];
}

/** What the user has set may hide what is looked for. */
function probeSettings(settings: RunSettings, protocol: Protocol): RunSettings {
  return {
    ...settings,
    protocol,
    answer: 'spliced',
    routing: 'delegated',
    worker: {
      ...settings.worker,
      maxCompletionTokens: WORKER_TOKENS,
      instructions: '',
      tools: [],
    },
    // A marker or a short call for each worker; what is left is for models that think first.
    maxOutputTokens: 1024,
    orchestratorReasoning: { effort: MODEL_DEFAULT_EFFORT, maxTokens: 0, isOwn: false },
    advisorModel: '',
    fusionEnabled: false,
    responseCache: { ...settings.responseCache, enabled: false },
  };
}

/** Numbers of functions of some 28 tokens each. */
const TWO_PARTS = 110;
const ONE_PART = 50;

function code(functions: number): string {
  return Array.from({ length: functions }, (_, index) =>
    [
      `export function scale${index}(value: number): number {`,
      `  return value * ${index + 2} + ${index};`,
      '}',
      '',
    ].join('\n'),
  ).join('\n');
}
