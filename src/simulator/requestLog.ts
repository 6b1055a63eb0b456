import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { NanoUsd } from '../common/money';
import type { StepRecord } from './loop/meter';
import type { FaultName } from './faults/faults';

/** One request that a simulator got, and what became of it. */
export interface RecordedRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; null for none or for text that is not JSON. */
  body: unknown;
  /** The fault that was played, if any. */
  fault: FaultName | null;
  status: number | null;
  generationId: string | null;
  /**
   * What the account was charged, as in `cost` (on an own provider key the fee alone). Null until
   * the request has ended, and for requests that are not billed.
   */
  billedNanoUsd: NanoUsd | null;
  /** Each call of a model with its tokens, in the order in which they ended. */
  steps: readonly StepRecord[];
  /** Whether the client left before the end and the work stopped. */
  isCancelled: boolean;
}

/** Only the latest are kept, so that a long demo does not grow. */
const MAX_RECORDED = 500;

/** A record of a request whose body is still to be read. */
export function newRecord(request: IncomingMessage, url: URL): RecordedRequest {
  return {
    method: request.method ?? 'GET',
    path: url.pathname + url.search,
    headers: request.headers,
    body: null,
    fault: null,
    status: null,
    generationId: null,
    billedNanoUsd: null,
    steps: [],
    isCancelled: false,
  };
}

export class RequestLog {
  readonly requests: RecordedRequest[] = [];

  add(record: RecordedRequest): void {
    this.requests.push(record);
    if (this.requests.length > MAX_RECORDED) this.requests.shift();
  }

  clear(): void {
    this.requests.length = 0;
  }
}
