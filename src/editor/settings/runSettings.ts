import * as vscode from 'vscode';
import { RefusalError } from '../../delegation/run/runErrors';
import type { RunSettings } from '../../delegation/run/run';
import type { ServerToolEntry } from '../../openrouter/wire';
import type { SettingKey, SettingTypes } from '../../manifest';
import { resolveSettings, toServerTool } from './resolveSettings';
import { RUN_SETTINGS, SETTING_RULES, describeValue } from './settingRules';
import { readLayers, readSetting } from './settings';
import { type SettingProblem, readTaskOverrides } from './taskOverrides';

/**
 * Why a task must not run with the settings as they are: one that it rests on has a value that it
 * cannot have, and a limit that is not understood is not a limit.
 *
 * @returns null when all are in order.
 */
export function findBadSetting(taskId: string, scope: vscode.Uri | undefined): RefusalError | null {
  const configuration = vscode.workspace.getConfiguration('delegate', scope);
  for (const key of RUN_SETTINGS) {
    const value: unknown = configuration.get(key);
    const expected = SETTING_RULES[key](value);
    if (expected === null) continue;
    return badSetting(`delegate.${key}`, {
      problem: `delegate.${key} is ${describeValue(value)}, which it cannot be.`,
      expected,
    });
  }
  const { problems } = readTaskOverrides(readSetting('tasks', scope), taskId);
  const wrong = problems.find(({ kind }) => kind === 'wrong-value');
  if (!wrong) return null;
  const { setting, key, expected } = wrong;
  return badSetting(setting, { problem: `${key} in ${setting} has a wrong value.`, expected });
}

function badSetting(
  setting: string,
  { problem, expected }: { readonly problem: string; readonly expected: string },
): RefusalError {
  return new RefusalError('refused-setting', { setting, problem, remedy: `Write ${expected}.` });
}

/**
 * Resolves the settings of one run: the user's, a workspace's where it is trusted to, and the
 * task's own overrides on top.
 *
 * @returns the settings, and the override entries that were left out because they are wrong.
 */
export function readRunSettings(
  taskId: string,
  scope: vscode.Uri | undefined,
): { readonly settings: RunSettings; readonly problems: readonly SettingProblem[] } {
  const { overrides, problems } = readTaskOverrides(readSetting('tasks', scope), taskId);
  const read = <K extends SettingKey>(key: K): SettingTypes[K] =>
    key === 'worker.instructions'
      ? (readWorkerInstructions(scope) as SettingTypes[K])
      : readSetting(key, scope);
  return { problems, settings: resolveSettings(read, overrides) };
}

/** Longest house style that a workspace may add to each worker's prompt, in characters. */
const MAX_WORKSPACE_INSTRUCTIONS = 4000;

/** A workspace may set them, but not make each run dear with them: what is too long is cut. */
function readWorkerInstructions(scope: vscode.Uri | undefined): string {
  const { user, workspace } = readLayers('worker.instructions', scope);
  const [nearest] = workspace.slice(-1);
  return nearest === undefined ? user : nearest.slice(0, MAX_WORKSPACE_INSTRUCTIONS);
}

/** The tools that the user lets workers have. */
export function readWorkerTools(scope: vscode.Uri): readonly ServerToolEntry[] {
  return readSetting('worker.tools', scope).map(toServerTool);
}
