import * as vscode from 'vscode';
import type { SettingKey, SettingTypes } from '../../manifest';
import { SETTING_RULES } from './settingRules';

/**
 * Reads the effective value of a setting for a document, or for the window.
 *
 * The editor hands out whatever stands in the settings file. A value that the setting cannot have
 * is replaced by the default here, so that surfaces go on; a run is refused, see `findBadSetting`.
 */
export function readSetting<K extends SettingKey>(key: K, scope?: vscode.Uri): SettingTypes[K] {
  const configuration = vscode.workspace.getConfiguration('delegate', scope);
  const value = configuration.get(key);
  if (isUsable(key, value)) return value;
  const standard = configuration.inspect(key)?.defaultValue;
  if (isUsable(key, standard)) return standard;
  throw new Error(`The manifest has no setting delegate.${key}.`);
}

/**
 * A setting's value by who gave it: the user, or the default; then the workspace and the folder, as
 * far as they are trusted to.
 */
export function readLayers<K extends SettingKey>(
  key: K,
  scope: vscode.Uri | undefined,
): { readonly user: SettingTypes[K]; readonly workspace: readonly SettingTypes[K][] } {
  const layers = vscode.workspace.getConfiguration('delegate', scope).inspect(key);
  const user = [layers?.globalValue, layers?.defaultValue].find((value) => isUsable(key, value));
  if (user === undefined) throw new Error(`The manifest has no setting delegate.${key}.`);
  const own = vscode.workspace.isTrusted
    ? [layers?.workspaceValue, layers?.workspaceFolderValue]
    : [];
  return {
    user,
    workspace: own.filter((value): value is SettingTypes[K] => isUsable(key, value)),
  };
}

function isUsable<K extends SettingKey>(key: K, value: unknown): value is SettingTypes[K] {
  return value !== undefined && SETTING_RULES[key](value) === null;
}

/** Calls back when any of the settings changed. */
export function onSettingsChange(
  keys: readonly SettingKey[],
  callback: () => void,
): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (keys.some((key) => event.affectsConfiguration(`delegate.${key}`))) callback();
  });
}
