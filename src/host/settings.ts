import * as vscode from 'vscode';
import type { SettingKey, SettingTypes } from '../manifest';

/** Reads the effective value of a setting for a document, or for the window. */
export function readSetting<K extends SettingKey>(key: K, scope?: vscode.Uri): SettingTypes[K] {
  const value = vscode.workspace.getConfiguration('delegate', scope).get<SettingTypes[K]>(key);
  if (value === undefined) throw new Error(`The manifest has no setting delegate.${key}.`);
  return value;
}

/**
 * A setting's value by who gave it: the user, or the default; then the workspace and the folder, as
 * far as they are trusted to.
 */
export function readLayers<K extends SettingKey>(
  key: K,
  scope: vscode.Uri | undefined,
): { readonly user: SettingTypes[K]; readonly workspace: readonly SettingTypes[K][] } {
  const layers = vscode.workspace.getConfiguration('delegate', scope).inspect<SettingTypes[K]>(key);
  const user = layers?.globalValue ?? layers?.defaultValue;
  if (user === undefined) throw new Error(`The manifest has no setting delegate.${key}.`);
  const own = vscode.workspace.isTrusted
    ? [layers?.workspaceValue, layers?.workspaceFolderValue]
    : [];
  return { user, workspace: own.filter((value) => value !== undefined) };
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
