import type * as undici from 'undici';
import { OpenRouterError } from '../openrouter/errors';
import type { CreateDispatcher } from '../openrouter/http/dispatcher';
import type { Trust } from './certificates';
import type { ProxyDecision } from './proxySettings';

/** undici, loaded by the caller: only types are imported here. */
export type UndiciModule = Pick<typeof undici, 'Agent' | 'ProxyAgent'>;

export interface DispatcherOptions {
  readonly undici: UndiciModule;
  readonly proxy: ProxyDecision;
  readonly trust: Pick<Trust, 'secureContext'>;
  /** `http.proxyStrictSSL`: false accepts any certificate. */
  readonly strictSsl: boolean;
}

/** Streams of several runs at once each hold a connection. */
const MAX_CONNECTIONS = 32;
/** A run soon after another finds the connection open; a server that says less is believed. */
const KEEP_ALIVE_MS = 30_000;
/** Node's 250 ms for each address of a host give up on distant servers. */
const ADDRESS_ATTEMPT_MS = 1_000;

/**
 * Opens connections as the editor's settings say: directly or through a proxy, with the system's
 * certificates. Errors come from undici as they are, with the socket's code.
 */
export function networkDispatcher(options: DispatcherOptions): CreateDispatcher {
  const { undici: module, proxy } = options;
  return ({ connectTimeoutMs }) => {
    // A user who sets a proxy may rely on it that nothing leaves the machine another way.
    if (proxy.reason === 'unsupported') {
      throw new OpenRouterError('connection', 'The proxy that is set is of an unsupported kind', {
        reason: 'unsupported-proxy',
      });
    }
    const pool = {
      connections: MAX_CONNECTIONS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // The transport has clocks of its own, which know heartbeats from answers.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    const connect = connectOptions(options, connectTimeoutMs);
    const { proxyUrl } = proxy;
    if (proxyUrl === null) return new module.Agent({ ...pool, connect });
    return new module.ProxyAgent({ ...pool, ...proxyOptions({ ...proxy, proxyUrl }, connect) });
  };
}

function connectOptions(
  { trust, strictSsl }: DispatcherOptions,
  connectTimeoutMs: number,
): undici.buildConnector.BuildOptions {
  return {
    timeout: connectTimeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    ...(trust.secureContext === null ? {} : { secureContext: trust.secureContext }),
    // Left out rather than true, so that NODE_TLS_REJECT_UNAUTHORIZED keeps its meaning.
    ...(strictSsl ? {} : { rejectUnauthorized: false }),
  };
}

/** The proxy's own TLS, when it is an https one, and that of the tunnel through it. */
function proxyOptions(
  { proxyUrl, authorization }: ProxyDecision & { readonly proxyUrl: string },
  connect: undici.buildConnector.BuildOptions,
): undici.ProxyAgent.Options {
  if (!proxyUrl.startsWith('socks')) {
    const token = authorization === null ? {} : { token: authorization };
    return { uri: proxyUrl, ...token, proxyTls: connect, requestTls: connect };
  }
  // undici knows SOCKS 5 by two names, has the proxy look up hosts in either case, and would speak
  // TLS to a SOCKS proxy if it were given options for it.
  const uri = proxyUrl.replace(/^socks5h:/, 'socks5:');
  return { uri, requestTls: connect, ...basicCredentials(authorization) };
}

/** User and password of RFC 7617, for the protocol that has no headers. */
function basicCredentials(
  authorization: string | null,
): { readonly username: string; readonly password: string } | null {
  const encoded = /^Basic ([\w+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
