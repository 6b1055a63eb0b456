import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseJson } from '../common/json';
import type { NanoUsd } from '../common/money';
import { DEMO_KEY } from './accounts';
import { readBody, sendProblem } from './api/exchange';
import { isControlPath } from './api/control';
import { chooseFault, intercept } from './api/faultPlay';
import { route } from './api/router';
import type { SimulatorOptions } from './options';
import { newRecord, type RecordedRequest } from './requestLog';
import { RequestProblem } from './request/problem';
export { type DemoWish, demoWishes } from './workers/demoWishes';
import { createState, resetState, type SimulatorState } from './state';

/** A running simulator of the OpenRouter API. No language model is behind it. */
export interface Simulator {
  /** For clients: origin and `/api/v1`. */
  readonly baseUrl: string;
  readonly origin: string;
  /** A key that it accepts. */
  readonly apiKey: string;
  /** Requests so far, oldest first, with what became of them. */
  readonly requests: readonly RecordedRequest[];
  /** What the account was charged, by generation id. */
  readonly bills: ReadonlyMap<string, NanoUsd>;
  /** Forgets requests, bills, caches and what was spent. */
  reset(): void;
  /** Ends all connections and the server. */
  close(): Promise<void>;
}

/** Starts a simulator on the loopback interface. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const state = createState(options);
  const closing = new AbortController();
  const server = createServer((request, response) => {
    void serve(state, { request, response, closing: closing.signal });
  });
  // Clients pause longer than Node's five seconds, and a reused connection must still be there.
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, options.port ?? 0);
  const origin = `http://127.0.0.1:${port}`;
  return {
    baseUrl: `${origin}/api/v1`,
    origin,
    apiKey: DEMO_KEY,
    requests: state.log.requests,
    bills: state.generations.bills,
    reset: () => resetState(state),
    close: async () => {
      closing.abort(new Error('The simulator was closed.'));
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly closing: AbortSignal;
}

async function serve(state: SimulatorState, incoming: Incoming): Promise<void> {
  const { request, response } = incoming;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const record = newRecord(request, url);
  if (!isControlPath(url)) state.log.add(record);
  const exchange = { request, response, url, gone: goneSignal(incoming), record };
  try {
    const bodyText = await readBody(request);
    const body = parseJson(bodyText);
    record.body = body.ok ? body.value : null;
    requireLoopbackHost(request);
    const fault = chooseFault(state, record);
    if (intercept(state, { ...exchange, bodyText, fault })) return;
    await route(state, { ...exchange, bodyText, fault });
  } catch (error) {
    // A bug of the simulator shows as the API's masked internal error.
    const problem =
      error instanceof RequestProblem ? error : new RequestProblem(500, 'Internal Server Error');
    if (response.headersSent) response.destroy();
    else sendProblem({ ...exchange, bodyText: '', fault: {} }, problem);
  }
}

/** A page that rebinds its own name to this machine must not reach what was recorded here. */
function requireLoopbackHost({ headers }: IncomingMessage): void {
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? '')) {
    throw new RequestProblem(403, 'Only for clients on this machine');
  }
}

/** Aborted when the connection closes before the answer is complete, or the simulator does. */
function goneSignal({ response, closing }: Incoming): AbortSignal {
  const controller = new AbortController();
  // Each worker of a request listens, and so do its pauses.
  setMaxListeners(100, controller.signal);
  const leave = (): void => {
    closing.removeEventListener('abort', leave);
    if (!response.writableFinished) controller.abort(new Error('The client has left.'));
  };
  response.once('close', leave);
  closing.addEventListener('abort', leave);
  return controller.signal;
}
