import * as vscode from 'vscode';
import type { SettingKey, SettingTypes } from '../manifest';

/** Reads the effective value of a setting for a document, or for the window. */
export function readSetting<K extends SettingKey>(key: K, scope?: vscode.Uri): SettingTypes[K] {
  const value = vscode.workspace.getConfiguration('delegate', scope).get<SettingTypes[K]>(key);
  if (value === undefined) throw new Error(`The manifest has no setting delegate.${key}.`);
  return value;
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
