import { asRecord } from '../../common/json';
import type { SettingKey, SettingTypes } from '../../manifest';
import { SETTING_RULES } from './settingRules';

/** Settings that `delegate.tasks` may override for one task: none that decides where a key goes. */
export const OVERRIDABLE = [
  'orchestratorModel',
  'workerModel',
  'protocol',
  'answer',
  'routing',
  'orchestrator.reasoningEffort',
  'worker.maxCompletionTokens',
  'worker.temperature',
  'worker.reasoningEffort',
  'worker.reasoningMaxTokens',
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
    const expected = SETTING_RULES[key](entry);
    if (expected === null) overrides[key] = entry;
    else problems.push({ setting, kind: 'wrong-value', key, expected });
  }
  return { overrides, problems };
}

function isOverridable(key: string): key is OverridableKey {
  return (OVERRIDABLE as readonly string[]).includes(key);
}
