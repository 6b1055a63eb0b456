import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { startCallbackServer } from '../../account/callbackServer';
import { type CodeQuestion, signIn } from '../../account/signIn';
import { systemClock } from '../../common/clock';
import type { Connections } from './connections';
import type { Credentials } from './credentials';
import { toExternalUrl } from './externalUrls';
import { createTextBox } from '../messages/show';
import { readPastedCode } from '../../account/pkce';

/** Signs in from the editor: one sign-in at a time, the latest counts. */
export class SignInCommand implements vscode.Disposable {
  readonly #connections: Connections;
  readonly #credentials: Credentials;
  #current = new AbortController();

  constructor(connections: Connections, credentials: Credentials) {
    this.#connections = connections;
    this.#credentials = credentials;
  }

  /**
   * @returns whether a key was stored; false when the user gave up or began again.
   * @throws SignInError or OpenRouterError.
   */
  async run(): Promise<boolean> {
    this.#current.abort();
    this.#current = new AbortController();
    const { signal } = this.#current;
    // Opened before the browser is, so that a change of settings meanwhile sends the code nowhere else.
    const opened = await this.#connections.openAccount();
    if (!opened) return false;
    const { client } = opened.connection;
    const { baseUrl, origin } = opened.endpoint;
    const { l10n } = vscode;
    const key = await signIn({
      baseUrl,
      keyLabel: 'Delegate',
      signal,
      page: {
        language: vscode.env.language,
        title: l10n.t('Delegate'),
        succeeded: l10n.t('The editor has what it needs. You can close this page.'),
        denied: l10n.t('No key was allowed, and nothing was stored. You can close this page.'),
      },
      ports: {
        openExternal: (url) =>
          Promise.resolve(vscode.env.openExternal(vscode.Uri.parse(url, true))),
        toExternalUrl,
        startCallbackServer,
        promptForCode,
        exchangeCode: (exchange) => client.exchangeCode(exchange),
        randomBytes,
        clock: systemClock,
      },
    });
    if (key === null || signal.aborted) return false;
    await this.#credentials.store({ key, origin });
    return true;
  }

  dispose(): void {
    this.#current.abort();
  }
}

/** The box that is open while the browser is: it takes the code where the browser cannot bring it. */
async function promptForCode(question: CodeQuestion): Promise<string | null> {
  const { l10n } = vscode;
  const { box, setProblem } = createTextBox({
    title: l10n.t('Sign in to OpenRouter'),
    prompt: question.isCallbackExpected
      ? l10n.t(
          'Waiting for the browser. If it does not come back by itself, paste the address of its last page here. Escape cancels.',
        )
      : l10n.t('Allow the key in the browser, then paste the code that the page shows.'),
  });
  box.ignoreFocusOut = true;
  box.buttons = [
    {
      iconPath: new vscode.ThemeIcon('copy'),
      tooltip: l10n.t('Copy the link for another browser'),
    },
  ];
  try {
    return await new Promise((resolve) => {
      question.signal.addEventListener('abort', () => resolve(null), { once: true });
      box.onDidTriggerButton(() => void vscode.env.clipboard.writeText(question.pageUrl));
      box.onDidChangeValue((value) => setProblem(problemOf(value)));
      box.onDidAccept(() => {
        if (readPastedCode(box.value) !== null) resolve(box.value);
      });
      box.onDidHide(() => resolve(null));
      box.show();
    });
  } finally {
    box.dispose();
  }
}

function problemOf(value: string): string | undefined {
  return value.trim() === '' || readPastedCode(value) !== null
    ? undefined
    : vscode.l10n.t('This is neither a code nor the address of the page with it.');
}
