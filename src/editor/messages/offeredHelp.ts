import * as vscode from 'vscode';
import type { CommandId } from '../../manifest';
import { showErrorWords, showInformation, showWarning } from './show';

/** What is said to the user, with commands that help. */
export interface OfferedHelp {
  readonly message: string;
  readonly commands: readonly vscode.Command[];
  /** How a notification looks; an error unless said otherwise. */
  readonly severity?: 'information' | 'warning';
  /** The command after which what was wanted can go on by itself, because it costs nothing. */
  readonly goesOnAfter?: CommandId;
}

/**
 * Shows help as a notification and does what the user picks.
 *
 * @param goOn what was wanted, once the command after which it can go on is done.
 */
export async function offerHelp(help: OfferedHelp, goOn?: () => void): Promise<void> {
  const { message, commands, goesOnAfter } = help;
  const picked = await showFor(help)(message, ...commands.map(({ title }) => title));
  const chosen = commands.find(({ title }) => title === picked);
  if (!chosen) return;
  const isLast = chosen.command === goesOnAfter;
  const given = (chosen.arguments ?? []) as unknown[];
  await vscode.commands.executeCommand(
    chosen.command,
    ...(isLast && goOn ? [{ hasRun: true }] : given),
  );
  if (isLast) goOn?.();
}

function showFor({ severity }: OfferedHelp): typeof showInformation {
  switch (severity) {
    case 'information':
      return showInformation;
    case 'warning':
      return showWarning;
    default:
      return showErrorWords;
  }
}
