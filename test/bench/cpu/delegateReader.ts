import { systemClock } from '../../../src/common/clock';
import { networkDispatcher } from '../../../src/network/dispatcher';
import { undiciAgents } from '../../../src/network/undiciAgents';
import { type OpenRouterClient, createClient } from '../../../src/openrouter/client';
import type { Protocol, WireRequest } from '../../../src/openrouter/wire';
import type { ReadStream, Target } from './readers';

export function prepareDelegate({ baseUrl, protocol }: Target): ReadStream {
  const client = benchClient(baseUrl);
  return async () => {
    let characters = 0;
    for await (const events of client.stream(benchRequest(protocol))) {
      for (const event of events) {
        if (event.type === 'text-delta') characters += event.text.length;
        if (event.type === 'stream-error') throw event.error;
      }
    }
    await client.close();
    return characters;
  };
}

/** This extension's client on the connections that it has in the editor, without a proxy. */
export function benchClient(baseUrl: string): OpenRouterClient {
  return createClient({
    baseUrl,
    getApiKey: () => Promise.resolve('sk-or-v1-bench'),
    headers: {},
    createDispatcher: networkDispatcher({
      undici: undiciAgents,
      proxy: { proxyUrl: null, authorization: null, reason: 'none' },
      trust: { secureContext: null },
      strictSsl: true,
    }),
    clock: systemClock,
    connectTimeoutMs: 30_000,
    silenceTimeoutMs: 60_000,
    progressTimeoutMs: 600_000,
  });
}

export function benchRequest(protocol: Protocol): WireRequest {
  const common = { model: 'anthropic/claude-opus-5.5', stream: true } as const;
  const question = 'Say something long.';
  const limit = 4096;
  return protocol === 'chat'
    ? {
        protocol,
        headers: {},
        body: {
          ...common,
          messages: [{ role: 'user', content: question }],
          max_completion_tokens: limit,
        },
      }
    : {
        protocol,
        headers: {},
        body: { ...common, instructions: '', input: question, max_output_tokens: limit },
      };
}
