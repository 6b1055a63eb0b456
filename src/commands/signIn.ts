import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { authorizationUrl, createPkceSession, readPastedCode } from '../openrouter/pkce';
import type { Connections } from '../host/connections';
import type { Credentials } from '../host/credentials';

/**
 * Signs in by PKCE with a pasted code: the browser shows a code, the user brings it here. It works
 * in every kind of window, because nothing has to call back (API reference, OAuth, headless mode).
 *
 * @returns whether a key was stored.
 * @throws OpenRouterError when the code is not accepted.
 */
export async function signIn(connections: Connections, credentials: Credentials): Promise<boolean> {
  const { l10n } = vscode;
  const endpoint = await credentials.endpoint();
  if (!endpoint.ok) return false;
  const { baseUrl, origin } = endpoint;
  const session = createPkceSession(randomBytes);
  const page = authorizationUrl(baseUrl, {
    challenge: session.challenge,
    callbackUrl: null,
    keyLabel: 'Delegate',
  });
  await vscode.env.openExternal(vscode.Uri.parse(page, true));
  const pasted = await vscode.window.showInputBox({
    title: l10n.t('Sign in to OpenRouter'),
    prompt: l10n.t('Allow the key in the browser, then paste the code that the page shows.'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || readPastedCode(value) !== null
        ? null
        : l10n.t('This is neither a code nor the address of the page with it.'),
  });
  const code = pasted === undefined ? null : readPastedCode(pasted);
  if (code === null) return false;
  const { client } = await connections.open();
  const { key } = await client.exchangeCode({ code, verifier: session.verifier });
  await credentials.store({ key, origin });
  return true;
}
