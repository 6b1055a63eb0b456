import { isLoopback } from '../common/loopback';

/**
 * The editor's settings that decide how a request gets out. Their meaning is the editor's own
 * (github.com/microsoft/vscode-proxy-agent), so that an answer here is what a user sees elsewhere.
 */
export interface ProxySettings {
  /** `http.proxy`; empty for none. */
  readonly proxy: string;
  /** `http.noProxy`. With any entry, the environment's list does not count. */
  readonly noProxy: readonly string[];
  /** `http.proxyAuthorization`: the whole value of the header; empty for none. */
  readonly proxyAuthorization: string;
  /** `http.proxySupport`; only `off` matters here. */
  readonly proxySupport: string;
}

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Why a request goes the way it goes.
 *
 * - `loopback`: this machine is always reached directly.
 * - `support-off`: `http.proxySupport` is `off`.
 * - `excluded-by-setting`, `excluded-by-environment`: `http.noProxy`, `NO_PROXY`.
 * - `setting`, `environment`: `http.proxy`, `HTTPS_PROXY` and the like.
 * - `system`: the editor found the proxy by the system's settings or a PAC file.
 * - `unsupported`: a proxy is set, but of a kind that we cannot speak to, so nothing is sent.
 * - `none`: no proxy is set.
 */
export type ProxyReason =
  | 'loopback'
  | 'support-off'
  | 'excluded-by-setting'
  | 'excluded-by-environment'
  | 'setting'
  | 'environment'
  | 'system'
  | 'unsupported'
  | 'none';

export interface ProxyDecision {
  /** Scheme, host and port, without credentials; null for a direct connection. Fit to be shown. */
  readonly proxyUrl: string | null;
  /** Value of the `Proxy-Authorization` header, which is secret; null for none. */
  readonly authorization: string | null;
  readonly reason: ProxyReason;
}

export interface ProxyQuestion {
  /** Such as `https://openrouter.ai`. */
  readonly origin: string;
  readonly settings: ProxySettings;
  readonly environment: Environment;
}

/**
 * Decides by settings and environment which proxy a request takes. With the reason `none` the
 * system may still know of one: see `withSystemProxy`.
 */
export function resolveProxy({ origin, settings, environment }: ProxyQuestion): ProxyDecision {
  const url = new URL(origin);
  if (isLoopback(url.hostname)) return direct('loopback');
  if (settings.proxySupport === 'off') return direct('support-off');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const fromSetting = settings.noProxy.length > 0;
  const excluded = fromSetting ? settings.noProxy : variable(environment, 'no_proxy').split(',');
  if (isExcluded(url.hostname, port, excluded)) {
    return direct(fromSetting ? 'excluded-by-setting' : 'excluded-by-environment');
  }
  if (settings.proxy.trim() !== '') {
    return proxied(settings.proxy, 'setting', settings.proxyAuthorization);
  }
  const configured = variable(environment, 'https_proxy') || variable(environment, 'http_proxy');
  if (configured !== '') return proxied(configured, 'environment', settings.proxyAuthorization);
  return direct('none');
}

/**
 * Takes the system's proxy, where settings and environment name none.
 *
 * @param systemProxy what the editor's resolver gave for the origin; null for a direct connection.
 */
export function withSystemProxy(
  decision: ProxyDecision,
  systemProxy: string | null,
  settings: ProxySettings,
): ProxyDecision {
  if (decision.reason !== 'none' || systemProxy === null) return decision;
  return proxied(systemProxy, 'system', settings.proxyAuthorization);
}

function direct(reason: ProxyReason): ProxyDecision {
  return { proxyUrl: null, authorization: null, reason };
}

/** undici speaks to HTTP proxies and to SOCKS 5; the editor ignores what has no scheme. */
const SUPPORTED_SCHEMES = new Set(['http:', 'https:', 'socks5:', 'socks:', 'socks5h:']);

function proxied(text: string, reason: ProxyReason, authorization: string): ProxyDecision {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || url.hostname === '' || !SUPPORTED_SCHEMES.has(url.protocol)) {
    return direct('unsupported');
  }
  return {
    proxyUrl: `${url.protocol}//${url.host}`,
    authorization: authorization === '' ? basicAuthorization(url) : authorization,
    reason,
  };
}

/** RFC 7617, for credentials that stand in the proxy's URL. */
function basicAuthorization(url: URL): string | null {
  if (url.username === '' && url.password === '') return null;
  const credentials = `${decode(url.username)}:${decode(url.password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** curl and others know these names in lower case, many more people write them in capitals. */
function variable(environment: Environment, name: string): string {
  return (environment[name] ?? environment[name.toUpperCase()] ?? '').trim();
}

/**
 * Whether a list excludes a host: `*` excludes all; `example.com` and `.example.com` both exclude
 * the domain and everything below it; `example.com:8443` only that port. Address ranges have no
 * meaning for the editor, and so none here.
 */
function isExcluded(hostname: string, port: string, entries: readonly string[]): boolean {
  const host = `.${hostname.toLowerCase().replace(/^\[|\]$/g, '')}`;
  return entries.some((entry) => {
    const text = entry.trim().toLowerCase();
    if (text === '*') return true;
    // An IPv6 address has colons of its own: [::1]:8080.
    const match =
      /^\[([^\]]*)\](?::(\d+))?$/.exec(text) ??
      /^([^:]*)(?::(\d+))?$/.exec(text) ??
      /^(.*)$/.exec(text);
    const name = match?.[1] ?? '';
    const onlyPort = match?.[2];
    if (name === '' || (onlyPort !== undefined && onlyPort !== port)) return false;
    return host.endsWith(name.startsWith('.') ? name : `.${name}`);
  });
}
