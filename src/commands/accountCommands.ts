import * as vscode from 'vscode';
import { DelegateError } from '../common/delegateError';
import { formatUsd } from '../common/money';
import type { Connections } from '../host/connections';
import type { Credentials } from '../host/credentials';
import type { OutputPanel } from '../ui/outputPanel';
import { showError } from './errorActions';
import { signIn } from './signIn';

export interface AccountCommandOptions {
  readonly credentials: Credentials;
  readonly connections: Connections;
  readonly panel: OutputPanel;
}

export function createAccountCommands(options: AccountCommandOptions): {
  readonly 'delegate.signIn': () => Promise<void>;
  readonly 'delegate.setApiKey': () => Promise<void>;
  readonly 'delegate.signOut': () => Promise<void>;
  readonly 'delegate.testConnection': () => Promise<void>;
} {
  const { credentials, connections } = options;
  return {
    'delegate.signIn': () =>
      reporting(async () => {
        if (await signIn(connections, credentials)) await tellKey(connections);
      }),
    'delegate.setApiKey': () => reporting(() => setApiKey(options)),
    'delegate.signOut': () => signOut(credentials),
    'delegate.testConnection': () => reporting(() => testConnection(options)),
  };
}

/** Shows an error of the API with its next steps; anything else is a bug and goes up. */
async function reporting(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof DelegateError)) throw error;
    await showError(error);
  }
}

async function setApiKey({ credentials, connections }: AccountCommandOptions): Promise<void> {
  const { origin } = await credentials.endpoint();
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('OpenRouter API key'),
    prompt: vscode.l10n.t(
      'Kept in the secret storage of this machine and sent to {0} only.',
      origin,
    ),
    placeHolder: 'sk-or-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /\s/.test(value.trim()) ? vscode.l10n.t('A key has no spaces in it.') : null,
  });
  if (!key?.trim()) return;
  await credentials.store(key.trim(), origin);
  await tellKey(connections);
}

/** Checks the key by asking for its own limits. */
async function tellKey(connections: Connections): Promise<void> {
  const connection = await connections.openWithKey();
  if (!connection) return;
  const { limitRemainingNanoUsd } = await connection.client.getKey();
  void vscode.window.showInformationMessage(
    limitRemainingNanoUsd === null
      ? vscode.l10n.t('The key is valid and has no limit of its own.')
      : vscode.l10n.t(
          'The key is valid; {0} of its limit are left.',
          formatUsd(limitRemainingNanoUsd),
        ),
  );
}

async function signOut(credentials: Credentials): Promise<void> {
  await credentials.clear();
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Signed out. The key is no longer on this machine; it stays valid at OpenRouter until you delete it there.',
    ),
  );
}

/** Asks the API for the key's limits and says what applied and what came of it. */
async function testConnection({
  credentials,
  connections,
  panel,
}: AccountCommandOptions): Promise<void> {
  const { l10n } = vscode;
  const { baseUrl, apiKey } = await credentials.endpoint();
  panel.append(`\n## ${l10n.t('Test connection')}\n\n- ${l10n.t('address: {0}', baseUrl)}\n`);
  panel.append(`- ${apiKey === null ? l10n.t('key: none') : l10n.t('key: set')}\n`);
  panel.show();
  const connection = await connections.openWithKey();
  if (!connection) return;
  const info = await connection.client.getKey();
  const left =
    info.limitRemainingNanoUsd === null
      ? l10n.t('no limit')
      : formatUsd(info.limitRemainingNanoUsd);
  panel.append(`- ${l10n.t('the key is valid; left of its limit: {0}', left)}\n`);
}
