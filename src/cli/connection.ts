import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { DEFAULT_BASE_URL, resolveEndpoint } from '../account/apiKey';
import { fileStorage } from '../catalog/fileStorage';
import { ModelCatalog } from '../catalog/modelCatalog';
import { systemClock } from '../common/clock';
import { loadTrust } from '../network/certificates';
import { networkDispatcher } from '../network/dispatcher';
import { resolveProxy } from '../network/proxySettings';
import { undiciAgents } from '../network/undiciAgents';
import { ATTRIBUTION_HEADERS } from '../openrouter/attribution';
import { type OpenRouterClient, createClient } from '../openrouter/client';
import type { Config } from './config';
import { UsageError } from './usageError';

/** A way to the API with its models and prices. */
export interface CliConnection {
  readonly client: OpenRouterClient;
  readonly catalog: ModelCatalog;
}

/**
 * Opens the connection that the environment names: key, address, proxy, certificates.
 *
 * @throws UsageError without a key, or with an address that a key must not go to.
 */
export async function connect(
  environment: NodeJS.ProcessEnv,
  folder: string,
  config: Config,
): Promise<CliConnection> {
  const endpoint = resolveEndpoint({
    configuredBaseUrl: DEFAULT_BASE_URL,
    storedKey: null,
    environment,
  });
  if (!endpoint.ok)
    throw new UsageError(`OPENROUTER_BASE_URL cannot be used: ${endpoint.problem}.`);
  const { key, origin, baseUrl } = endpoint;
  if (key === null) throw new UsageError('OPENROUTER_API_KEY is not set.');
  const settings = { proxy: '', noProxy: [], proxyAuthorization: '', proxySupport: 'override' };
  const proxy = resolveProxy({ origin, environment, settings });
  const trust = loadTrust(
    { tls, environment, readFile: (path) => readFileSync(path, 'utf8'), now: Date.now },
    { useSystem: true },
  );
  const client = createClient({
    baseUrl,
    getApiKey: (asked) => Promise.resolve(asked === origin ? key : null),
    headers: ATTRIBUTION_HEADERS,
    createDispatcher: networkDispatcher({ undici: undiciAgents, proxy, trust, strictSsl: true }),
    clock: systemClock,
    connectTimeoutMs: config.connectTimeoutMs,
    silenceTimeoutMs: config.silenceTimeoutMs,
    progressTimeoutMs: config.progressTimeoutMs,
  });
  const catalog = new ModelCatalog({
    storage: fileStorage(join(folder, 'models.json')),
    fetchModels: () => client.listModels(),
    baseUrl,
    clock: systemClock,
  });
  await catalog.load();
  if (catalog.ageMs === null) await catalog.refresh().catch(() => undefined);
  return { client, catalog };
}
