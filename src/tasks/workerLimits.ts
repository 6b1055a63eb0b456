/** Values of `reasoning.effort`; `none` leaves the field out. */
export const REASONING_EFFORTS: readonly string[] = [
  'none',
  'minimal',
  'low',
  'medium',
  'high',
  'xhigh',
  'max',
];

/**
 * The least and the most that a worker's numbers may be, wherever they are written: settings,
 * overrides of a task, recipes. Tests keep the manifest in agreement. Some providers refuse less
 * than sixteen tokens; the rest is what the API takes of a subagent's parameters.
 */
export const WORKER_LIMITS = {
  maxCompletionTokens: [16, 200_000],
  temperature: [0, 2],
  maxToolCalls: [1, 25],
} as const;
