import type * as undici from 'undici';

/** The little of undici that is used here; only its types are imported. */
export type Dispatcher = Pick<undici.Dispatcher, 'dispatch' | 'destroy'>;
export type UndiciModule = Pick<typeof undici, 'Agent'>;

/**
 * Opens the connections of one client. Proxies, certificates, and which copy of undici is loaded
 * are decided by whoever provides it: the editor patches undici only when it is loaded by
 * `require('undici')` at run time, so a copy bundled in here would bypass the editor's proxy.
 */
export type CreateDispatcher = (options: { readonly connectTimeoutMs: number }) => Dispatcher;

/** Direct connections with Node's own certificates. */
export function directDispatcher(module: UndiciModule): CreateDispatcher {
  return ({ connectTimeoutMs }) =>
    new module.Agent({
      connect: { timeout: connectTimeoutMs },
      // The transport has clocks of its own, which know heartbeats from answers.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
}
