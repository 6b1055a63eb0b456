import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import tls from 'node:tls';
import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import { type Trust, loadTrust } from '../../network/certificates';
import { networkDispatcher } from '../../network/dispatcher';
import { editorProxyResolver, findProxy } from '../../network/editorProxy';
import type { ProxyDecision, ProxySettings } from '../../network/proxySettings';
import { undiciAgents } from '../../network/undiciAgents';
import type { CreateDispatcher } from '../../openrouter/http/dispatcher';

/** How requests get out of this machine, by the editor's settings. */
export interface NetworkRoute {
  readonly proxy: ProxyDecision;
  readonly trust: Trust;
  readonly strictSsl: boolean;
  readonly createDispatcher: CreateDispatcher;
  /** Equal for routes that are the same, without anything secret in it. */
  readonly fingerprint: string;
}

/**
 * Finds the route to an origin.
 *
 * undici is bundled: the extension host's patch of it only remembers options for the editor's own
 * fetch and routes nothing (seen in 1.104 and 1.139), so proxy and certificates are resolved here.
 */
export class Network {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #resolveSystemProxy: ReturnType<typeof editorProxyResolver>;
  /** Reading the system's certificates takes a tenth of a second. */
  readonly #trust = new Map<boolean, Trust>();

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
    this.#resolveSystemProxy = editorProxyResolver({
      appRoot: vscode.env.appRoot,
      load: createRequire(__filename),
      clock: systemClock,
    });
  }

  async routeTo(origin: string): Promise<NetworkRoute> {
    const settings = readHttpSettings();
    const proxy = await findProxy(
      {
        origin,
        environment: this.#environment,
        settings,
      },
      this.#resolveSystemProxy,
    );
    const { strictSsl } = settings;
    const trust = this.#trustOf(settings.useSystemCertificates);
    return {
      proxy,
      trust,
      strictSsl,
      createDispatcher: networkDispatcher({ undici: undiciAgents, proxy, trust, strictSsl }),
      fingerprint: createHash('sha256')
        .update(
          JSON.stringify([
            proxy.proxyUrl,
            proxy.reason,
            // A corrected password is another route; the old one would go on to be refused.
            proxy.authorization,
            strictSsl,
            trust.fingerprint,
            trust.extraFileError,
          ]),
        )
        .digest('hex'),
    };
  }

  /** Has the next route read the certificates again. */
  forgetCertificates(): void {
    this.#trust.clear();
  }

  #trustOf(useSystem: boolean): Trust {
    const known = this.#trust.get(useSystem);
    if (known) return known;
    const trust = loadTrust(
      {
        tls,
        environment: this.#environment,
        readFile: (path) => readFileSync(path, 'utf8'),
        now: () => systemClock.now(),
      },
      { useSystem },
    );
    this.#trust.set(useSystem, trust);
    return trust;
  }
}

interface HttpSettings extends ProxySettings {
  readonly strictSsl: boolean;
  readonly useSystemCertificates: boolean;
}

/**
 * The user's own values only. A workspace that names a proxy and switches off the check of
 * certificates would read the key.
 */
function readHttpSettings(): HttpSettings {
  const configuration = vscode.workspace.getConfiguration('http');
  const read = <T>(key: string, fallback: T): T => {
    const layers = configuration.inspect<T | null>(key);
    return layers?.globalValue ?? layers?.defaultValue ?? fallback;
  };
  return {
    proxy: read('proxy', ''),
    noProxy: read<readonly string[]>('noProxy', []),
    proxyAuthorization: read('proxyAuthorization', ''),
    proxySupport: read('proxySupport', 'override'),
    strictSsl: read('proxyStrictSSL', true),
    useSystemCertificates: read('systemCertificates', true),
  };
}
