/** Values of `reasoning.effort`, from the least to the most. */
export const REASONING_EFFORTS: readonly string[] = [
  'none',
  'minimal',
  'low',
  'medium',
  'high',
  'xhigh',
  'max',
];

/** In place of an effort: the field is left out, and the model thinks as it does by itself. */
export const MODEL_DEFAULT_EFFORT = 'default';

/** What the orchestrator's effort may be. */
export const ORCHESTRATOR_EFFORTS: readonly string[] = [MODEL_DEFAULT_EFFORT, ...REASONING_EFFORTS];

/**
 * The least and the most that a worker's numbers may be, wherever they are written: settings,
 * overrides of a task, recipes. Tests keep the manifest in agreement. Some providers refuse less
 * than sixteen tokens; the rest is what the API takes of a subagent's parameters.
 */
export const WORKER_LIMITS = {
  maxCompletionTokens: [16, 200_000],
  reasoningMaxTokens: [0, 128_000],
  temperature: [0, 2],
  maxToolCalls: [1, 25],
} as const;
