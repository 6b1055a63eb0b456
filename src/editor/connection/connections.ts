import * as vscode from 'vscode';
import { EndpointCatalog } from '../../catalog/endpointPrices';
import { fileStorage } from '../../catalog/fileStorage';
import { ModelCatalog } from '../../catalog/modelCatalog';
import { delay, systemClock } from '../../common/clock';
import { ATTRIBUTION_HEADERS } from '../../openrouter/attribution';
import { type OpenRouterClient, createClient } from '../../openrouter/client';
import type { Endpoint } from '../../account/apiKey';
import { readWorkerBaseUrl } from '../../account/baseUrl';
import { type ConnectionProblem, showProblem } from './connectionProblem';
import type { Credentials } from './credentials';
import { EnvironmentAddress } from './environmentAddress';
import type { Network, NetworkRoute } from './network';
import type { Demo } from './demo';
import { readSetting } from '../settings/settings';

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

/** An endpoint of the user's at which the worker is asked. */
export interface WorkerEndpoint {
  readonly client: OpenRouterClient;
  readonly origin: string;
}

/** A first run waits this long for models and prices; without them it goes on without estimates. */
const FIRST_CATALOG_MS = 4000;

export interface ConnectionsOptions {
  readonly credentials: Credentials;
  readonly demo: Demo;
  readonly network: Network;
  /** Folder for the list of models. */
  readonly storage: vscode.Uri;
  /** Remembers on this machine which addresses of the environment the user agreed to. */
  readonly memory: vscode.Memento;
}

/**
 * Opens connections to the API, one for each combination of address, route and clocks.
 *
 * One that is no longer asked for is left alone, because runs may still be under way on it; its
 * idle sockets close by themselves. All are closed with the window.
 */
export class Connections implements vscode.Disposable {
  readonly #options: ConnectionsOptions;
  readonly #address: EnvironmentAddress;
  /** By fingerprint. Promises, so that callers at the same time share one connection. */
  readonly #opened = new Map<string, Promise<Connection>>();
  readonly #workers = new Map<string, WorkerEndpoint>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#address = new EnvironmentAddress(options.memory);
  }

  /** A connection for a run; or the reason there is none, which the caller must report. */
  async openWithKey(): Promise<Connection | ConnectionProblem> {
    const endpoint = await this.#endpoint();
    if (!endpoint.ok) return { kind: 'bad-address', endpoint };
    if (endpoint.key === null) {
      return { kind: 'no-key', otherKeyOrigin: endpoint.otherKeyOrigin };
    }
    if (!(await this.#address.ask(endpoint)))
      return { kind: 'not-agreed', origin: endpoint.origin };
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
   * A connection to where runs go now, for a test of it: certificates are read again, because one
   * may just have been added.
   *
   * @returns null when the address is not usable; the user was told.
   */
  async openAgain(): Promise<OpenedEndpoint | null> {
    this.#options.network.forgetCertificates();
    const endpoint = await this.#endpoint();
    if (endpoint.ok) await this.#address.ask(endpoint);
    return this.#openEndpoint(endpoint);
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

  /**
   * Where the worker is asked when not at OpenRouter.
   *
   * @returns null when no such endpoint is set, and while the demo is on; or what is wrong with it.
   */
  async openWorker(): Promise<WorkerEndpoint | ConnectionProblem | null> {
    const text = readSetting('worker.baseUrl').trim();
    if (text === '' || this.#options.demo.endpoint) return null;
    const address = readWorkerBaseUrl(text);
    if (!address.ok) return { kind: 'bad-worker-address', problem: address.problem };
    const { baseUrl, origin } = address;
    const clocks = readClocks();
    const route = await this.#options.network.routeTo(origin);
    const fingerprint = JSON.stringify([baseUrl, clocks, route.fingerprint]);
    const known = this.#workers.get(fingerprint);
    if (known) return known;
    const client = createClient({
      baseUrl,
      getApiKey: (asked) => this.#options.credentials.workerKey(asked),
      isKeyOptional: true,
      headers: {},
      createDispatcher: route.createDispatcher,
      clock: systemClock,
      ...clocks,
    });
    const opened = { client, origin };
    this.#workers.set(fingerprint, opened);
    return opened;
  }

  dispose(): void {
    for (const { client } of this.#workers.values()) void client.close();
    this.#workers.clear();
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
    void showProblem({ kind: 'bad-address', endpoint });
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
      // Asked again for each request, so that a key that was removed is not used any more.
      getApiKey: async (origin) => {
        const now = isDemo ? await this.#endpoint() : await this.#options.credentials.endpoint();
        return now.ok && now.origin === origin && this.#address.isAgreed(now) ? now.key : null;
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
