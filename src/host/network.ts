import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import tls from 'node:tls';
import * as vscode from 'vscode';
import { systemClock } from '../common/clock';
import { type Trust, loadTrust } from '../network/certificates';
import { networkDispatcher } from '../network/dispatcher';
import { editorProxyResolver, findProxy } from '../network/editorProxy';
import type { ProxyDecision } from '../network/proxySettings';
import { undiciAgents } from '../network/undiciAgents';
import type { CreateDispatcher } from '../openrouter/dispatcher';

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
    const settings = vscode.workspace.getConfiguration('http');
    const proxy = await findProxy(
      {
        origin,
        environment: this.#environment,
        settings: {
          proxy: settings.get<string>('proxy') ?? '',
          noProxy: settings.get<string[]>('noProxy') ?? [],
          proxyAuthorization: settings.get<string | null>('proxyAuthorization') ?? '',
          proxySupport: settings.get<string>('proxySupport') ?? 'override',
        },
      },
      this.#resolveSystemProxy,
    );
    const strictSsl = settings.get<boolean>('proxyStrictSSL') ?? true;
    const useSystem = settings.get<boolean>('systemCertificates') ?? true;
    const trust = this.#trustOf(useSystem);
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
