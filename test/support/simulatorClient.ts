import { systemClock } from '../../src/common/clock';
import { type OpenRouterClient, createClient } from '../../src/openrouter/client';
import { type Simulator, startSimulator } from '../../src/simulator';
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

export interface SimulatedApi {
  readonly simulator: Simulator;
  readonly client: OpenRouterClient;
}

/** A simulator and a client of it for as long as a suite runs. @returns how its tests get them. */
export function useSimulatedApi(): () => SimulatedApi {
  let api: SimulatedApi | null = null;
  suiteSetup(async () => {
    const simulator = await startSimulator();
    api = { simulator, client: simulatorClient(simulator) };
  });
  suiteTeardown(async () => {
    await api?.client.close();
    await api?.simulator.close();
  });
  return () => {
    if (!api) throw new Error('The simulator is there only while tests run.');
    return api;
  };
}
