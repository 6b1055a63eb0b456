import type * as vscode from 'vscode';

/** What is said to the user, with commands that help. */
export interface OfferedHelp {
  readonly message: string;
  readonly commands: readonly vscode.Command[];
}
