import * as vscode from 'vscode';
import { asRecord } from '../../common/json';
import type { CommandId } from '../../manifest';
import { showErrorWords, showInformation, showWarning } from './show';

/** What is said to the user, with commands that help. */
export interface OfferedHelp {
  readonly message: string;
  readonly commands: readonly vscode.Command[];
  /** How a notification looks; an error unless said otherwise. */
  readonly severity?: 'information' | 'warning';
  /** Commands after which what was wanted goes on by itself; one that came to nothing gives false. */
  readonly goesOnAfter?: readonly CommandId[];
}

/** What a command is given when a run goes on after it, so that it tells of itself in passing. */
const GOES_ON = { goesOn: true } as const;

/** Whether a command was called by what goes on after it. */
export function goesOn(given: unknown): boolean {
  return asRecord(given)?.['goesOn'] === true;
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
  const isLast = goOn !== undefined && goesOnAfter?.some((id) => id === chosen.command);
  const given = (chosen.arguments ?? []) as unknown[];
  const done: unknown = await vscode.commands.executeCommand(
    chosen.command,
    ...(isLast ? [GOES_ON] : given),
  );
  if (isLast && done !== false) goOn();
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
