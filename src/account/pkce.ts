import { createHash } from 'node:crypto';

/** Source of randomness: that many bytes that nobody can guess. */
export type RandomBytes = (size: number) => Uint8Array;

/** What one sign-in keeps between the browser's two visits (RFC 7636, method S256). */
export interface PkceSession {
  /** Secret until the code is exchanged; 43 characters of base64url. */
  readonly verifier: string;
  readonly challenge: string;
  /** Comes back as the callback's path, because the API has no `state` of its own. */
  readonly state: string;
}

/** Begins a sign-in. */
export function createPkceSession(randomBytes: RandomBytes): PkceSession {
  const verifier = base64Url(randomBytes(32));
  return { verifier, challenge: pkceChallenge(verifier), state: base64Url(randomBytes(16)) };
}

/** The S256 challenge of a verifier. */
export function pkceChallenge(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}

export interface AuthorizationOptions {
  readonly challenge: string;
  /**
   * https, or http on this machine. Null for the flow without a callback, where the page shows a
   * code to paste; remote windows need it.
   */
  readonly callbackUrl: string | null;
  /** Names the key on the account's page; at most 100 characters are sent. */
  readonly keyLabel?: string;
}

/**
 * The page on which the user allows a key (API reference, OAuth PKCE).
 *
 * @param baseUrl the API's base URL; the page lies at `/auth` of the same origin.
 */
export function authorizationUrl(baseUrl: string, options: AuthorizationOptions): string {
  const url = new URL('/auth', baseUrl);
  if (options.callbackUrl !== null) url.searchParams.set('callback_url', options.callbackUrl);
  url.searchParams.set('code_challenge', options.challenge);
  url.searchParams.set('code_challenge_method', 'S256');
  if (options.keyLabel !== undefined) {
    url.searchParams.set('key_label', options.keyLabel.slice(0, 100));
  }
  return url.href;
}

export type CallbackResult =
  | { readonly type: 'code'; readonly code: string }
  /** The user said no, or the page reports an error. */
  | { readonly type: 'denied' };

/** Reads the query of a visit to the callback URL; null when it says neither. */
export function readCallback(query: URLSearchParams): CallbackResult | null {
  if (query.has('error')) return { type: 'denied' };
  const code = query.get('code');
  return code === null || code === '' ? null : { type: 'code', code };
}

/**
 * Reads what the user pasted: the code itself, or the address of a page that has it as `code`.
 * Returns null for anything that can be neither.
 */
export function readPastedCode(pasted: string): string | null {
  const text = pasted.trim();
  if (/^https?:/i.test(text) && URL.canParse(text)) {
    const code = new URL(text).searchParams.get('code');
    return code === null || code === '' ? null : code;
  }
  return /^[\w.~+/=-]{8,512}$/.test(text) ? text : null;
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
