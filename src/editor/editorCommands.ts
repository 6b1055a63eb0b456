import * as vscode from 'vscode';
import type { CommandId, ContextKey } from '../manifest';

/** Runs one of our own commands; the type knows which there are. */
export async function runCommand(id: CommandId, ...given: readonly unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(id, ...given);
}

/** Sets a key of `when` clauses. */
export function setContextKey(key: ContextKey, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
