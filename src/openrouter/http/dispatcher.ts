import type * as undici from 'undici';

/** The little of undici that is used here; only its types are imported. */
export type Dispatcher = Pick<undici.Dispatcher, 'dispatch' | 'destroy'>;

/**
 * Opens the connections of one client. Proxies, certificates, and which copy of undici is loaded
 * are decided by its provider, see `src/network`.
 */
export type CreateDispatcher = (options: { readonly connectTimeoutMs: number }) => Dispatcher;
