import { faultNames } from '../faults/faults';
import { readFaultList } from '../faults/faultQueue';
import { RequestProblem } from '../request/problem';
import type { RecordedRequest } from '../requestLog';
import { resetState, type SimulatorState } from '../state';
import { type HttpExchange, sendJson } from './exchange';

const CONTROL = '/__simulator/';

/** Paths by which a test or demo in another process steers the simulator; not part of the API. */
export function isControlPath(url: URL): boolean {
  return url.pathname.startsWith(CONTROL);
}

/**
 * - `GET faults`: the names there are.
 * - `POST faults` with `{"faults": ["429", null]}`: what the next inference requests get.
 * - `GET requests`: recorded requests, without headers and bodies, which hold the user's code.
 * - `POST reset`: forgets everything.
 */
export function control(state: SimulatorState, exchange: HttpExchange): void {
  refusePages(exchange);
  const action = `${exchange.request.method ?? ''} ${exchange.url.pathname.slice(CONTROL.length)}`;
  switch (action) {
    case 'GET faults':
      sendJson(exchange, 200, { faults: faultNames });
      return;
    case 'POST faults': {
      const names = readFaultList(exchange.bodyText);
      if (!names) throw new RequestProblem(400, 'Expected {"faults": [name or null, …]}');
      state.faults.push(names);
      sendJson(exchange, 200, { queued: names.length });
      return;
    }
    case 'GET requests':
      sendJson(exchange, 200, { requests: state.log.requests.map(withoutContent) });
      return;
    case 'POST reset':
      resetState(state);
      sendJson(exchange, 200, {});
      return;
    default:
      throw new RequestProblem(404, 'Not Found');
  }
}

/** Any page in a browser can reach this machine; none has business here, and each says who it is. */
function refusePages({ request }: HttpExchange): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isFromPage = origin !== undefined || (site !== undefined && site !== 'none');
  if (isFromPage) throw new RequestProblem(403, 'Not for pages in a browser.');
}

function withoutContent(request: RecordedRequest): Omit<RecordedRequest, 'headers' | 'body'> {
  const { method, path, fault, status, generationId, billedNanoUsd, steps, isCancelled } = request;
  return { method, path, fault, status, generationId, billedNanoUsd, steps, isCancelled };
}
