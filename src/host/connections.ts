import * as vscode from 'vscode';
import { EndpointCatalog } from '../catalog/endpointPrices';
import { fileStorage } from '../catalog/fileStorage';
import { ModelCatalog } from '../catalog/modelCatalog';
import { delay, systemClock } from '../common/clock';
import { ATTRIBUTION_HEADERS } from '../delegation/attribution';
import { type OpenRouterClient, createClient } from '../openrouter/client';
import type { Endpoint } from '../account/apiKey';
import type { Credentials } from './credentials';
import type { Network, NetworkRoute } from './network';
import type { Demo } from './demo';
import { readSetting } from './settings';

/** A client with what else a run must know of where it talks to. */
export interface Connection {
  readonly client: OpenRouterClient;
  readonly catalog: ModelCatalog;
  readonly endpoints: EndpointCatalog;
  readonly origin: string;
  readonly route: NetworkRoute;
  readonly isDemo: boolean;
}

type UsableEndpoint = Extract<Endpoint, { ok: true }>;

/** A connection with the address and key that it was opened for. */
export interface OpenedEndpoint {
  readonly connection: Connection;
  readonly endpoint: UsableEndpoint;
}

/** A first run waits this long for models and prices; without them it goes on without estimates. */
const FIRST_CATALOG_MS = 4000;

export interface ConnectionsOptions {
  readonly credentials: Credentials;
  readonly demo: Demo;
  readonly network: Network;
  /** Folder for the list of models. */
  readonly storage: vscode.Uri;
}

/**
 * Opens connections to the API, one for each combination of address, route and clocks.
 *
 * One that is no longer asked for is left alone, because runs may still be under way on it; its
 * idle sockets close by themselves. All are closed with the window.
 */
export class Connections implements vscode.Disposable {
  readonly #options: ConnectionsOptions;
  /** By fingerprint. Promises, so that callers at the same time share one connection. */
  readonly #opened = new Map<string, Promise<Connection>>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /**
   * @param again goes on with what a key was missing for, once the user has started the demo.
   * @returns null when there is no key for the API, or no usable address; the user was told.
   */
  async openWithKey(again?: () => void): Promise<Connection | null> {
    const endpoint = await this.#endpoint();
    if (endpoint.ok && endpoint.key === null) {
      void askForKey(endpoint.otherKeyOrigin, again);
      return null;
    }
    if (!endpoint.ok) {
      void showAddressProblem(endpoint);
      return null;
    }
    const connection = await this.#open(endpoint);
    // A window may be open for days; prices must not be as old.
    connection.catalog.refreshInBackground();
    await waitForCatalog(connection.catalog);
    return connection;
  }

  /**
   * A connection to the account's own API, also while the demo is on and without a key: for signing
   * in and for checking a key.
   *
   * @returns null when the address is not usable; the user was told.
   */
  async openAccount(): Promise<OpenedEndpoint | null> {
    return this.#openEndpoint(await this.#options.credentials.endpoint());
  }

  /**
   * A connection to where runs go now, for a test of it: certificates are read anew, because one
   * may just have been added.
   *
   * @returns null when the address is not usable; the user was told.
   */
  async openAnew(): Promise<OpenedEndpoint | null> {
    this.#options.network.forgetCertificates();
    return this.#openEndpoint(await this.#endpoint());
  }

  /**
   * A connection for what needs no key, such as the list of models.
   * @throws an Error when the address of the API cannot be used.
   */
  async open(): Promise<Connection> {
    const endpoint = await this.#endpoint();
    if (!endpoint.ok) throw new Error(`The address of the API is not usable: ${endpoint.problem}.`);
    return this.#open(endpoint);
  }

  dispose(): void {
    for (const opened of this.#opened.values()) {
      void opened.then(({ client }) => client.close()).catch(() => undefined);
    }
    this.#opened.clear();
  }

  async #endpoint(): Promise<Endpoint> {
    const demo = this.#options.demo.endpoint;
    if (!demo) return this.#options.credentials.endpoint();
    return {
      ok: true,
      baseUrl: demo.baseUrl,
      origin: new URL(demo.baseUrl).origin,
      key: demo.apiKey,
      keySource: 'environment',
      otherKeyOrigin: null,
    };
  }

  async #openEndpoint(endpoint: Endpoint): Promise<OpenedEndpoint | null> {
    if (endpoint.ok) return { connection: await this.#open(endpoint), endpoint };
    void showAddressProblem(endpoint);
    return null;
  }

  async #open(endpoint: UsableEndpoint): Promise<Connection> {
    const clocks = readClocks();
    const route = await this.#options.network.routeTo(endpoint.origin);
    const fingerprint = JSON.stringify([endpoint.baseUrl, clocks, route.fingerprint]);
    const known = this.#opened.get(fingerprint);
    if (known) return known;
    const opening = this.#load(this.#connect(endpoint, route, clocks));
    this.#opened.set(fingerprint, opening);
    return opening;
  }

  async #load(connection: Connection): Promise<Connection> {
    await connection.catalog.load();
    return connection;
  }

  #connect(endpoint: UsableEndpoint, route: NetworkRoute, clocks: Clocks): Connection {
    const { demo, storage } = this.#options;
    const isDemo = endpoint.baseUrl === demo.endpoint?.baseUrl;
    const client = createClient({
      baseUrl: endpoint.baseUrl,
      // Asked anew for each request, so that a key that was removed is not used any more.
      getApiKey: async (origin) => {
        const now = isDemo ? await this.#endpoint() : await this.#options.credentials.endpoint();
        return now.ok && now.origin === origin ? now.key : null;
      },
      headers: ATTRIBUTION_HEADERS,
      createDispatcher: route.createDispatcher,
      clock: systemClock,
      ...clocks,
    });
    const file = isDemo ? 'models-demo.json' : 'models.json';
    return {
      client,
      catalog: new ModelCatalog({
        storage: fileStorage(vscode.Uri.joinPath(storage, file).fsPath),
        fetchModels: () => client.listModels(),
        baseUrl: endpoint.baseUrl,
        clock: systemClock,
      }),
      endpoints: new EndpointCatalog({
        fetchEndpoints: (slug) => client.listEndpoints(slug),
        clock: systemClock,
      }),
      origin: endpoint.origin,
      route,
      isDemo,
    };
  }
}

async function waitForCatalog(catalog: ModelCatalog): Promise<void> {
  if (catalog.ageMs !== null) return;
  const refreshed = catalog.refresh().catch(() => undefined);
  await Promise.race([refreshed, delay(systemClock, FIRST_CATALOG_MS)]);
}

interface Clocks {
  readonly connectTimeoutMs: number;
  readonly silenceTimeoutMs: number;
  readonly progressTimeoutMs: number;
}

function readClocks(): Clocks {
  return {
    connectTimeoutMs: readSetting('stream.connectTimeoutSeconds') * 1000,
    silenceTimeoutMs: readSetting('stream.silenceTimeoutSeconds') * 1000,
    progressTimeoutMs: readSetting('stream.progressTimeoutSeconds') * 1000,
  };
}

/** Without a key there is nothing wrong yet: this offers the ways to get one, and the demo. */
async function askForKey(otherKeyOrigin: string | null, again?: () => void): Promise<void> {
  const { l10n } = vscode;
  const commands = new Map([
    [l10n.t('Sign in'), 'delegate.signIn'],
    [l10n.t('Set API key…'), 'delegate.setApiKey'],
    [l10n.t('Try the offline demo'), 'delegate.startDemo'],
  ]);
  const picked = await vscode.window.showInformationMessage(
    otherKeyOrigin === null
      ? l10n.t(
          'Delegate needs an OpenRouter key for this. Sign in or set a key; or try the offline demo, which needs none.',
        )
      : l10n.t(
          'The key that is stored was given for {0} and is sent nowhere else. Sign in or set a key for the address in delegate.api.baseUrl.',
          otherKeyOrigin,
        ),
    ...commands.keys(),
  );
  const command = picked === undefined ? undefined : commands.get(picked);
  if (command === undefined) return;
  const isDemo = command === 'delegate.startDemo';
  await vscode.commands.executeCommand(command, ...(isDemo && again ? [{ hasRun: true }] : []));
  // The demo costs nothing, so it can go on at once; a run that costs money is started anew.
  if (isDemo) again?.();
}

/** The address is wrong; nothing is sent anywhere until it is corrected. */
async function showAddressProblem(endpoint: Extract<Endpoint, { ok: false }>): Promise<void> {
  const { l10n } = vscode;
  const open = l10n.t('Open settings');
  const name = endpoint.source === 'setting' ? 'delegate.api.baseUrl' : 'OPENROUTER_BASE_URL';
  const picked = await vscode.window.showErrorMessage(
    l10n.t(
      '{0} is not an address that a key may be sent to ({1}). Use https, or http on this machine, without user name, query or fragment.',
      name,
      endpoint.problem,
    ),
    open,
  );
  if (picked === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'delegate.api.baseUrl');
  }
}
