import { X509Certificate, createHash } from 'node:crypto';
import type * as tls from 'node:tls';
import type { Environment } from './proxySettings';

/** What is asked of Node, so that tests and older versions can answer otherwise. */
export interface CertificateSources {
  /** `node:tls`; `getCACertificates` exists since Node 22.15. */
  readonly tls: Pick<typeof tls, 'rootCertificates' | 'createSecureContext'> &
    Partial<Pick<typeof tls, 'getCACertificates'>>;
  readonly environment: Environment;
  /** Gives a file's text; may throw. */
  readonly readFile: (path: string) => string;
  readonly now: () => number;
}

/** Which certificate authorities connections trust besides those that Node brings. */
export interface Trust {
  /** Null when Node's own list is all; its own context is cheaper than a new one. */
  readonly secureContext: tls.SecureContext | null;
  /** For a report on the connection. */
  readonly systemCount: number;
  readonly extraCount: number;
  /** Equal for the same authorities. */
  readonly fingerprint: string;
  /** Why the file of `NODE_EXTRA_CA_CERTS` could not be used; null when it could, or is not set. */
  readonly extraFileError: string | null;
}

/**
 * Gathers certificate authorities: the system's, unless `http.systemCertificates` is off, and those
 * of the file that `NODE_EXTRA_CA_CERTS` names. Node itself reads that file only when a process
 * starts, and the system's only when it is told to on the command line.
 *
 * The context is made once and shared: a list of authorities costs milliseconds to parse, and would
 * be parsed again for every connection.
 */
export function loadTrust(
  sources: CertificateSources,
  options: { readonly useSystem: boolean },
): Trust {
  const builtIn = new Set(sources.tls.rootCertificates.map(contentOf));
  const usable = (texts: readonly string[]): Map<string, string> =>
    new Map(
      texts
        .map((text) => [contentOf(text), text] as const)
        .filter(([content, text]) => !builtIn.has(content) && isValid(text, sources.now())),
    );
  const system = usable(options.useSystem ? (sources.tls.getCACertificates?.('system') ?? []) : []);
  const file = readExtraFile(sources);
  const fromNode = sources.tls.getCACertificates?.('extra') ?? [];
  const extra = usable([...fromNode, ...file.certificates]);
  const authorities = [...new Map([...system, ...extra]).values()];
  return {
    secureContext:
      authorities.length === 0
        ? null
        : sources.tls.createSecureContext({
            ca: [...sources.tls.rootCertificates, ...authorities],
          }),
    fingerprint: createHash('sha256')
      .update(authorities.map(contentOf).sort().join())
      .digest('hex'),
    systemCount: system.size,
    extraCount: extra.size,
    extraFileError: file.error,
  };
}

function readExtraFile(sources: CertificateSources): {
  certificates: string[];
  error: string | null;
} {
  const path = sources.environment['NODE_EXTRA_CA_CERTS'] ?? '';
  if (path === '') return { certificates: [], error: null };
  try {
    const certificates = splitPem(sources.readFile(path));
    return { certificates, error: certificates.length === 0 ? 'no-certificate' : null };
  } catch (error) {
    return { certificates: [], error: (error as NodeJS.ErrnoException).code ?? 'unreadable' };
  }
}

/** The certificates of a PEM file, which may have comments and other blocks between them. */
export function splitPem(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** Sources break the lines of the same certificate differently. */
function contentOf(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** An expired authority of the same name can stand in the way of its successor. */
function isValid(text: string, nowMs: number): boolean {
  try {
    return Date.parse(new X509Certificate(text).validTo) > nowMs;
  } catch {
    return false;
  }
}
