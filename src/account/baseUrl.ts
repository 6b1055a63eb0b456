import { isLoopback, isPrivateAddress } from '../common/loopback';

/** Why an address cannot be the API's. */
export type BaseUrlProblem =
  /** Not an absolute http or https address. */
  | 'not-an-address'
  /** A key would travel in the clear: http is for this machine only. */
  | 'not-https'
  /** User and password do not belong in a setting. */
  | 'has-credentials'
  /** Paths are appended, so nothing may follow the path. */
  | 'has-query';

export type BaseUrl =
  | { readonly ok: true; readonly baseUrl: string; readonly origin: string }
  | { readonly ok: false; readonly problem: BaseUrlProblem };

/**
 * Reads the address of the API: https, or http on this machine, without credentials, query and
 * fragment. It comes back without slashes at its end.
 */
export function readBaseUrl(text: string): BaseUrl {
  return readAddress(text, isLoopback);
}

/** Reads the address of a worker of the user's: the same, and http to a private address as well. */
export function readWorkerBaseUrl(text: string): BaseUrl {
  return readAddress(text, isPrivateAddress);
}

function readAddress(text: string, mayUseHttp: (hostname: string) => boolean): BaseUrl {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return problem('not-an-address');
  if (url.protocol === 'http:' && !mayUseHttp(url.hostname)) return problem('not-https');
  if (url.username !== '' || url.password !== '') return problem('has-credentials');
  // An empty query or fragment is gone from the parsed address, but not from the text.
  if (/[?#]/.test(text)) return problem('has-query');
  return { ok: true, baseUrl: url.href.replace(/\/+$/, ''), origin: url.origin };
}

function problem(name: BaseUrlProblem): BaseUrl {
  return { ok: false, problem: name };
}
