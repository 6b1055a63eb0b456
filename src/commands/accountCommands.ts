import * as vscode from 'vscode';
import { isKeyLike, maskKey } from '../account/apiKey';
import { DelegateError } from '../common/delegateError';
import { formatUsd } from '../common/money';
import type { Connections } from '../host/connections';
import type { Credentials } from '../host/credentials';
import { OpenRouterError } from '../openrouter/errors';
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
  const endpoint = await credentials.endpoint();
  if (!endpoint.ok) {
    // Opening says what is wrong with the address.
    await connections.openWithKey();
    return;
  }
  const { origin } = endpoint;
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
      value.trim() === '' || isKeyLike(value.trim())
        ? null
        : vscode.l10n.t('A key has no spaces or special characters in it.'),
  });
  if (!key?.trim()) return;
  await credentials.store({ key: key.trim(), origin });
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

/** Says which address, key, proxy and certificates apply, asks for the key's limits, and what came of it. */
async function testConnection(options: AccountCommandOptions): Promise<void> {
  const { l10n } = vscode;
  const { credentials, connections, panel } = options;
  const endpoint = await credentials.endpoint();
  const connection = await connections.openWithKey();
  if (!connection || !endpoint.ok) return;
  const { proxy, trust, strictSsl } = connection.route;
  const lines = [
    l10n.t('address: {0}', connection.isDemo ? connection.origin : endpoint.baseUrl),
    l10n.t('key: {0}', endpoint.key === null ? l10n.t('none') : maskKey(endpoint.key)),
    proxy.proxyUrl === null
      ? l10n.t('proxy: none ({0})', proxy.reason)
      : l10n.t('proxy: {0} ({1})', proxy.proxyUrl, proxy.reason),
    l10n.t(
      'certificates: {0} of the system, {1} extra, checked: {2}',
      trust.systemCount,
      trust.extraCount,
      strictSsl ? l10n.t('yes') : l10n.t('no'),
    ),
  ];
  if (trust.extraFileError !== null) {
    lines.push(l10n.t('NODE_EXTRA_CA_CERTS cannot be read: {0}', trust.extraFileError));
  }
  panel.append(`\n## ${l10n.t('Test connection')}\n\n`);
  for (const line of lines) panel.append(`- ${line}\n`);
  panel.show();
  try {
    const { limitRemainingNanoUsd: left } = await connection.client.getKey();
    const words = left === null ? l10n.t('no limit') : formatUsd(left);
    panel.append(`- ${l10n.t('the key is valid; left of its limit: {0}', words)}\n`);
  } catch (error) {
    if (error instanceof OpenRouterError) {
      panel.append(
        `- ${l10n.t('failed: {0}', [error.code, error.reason, error.status].filter(Boolean).join(', '))}\n`,
      );
    }
    throw error;
  }
}
