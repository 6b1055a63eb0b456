import type { Clock } from '../common/clock';
import { DelegateError } from '../common/delegateError';
import { isLoopback } from '../common/loopback';
import { OpenRouterError } from '../openrouter/errors';
import { authorizationUrl, createPkceSession, readPastedCode, type RandomBytes } from './pkce';
import type { CallbackPage, CallbackServer, CallbackServerOptions } from './callbackServer';

/** What signing in needs of the editor, the network and the machine. */
export interface SignInPorts {
  /** Opens the browser; whether it did is seen by what comes back. */
  readonly openExternal: (url: string) => Promise<unknown>;
  /**
   * Makes an address of this machine one that the user's browser reaches
   * (`vscode.env.asExternalUri`); null when there is none.
   */
  readonly toExternalUrl: (url: string) => Promise<string | null>;
  readonly startCallbackServer: (options: CallbackServerOptions) => Promise<CallbackServer>;
  /** Asks for the code; null when the user gives up. Closes when the signal aborts. */
  readonly promptForCode: (question: CodeQuestion) => Promise<string | null>;
  readonly exchangeCode: (exchange: {
    readonly code: string;
    readonly verifier: string;
  }) => Promise<{ readonly key: string }>;
  readonly randomBytes: RandomBytes;
  readonly clock: Clock;
}

/** What the user is asked while the browser is open. */
export interface CodeQuestion {
  /** The page that was opened, for a browser elsewhere. */
  readonly pageUrl: string;
  /** Whether the browser will come back by itself; otherwise the page shows a code. */
  readonly isCallbackExpected: boolean;
  readonly signal: AbortSignal;
}

export interface SignInOptions {
  readonly ports: SignInPorts;
  readonly baseUrl: string;
  /** Names the key on the account's page. */
  readonly keyLabel: string;
  readonly page: CallbackPage;
  readonly signal?: AbortSignal;
  /** Codes live for ten minutes (API reference, OAuth), so waiting longer is no use. */
  readonly timeoutMs?: number;
}

/**
 * - `sign-in-denied`: the user did not allow the key on the page.
 * - `sign-in-timeout`: no code came in time.
 * - `sign-in-code-rejected`: the code was wrong, used before, or too old.
 */
export type SignInErrorCode = 'sign-in-denied' | 'sign-in-timeout' | 'sign-in-code-rejected';

/** A sign-in that did not end in a key, other than by the user's giving up. */
export class SignInError extends DelegateError {
  readonly code: SignInErrorCode;

  constructor(code: SignInErrorCode, cause?: unknown) {
    super(`Signing in failed: ${code}`, { cause });
    this.code = code;
  }
}

const CODE_LIFETIME_MS = 10 * 60_000;

/**
 * Signs in by OAuth with PKCE: opens the page on which the user allows a key, and takes the code
 * from the browser's visit to this machine or from the user's hands, whichever comes first.
 *
 * Where the browser cannot get back here, as in some remote windows, the page is asked to show the
 * code instead.
 *
 * @returns the key, or null when the user gave up.
 * @throws SignInError, or OpenRouterError when the API could not be asked.
 */
export async function signIn(options: SignInOptions): Promise<string | null> {
  const { ports } = options;
  const session = createPkceSession(ports.randomBytes);
  const server = await startServer(options, session.state);
  try {
    const callbackUrl = server === null ? null : await externalUrl(server.url, ports);
    const pageUrl = authorizationUrl(options.baseUrl, {
      challenge: session.challenge,
      callbackUrl,
      keyLabel: options.keyLabel,
    });
    if (options.signal?.aborted === true) return null;
    // Not awaited: the editor may ask first, and the user may copy the address instead.
    void ports.openExternal(pageUrl).catch(() => undefined);
    const code = await waitForCode(options, {
      server: callbackUrl === null ? null : server,
      pageUrl,
    });
    return code === null ? null : await exchange(ports, code, session.verifier);
  } finally {
    await server?.close();
  }
}

/** A machine on which nothing can listen still has the code to paste. */
async function startServer(options: SignInOptions, state: string): Promise<CallbackServer | null> {
  try {
    return await options.ports.startCallbackServer({ state, page: options.page });
  } catch {
    return null;
  }
}

/** The address for the browser; null when it is not one that the API calls back. */
async function externalUrl(url: string, ports: SignInPorts): Promise<string | null> {
  try {
    const given = await ports.toExternalUrl(url);
    if (given === null) return null;
    const external = new URL(given);
    const isLocal = external.protocol === 'http:' && isLoopback(external.hostname);
    return isLocal || external.protocol === 'https:' ? external.href : null;
  } catch {
    return null;
  }
}

/** The first of: a visit, a pasted code, the user's giving up, the end of the time. */
async function waitForCode(
  { ports, signal, timeoutMs = CODE_LIFETIME_MS }: SignInOptions,
  { server, pageUrl }: { readonly server: CallbackServer | null; readonly pageUrl: string },
): Promise<string | null> {
  const over = new AbortController();
  let cancelTimer: () => void = () => undefined;
  const visited = server?.result.then((result) => {
    if (result.type === 'denied') throw new SignInError('sign-in-denied');
    return result.code;
  });
  const timedOut = new Promise<never>((_, reject) => {
    cancelTimer = ports.clock.after(timeoutMs, () => reject(new SignInError('sign-in-timeout')));
  });
  const aborted = new Promise<null>((resolve) => {
    signal?.addEventListener('abort', () => resolve(null), { once: true, signal: over.signal });
  });
  const pasted = ports
    .promptForCode({ pageUrl, isCallbackExpected: server !== null, signal: over.signal })
    .then((text) => (text === null ? null : readPastedCode(text)));
  try {
    return await Promise.race([...(visited ? [visited] : []), pasted, timedOut, aborted]);
  } finally {
    cancelTimer();
    over.abort();
  }
}

async function exchange(ports: SignInPorts, code: string, verifier: string): Promise<string> {
  try {
    return (await ports.exchangeCode({ code, verifier })).key;
  } catch (error) {
    // The API answers 403 to a wrong code or verifier and to a code that is too old, 400 to a malformed one.
    if (error instanceof OpenRouterError && (error.status === 403 || error.status === 400)) {
      throw new SignInError('sign-in-code-rejected', error);
    }
    throw error;
  }
}
