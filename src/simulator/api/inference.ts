import { parseJson } from '../../common/json';
import { keyHash } from '../accounts';
import { Meter } from '../loop/meter';
import type { InferenceRequest } from '../request/inferenceRequest';
import { parseRequest } from '../request/parseRequest';
import { RequestProblem } from '../request/problem';
import { readCacheRequest } from '../responseCache';
import type { SimulatorState } from '../state';
import { answerStreamed, answerWhole, type CacheUse } from './answer';
import type { Inference } from './booking';
import { requireBudget } from './budget';
import { header, type HttpExchange } from './exchange';

/** `POST /chat/completions` and `POST /responses`. */
export async function infer(
  state: SimulatorState,
  exchange: HttpExchange,
  protocol: 'chat' | 'responses',
): Promise<void> {
  const account = state.accounts.authenticate(header(exchange, 'authorization'));
  const request = readRequest(state, exchange, protocol);
  requireBudget(request, account, state.tokenizer);
  const inference: Inference = {
    state,
    exchange,
    request,
    account,
    isByok: exchange.fault.isByok ?? account.isByok,
    generationId: state.newId('gen'),
    startedAtMs: state.clock.now(),
    meter: new Meter(),
  };
  exchange.record.generationId = inference.generationId;
  exchange.record.status = 200;
  exchange.response.setHeader('X-Generation-Id', inference.generationId);
  const cache = useCache(inference);
  await (request.isStreamed ? answerStreamed(inference, cache) : answerWhole(inference, cache));
}

function readRequest(
  state: SimulatorState,
  exchange: HttpExchange,
  protocol: 'chat' | 'responses',
): InferenceRequest {
  const body = parseJson(exchange.bodyText);
  if (!body.ok) throw new RequestProblem(400, 'Invalid JSON in request body');
  const request = parseRequest(body.value, {
    protocol,
    catalog: state.catalog,
    disabledServerTools: state.options.disabledServerTools ?? [],
  });
  return {
    ...request,
    model: { ...request.model, ...exchange.fault.model },
    showsInstructions: state.options.quirks?.showsInstructions ?? false,
  };
}

/** Looks the request up in the response cache and sets the headers that tell. */
function useCache({ state, exchange, account }: Inference): CacheUse {
  const request = readCacheRequest({
    header: (name) => header(exchange, name),
    keyId: keyHash(account),
    path: exchange.url.pathname,
    bodyText: exchange.bodyText,
  });
  if (!request) return { request: null, hit: null };
  const hit = state.responseCache.find(request);
  const { response } = exchange;
  response.setHeader('X-OpenRouter-Cache-Status', hit ? 'HIT' : 'MISS');
  response.setHeader('X-OpenRouter-Cache-TTL', String(hit?.ttlSeconds ?? request.ttlSeconds));
  if (hit) {
    response.setHeader('X-OpenRouter-Cache-Age', String(state.responseCache.ageSeconds(hit)));
    response.setHeader('X-OpenRouter-Cache-Source-Id', hit.generationId);
  }
  return { request, hit };
}
