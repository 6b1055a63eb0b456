import { asRecord } from '../common/json';
import type { SettingKey, SettingTypes } from '../manifest';

/** Settings that `delegate.tasks` may override for one task: none that decides where a key goes. */
export const OVERRIDABLE = [
  'orchestratorModel',
  'workerModel',
  'protocol',
  'answer',
  'routing',
  'worker.maxCompletionTokens',
  'worker.temperature',
  'worker.reasoningEffort',
  'worker.instructions',
  'worker.tools',
  'worker.maxToolCalls',
] as const satisfies readonly SettingKey[];

export type OverridableKey = (typeof OVERRIDABLE)[number];
export type TaskOverrides = Partial<Pick<SettingTypes, OverridableKey>>;

/** An entry of a setting that cannot be used, with what to write instead. */
export interface SettingProblem {
  /** Full name of the setting, such as `delegate.tasks.docstring`. */
  readonly setting: string;
  readonly kind: 'not-an-object' | 'unknown-key' | 'wrong-value';
  readonly key: string;
  /** For `wrong-value`: what the value must be, in English terms of the schema. */
  readonly expected: string;
}

const CHECKS: Readonly<Record<OverridableKey, (value: unknown) => string | null>> = {
  orchestratorModel: text,
  workerModel: text,
  protocol: oneOf('responses', 'chat'),
  answer: oneOf('spliced', 'integrated'),
  routing: oneOf('delegated', 'auto', 'direct'),
  'worker.maxCompletionTokens': wholeNumber(16, 200_000),
  'worker.temperature': numberBetween(0, 2),
  'worker.reasoningEffort': oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
  'worker.instructions': text,
  'worker.tools': (value) => (Array.isArray(value) ? null : 'a list'),
  'worker.maxToolCalls': wholeNumber(1, 25),
};

/**
 * Reads the overrides of one task from the value of `delegate.tasks`.
 *
 * @returns the usable overrides, and a problem for each entry that is not.
 */
export function readTaskOverrides(
  tasks: unknown,
  taskId: string,
): { readonly overrides: TaskOverrides; readonly problems: readonly SettingProblem[] } {
  const setting = `delegate.tasks.${taskId}`;
  const value = asRecord(tasks)?.[taskId];
  if (value === undefined) return { overrides: {}, problems: [] };
  const entries = asRecord(value);
  if (!entries) {
    return {
      overrides: {},
      problems: [{ setting, kind: 'not-an-object', key: taskId, expected: 'an object' }],
    };
  }
  const overrides: Record<string, unknown> = {};
  const problems: SettingProblem[] = [];
  for (const [key, entry] of Object.entries(entries)) {
    if (!isOverridable(key)) {
      problems.push({ setting, kind: 'unknown-key', key, expected: OVERRIDABLE.join(', ') });
      continue;
    }
    const expected = CHECKS[key](entry);
    if (expected === null) overrides[key] = entry;
    else problems.push({ setting, kind: 'wrong-value', key, expected });
  }
  return { overrides, problems };
}

function isOverridable(key: string): key is OverridableKey {
  return (OVERRIDABLE as readonly string[]).includes(key);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? null : 'a text';
}

function oneOf(...values: readonly string[]): (value: unknown) => string | null {
  return (value) => (values.includes(value as string) ? null : values.join(' | '));
}

function wholeNumber(low: number, high: number): (value: unknown) => string | null {
  return (value) =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high
      ? null
      : `a whole number from ${low} to ${high}`;
}

function numberBetween(low: number, high: number): (value: unknown) => string | null {
  return (value) =>
    typeof value === 'number' && value >= low && value <= high
      ? null
      : `a number from ${low} to ${high}`;
}
