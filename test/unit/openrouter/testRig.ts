import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import * as undici from 'undici';
import {
  type ClientOptions,
  type OpenRouterClient,
  createClient,
} from '../../../src/openrouter/client';
import type { CreateDispatcher } from '../../../src/openrouter/http/dispatcher';
import type { StreamEvent } from '../../../src/openrouter/streamEvent';
import type { WireRequest } from '../../../src/openrouter/wire';
import { describeEvents } from './stream/decodeStream';
import { ManualClock } from '../../support/manualClock';

export const TEST_KEY = 'sk-or-v1-0123456789abcdef';
export const CONNECT_TIMEOUT_MS = 30_000;
export const SILENCE_TIMEOUT_MS = 60_000;
export const PROGRESS_TIMEOUT_MS = 600_000;

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (response: http.ServerResponse, request: ReceivedRequest) => void;

/** Settled from outside; Node 20 has no `Promise.withResolvers`. */
export class Deferred<T = void> {
  readonly promise: Promise<T>;
  resolve!: (value: T) => void;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }
}

/** A server on this machine whose one answer a test writes. */
class TestServer {
  readonly requests: ReceivedRequest[] = [];
  /** The first response, once its request was read to the end. */
  readonly #asked = new Deferred<http.ServerResponse>();
  readonly #closed = new Deferred();
  readonly #server: http.Server;

  constructor(answer: Answer) {
    this.#server = http.createServer((request, response) => {
      request.socket.once('close', () => this.#closed.resolve());
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const received = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
        this.requests.push(received);
        this.#asked.resolve(response);
        answer(response, received);
      });
    });
  }

  get asked(): Promise<http.ServerResponse> {
    return this.#asked.promise;
  }

  /** Settles when a connection that carried a request is closed, by whichever side. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** undici with its own clocks off, so that only the test's clock decides. */
export function agentDispatcher(
  connect: undici.buildConnector.BuildOptions = {},
): CreateDispatcher {
  return () =>
    new undici.Agent({ connect: { timeout: 0, ...connect }, headersTimeout: 0, bodyTimeout: 0 });
}

/** Servers, clients and the clock of one test, all closed at its end. */
export class TestRig {
  readonly clock = new ManualClock();
  readonly #closing: (() => Promise<unknown>)[] = [];

  async serve(answer: Answer): Promise<TestServer> {
    const server = new TestServer(answer);
    await server.listen();
    this.#closing.push(() => server.close());
    return server;
  }

  /** Takes care of any other server; returns its address. */
  async listen(server: Server): Promise<string> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    this.#closing.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  client(origin: string, options: Partial<ClientOptions> = {}): OpenRouterClient {
    const client = createClient({
      baseUrl: `${origin}/api/v1`,
      getApiKey: () => Promise.resolve(TEST_KEY),
      headers: {},
      createDispatcher: agentDispatcher(),
      clock: this.clock,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      silenceTimeoutMs: SILENCE_TIMEOUT_MS,
      progressTimeoutMs: PROGRESS_TIMEOUT_MS,
      ...options,
    });
    this.#closing.unshift(() => client.close());
    return client;
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
  }
}

export const chatRequest: WireRequest = {
  protocol: 'chat',
  headers: {},
  body: {
    model: '~anthropic/claude-opus-latest',
    stream: true,
    messages: [{ role: 'user', content: 'Say hello.' }],
    max_completion_tokens: 64,
  },
};

/** Begins a `text/event-stream` answer. */
export function beginStream(response: http.ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'x-generation-id': 'gen-header',
  });
  response.flushHeaders();
}

export function frame(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export function textFrame(content: string): string {
  return frame({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
}

export const finishFrame = frame({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
export const heartbeat = ': OPENROUTER PROCESSING\n\n';
export const doneMarker = 'data: [DONE]\n\n';

/** All events of a stream, in the short form of `describeEvents`. */
export async function readAll(stream: AsyncIterable<readonly StreamEvent[]>): Promise<string[]> {
  const events: StreamEvent[] = [];
  for await (const batch of stream) events.push(...batch);
  return describeEvents(events);
}

/** Reads a stream step by step. */
export class StreamProbe {
  readonly #iterator: AsyncIterator<readonly StreamEvent[], unknown>;
  readonly #events: StreamEvent[] = [];

  constructor(stream: AsyncIterable<readonly StreamEvent[]>) {
    this.#iterator = stream[Symbol.asyncIterator]();
  }

  /** Reads on until an event's short form starts with `prefix`, and returns all lines so far. */
  async until(prefix: string): Promise<string[]> {
    for (;;) {
      const lines = describeEvents(this.#events);
      if (lines.some((line) => line.startsWith(prefix))) return lines;
      const result = await this.#iterator.next();
      if (result.done === true) throw new Error(`No ${prefix} among: ${lines.join('; ')}`);
      this.#events.push(...result.value);
    }
  }

  /** Reads one batch and returns its lines. */
  async step(): Promise<string[]> {
    const result = await this.#iterator.next();
    if (result.done === true) throw new Error('The stream is over');
    this.#events.push(...result.value);
    return describeEvents(result.value);
  }

  async leave(): Promise<void> {
    await this.#iterator.return?.();
  }
}
