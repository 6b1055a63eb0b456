import * as vscode from 'vscode';
import type { DelegateError } from '../../common/delegateError';
import type { CommandId } from '../../manifest';
import type { OfferedHelp } from './offeredHelp';
import { affordableTokens, describeError } from './errorMessages';
import { type ErrorAction } from './errorText';
import { showErrorWords } from './show';

/** What only the run at hand can do; the other actions are commands. */
export interface RunActions {
  readonly rerun?: Rerun;
}

/** Starts the same job once more, with a change. */
export type Rerun = (change: RunChange) => void;

/** What is different when a job is run again. */
export interface RunChange {
  /** The orchestrator writes the answer itself. */
  readonly integrated: boolean;
  /** Limit of each model's answer; null for that of the settings. */
  readonly maxOutputTokens: number | null;
  /** Other words for the job; its own when left out. */
  readonly instruction?: string;
}

/** Shows an error with its next steps and carries out the one that the user picks. */
export async function showError(error: DelegateError, run: RunActions = {}): Promise<void> {
  const { message, actions } = describeError(error, vscode.l10n);
  const offered = actions.filter((action) => !isRunAction(action) || run.rerun !== undefined);
  const titles = new Map(offered.map((action) => [actionTitle(action, error), action]));
  const picked = await showErrorWords(message, ...titles.keys());
  const action = picked === undefined ? undefined : titles.get(picked);
  if (action) await perform(action, error, run);
}

function isRunAction(action: ErrorAction): boolean {
  return action === 'run-again' || action === 'run-integrated' || action === 'run-capped';
}

function actionTitle(action: ErrorAction, error: DelegateError): string {
  const { l10n } = vscode;
  switch (action) {
    case 'sign-in':
      return l10n.t('Sign in');
    case 'set-api-key':
      return l10n.t('Set API key…');
    case 'start-demo':
      return l10n.t('Try the offline demo');
    case 'open-credits':
      return l10n.t('Add credits');
    case 'open-key-settings':
      return l10n.t('Open key settings');
    case 'select-orchestrator':
      return l10n.t('Select orchestrator model…');
    case 'select-worker':
      return l10n.t('Select worker model…');
    case 'open-settings':
      return l10n.t('Open settings');
    case 'set-budget':
      return l10n.t('Set budget…');
    case 'test-connection':
      return l10n.t('Test connection');
    case 'run-again':
      return l10n.t('Run again');
    case 'run-integrated':
      return l10n.t('Run again, integrated');
    case 'run-capped':
      return l10n.t(
        'Run with at most {0} tokens',
        affordableTokens(error)?.toLocaleString('en-US') ?? '?',
      );
    case 'show-output':
      return l10n.t('Show output');
  }
}

const COMMANDS: Partial<Record<ErrorAction, CommandId>> = {
  'sign-in': 'delegate.signIn',
  'set-api-key': 'delegate.setApiKey',
  'start-demo': 'delegate.startDemo',
  'select-orchestrator': 'delegate.selectOrchestratorModel',
  'select-worker': 'delegate.selectWorkerModel',
  'set-budget': 'delegate.setBudget',
  'test-connection': 'delegate.testConnection',
  'show-output': 'delegate.showOutput',
};

const PAGES: Partial<Record<ErrorAction, string>> = {
  'open-credits': 'https://openrouter.ai/settings/credits',
  'open-key-settings': 'https://openrouter.ai/settings/keys',
};

/** An action as a command with its title; null for what only the run at hand can do. */
function commandFor(action: ErrorAction, error: DelegateError): vscode.Command | null {
  const title = actionTitle(action, error);
  const command = COMMANDS[action];
  const page = PAGES[action];
  if (command) return { title, command };
  if (page) return { title, command: 'vscode.open', arguments: [vscode.Uri.parse(page)] };
  if (action !== 'open-settings') return null;
  return { title, command: 'workbench.action.openSettings', arguments: ['delegate.'] };
}

function changeFor(action: ErrorAction, error: DelegateError): RunChange {
  return {
    integrated: action === 'run-integrated',
    maxOutputTokens: action === 'run-capped' ? affordableTokens(error) : null,
  };
}

async function perform(action: ErrorAction, error: DelegateError, run: RunActions): Promise<void> {
  const chosen = commandFor(action, error);
  if (!chosen) run.rerun?.(changeFor(action, error));
  else {
    const given = (chosen.arguments ?? []) as unknown[];
    await vscode.commands.executeCommand(chosen.command, ...given);
  }
}

/**
 * An error's words and what it offers as commands, for places that show buttons.
 *
 * @param rerun makes a command that starts the job once more with a change.
 */
export function errorHelp(
  error: DelegateError,
  rerun: (title: string, change: RunChange) => vscode.Command | null,
): OfferedHelp {
  const { message, actions } = describeError(error, vscode.l10n);
  return {
    message,
    commands: actions.flatMap(
      (action) =>
        commandFor(action, error) ??
        rerun(actionTitle(action, error), changeFor(action, error)) ??
        [],
    ),
  };
}
