import { RequestProblem } from '../request/problem';
import type { SimulatorState } from '../state';
import { getCredits, getGeneration, getKey } from './account';
import { exchangeCode, showSignIn } from './auth';
import { control, isControlPath } from './control';
import { type HttpExchange, sendHtml, sendProblem } from './exchange';
import { infer } from './inference';
import { getModel, listEndpoints, listModels } from './models';
import { homePage } from './pages';

const API = '/api/v1';

type Handler = (state: SimulatorState, exchange: HttpExchange) => void | Promise<void>;

/** Fixed paths; each has one method. */
const routes: Readonly<Record<string, readonly [method: string, handler: Handler]>> = {
  [`${API}/chat/completions`]: ['POST', (state, exchange) => infer(state, exchange, 'chat')],
  [`${API}/responses`]: ['POST', (state, exchange) => infer(state, exchange, 'responses')],
  [`${API}/models`]: ['GET', listModels],
  [`${API}/models/user`]: ['GET', listModels],
  [`${API}/key`]: ['GET', getKey],
  [`${API}/auth/key`]: ['GET', getKey],
  [`${API}/credits`]: ['GET', getCredits],
  [`${API}/generation`]: ['GET', getGeneration],
  [`${API}/auth/keys`]: ['POST', exchangeCode],
  '/auth': ['GET', showSignIn],
  '/': ['GET', (state, exchange) => sendHtml(exchange, 200, homePage(state))],
};

/** Answers a request; every problem becomes an error body. */
export async function route(state: SimulatorState, exchange: HttpExchange): Promise<void> {
  try {
    await dispatch(state, exchange);
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    sendProblem(exchange, error);
  }
}

async function dispatch(state: SimulatorState, exchange: HttpExchange): Promise<void> {
  if (isControlPath(exchange.url)) {
    control(state, exchange);
    return;
  }
  const path = decodeURIComponent(exchange.url.pathname);
  const entry = routes[path];
  if (entry) {
    const [method, handler] = entry;
    if (exchange.request.method !== method) throw new RequestProblem(405, 'Method Not Allowed');
    await handler(state, exchange);
    return;
  }
  const endpoints = /^\/api\/v1\/models\/(.+)\/endpoints$/.exec(path)?.[1];
  if (endpoints !== undefined) {
    listEndpoints(state, exchange, endpoints);
    return;
  }
  const model = /^\/api\/v1\/model\/(.+)$/.exec(path)?.[1];
  if (model !== undefined) {
    getModel(state, exchange, model);
    return;
  }
  throw new RequestProblem(404, 'Not Found');
}
