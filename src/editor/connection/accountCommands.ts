import * as vscode from 'vscode';
import { runCommand } from '../editorCommands';
import { isKeyLike } from '../../account/apiKey';
import { DelegateError } from '../../common/delegateError';
import type { Connections } from './connections';
import type { Credentials } from './credentials';
import type { Demo } from './demo';
import { keyText } from './connectionReport';
import type { OutputPanel } from '../output/outputPanel';
import { testConnection } from './connectionTest';
import { goesOn } from '../messages/offeredHelp';
import { showError } from '../messages/errorActions';
import { SignInCommand } from './signIn';
import { askText, pickOne, showForMoment, showInformation } from '../messages/show';
import { readSetting } from '../settings/settings';
import { readWorkerBaseUrl } from '../../account/baseUrl';

export interface AccountCommandOptions {
  readonly credentials: Credentials;
  readonly connections: Connections;
  readonly panel: OutputPanel;
  readonly demo: Demo;
}

/** Pushes what it needs disposed onto `subscriptions`. */
export function createAccountCommands(
  options: AccountCommandOptions,
  subscriptions: vscode.Disposable[],
): {
  readonly 'delegate.signIn': (given?: unknown) => Promise<boolean>;
  readonly 'delegate.setApiKey': (given?: unknown) => Promise<boolean>;
  readonly 'delegate.signOut': () => Promise<void>;
  readonly 'delegate.testConnection': () => Promise<void>;
} {
  const { credentials, connections, panel } = options;
  const signIn = new SignInCommand(connections, credentials);
  subscriptions.push(signIn);
  return {
    'delegate.signIn': (given) =>
      reporting(async () => (await signIn.run()) && tellKey(options, goesOn(given))),
    'delegate.setApiKey': (given) => reporting(() => setApiKey(options, goesOn(given))),
    'delegate.signOut': () => signOut(credentials),
    'delegate.testConnection': async () => {
      await reporting(async () => {
        await testConnection(connections, panel);
        return true;
      });
    },
  };
}

/**
 * Shows an error of the API with its next steps; anything else is a bug and goes up.
 *
 * @returns what the action came to; false after an error.
 */
async function reporting(action: () => Promise<boolean>): Promise<boolean> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof DelegateError)) throw error;
    // Not awaited: the command has ended, even if the message stays.
    void showError(error);
    return false;
  }
}

/**
 * With a worker endpoint of the user's there are two keys to set, each bound to its own origin.
 *
 * @param isQuiet whether a run goes on with the key, which then is not told of by itself.
 * @returns whether a valid key was stored.
 */
async function setApiKey(options: AccountCommandOptions, isQuiet: boolean): Promise<boolean> {
  const { l10n } = vscode;
  const address = readWorkerBaseUrl(readSetting('worker.baseUrl'));
  // A run that asks for a key needs that of the account.
  if (!address.ok || isQuiet) return setAccountKey(options, isQuiet);
  const picked = await pickOne(
    [
      { label: l10n.t('Key for OpenRouter'), isWorker: false },
      { label: l10n.t('Key for {0}', address.origin), isWorker: true },
    ],
    { title: l10n.t('Set API key') },
  );
  if (!picked) return false;
  if (!picked.isWorker) return setAccountKey(options, isQuiet);
  const key = await askKey({ title: picked.label, origin: address.origin, placeHolder: '' });
  if (key === null) return false;
  await options.credentials.storeWorkerKey({ key, origin: address.origin });
  void showInformation(l10n.t('The key for {0} is stored.', address.origin));
  return true;
}

async function setAccountKey(options: AccountCommandOptions, isQuiet: boolean): Promise<boolean> {
  const { credentials, connections } = options;
  // Opening says what is wrong with an address, before a key is asked for.
  const opened = await connections.openAccount();
  if (!opened) return false;
  const { origin } = opened.endpoint;
  const title = vscode.l10n.t('OpenRouter API key');
  const key = await askKey({ title, origin, placeHolder: 'sk-or-…' });
  if (key === null) return false;
  await credentials.store({ key, origin });
  return tellKey(options, isQuiet);
}

/** @returns null when nothing was typed. */
async function askKey(words: {
  readonly title: string;
  readonly origin: string;
  readonly placeHolder: string;
}): Promise<string | null> {
  const { title, origin, placeHolder } = words;
  const key = await askText({
    title,
    prompt: vscode.l10n.t(
      'Kept in the secret storage of this machine and sent to {0} only.',
      origin,
    ),
    placeHolder,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || isKeyLike(value.trim())
        ? null
        : vscode.l10n.t('A key has no spaces or special characters in it.'),
  });
  return key?.trim() ? key.trim() : null;
}

/**
 * Checks the stored key by asking for its own limits.
 *
 * @throws OpenRouterError when it is not valid.
 */
async function tellKey(
  { connections, demo }: AccountCommandOptions,
  isQuiet: boolean,
): Promise<boolean> {
  const { l10n } = vscode;
  const opened = await connections.openAccount();
  if (!opened) return false;
  const words = keyText(await opened.connection.client.getKey(), l10n);
  if (isQuiet) {
    showForMoment(l10n.t('The key is valid. {0}.', words), 5000);
    return true;
  }
  if (demo.endpoint === null) {
    void showInformation(l10n.t('The key is valid. {0}.', words));
    return true;
  }
  const stop = l10n.t('Stop the offline demo');
  const message = l10n.t('The key is valid. {0}. The offline demo is still on.', words);
  void showInformation(message, stop).then(async (picked) => {
    if (picked === stop) await runCommand('delegate.stopDemo');
  });
  return true;
}

async function signOut(credentials: Credentials): Promise<void> {
  await credentials.clear();
  const { l10n } = vscode;
  const endpoint = await credentials.endpoint();
  const isKeyLeft = endpoint.ok && endpoint.key !== null;
  void showInformation(
    [
      l10n.t(
        'Signed out. The key is no longer on this machine; it stays valid at OpenRouter until you delete it there.',
      ),
      ...(isKeyLeft ? [l10n.t('The key in {0} applies now.', 'OPENROUTER_API_KEY')] : []),
    ].join(' '),
  );
}
