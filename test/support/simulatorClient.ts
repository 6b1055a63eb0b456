import { systemClock } from '../../src/common/clock';
import { type OpenRouterClient, createClient } from '../../src/openrouter/client';
import type { Simulator } from '../../src/simulator';
import { directDispatcher } from './directDispatcher';

/** The real client at a simulator, with clocks that no healthy stream reaches. */
export function simulatorClient({
  baseUrl,
  apiKey,
}: Pick<Simulator, 'baseUrl' | 'apiKey'>): OpenRouterClient {
  return createClient({
    baseUrl,
    getApiKey: () => Promise.resolve(apiKey),
    headers: {},
    createDispatcher: directDispatcher,
    clock: systemClock,
    connectTimeoutMs: 5000,
    silenceTimeoutMs: 5000,
    progressTimeoutMs: 10_000,
  });
}
