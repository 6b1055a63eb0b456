import type { IncomingHttpHeaders } from 'node:http';
import type { NanoUsd } from '../common/money';
import type { StepRecord } from './loop/meter';
import type { FaultName } from './faults/faultNames';

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
  /** Null until the request has ended, and for requests that are not billed. */
  billedNanoUsd: NanoUsd | null;
  /** Each call of a model with its tokens, in the order in which they ended. */
  steps: readonly StepRecord[];
  /** Whether the client left before the end and the work stopped. */
  isCancelled: boolean;
}

/** Only the latest are kept, so that a long demo does not grow. */
const MAX_RECORDED = 1000;

export class RequestLog {
  readonly requests: RecordedRequest[] = [];

  add(request: Pick<RecordedRequest, 'method' | 'path' | 'headers' | 'body'>): RecordedRequest {
    const recorded: RecordedRequest = {
      ...request,
      fault: null,
      status: null,
      generationId: null,
      billedNanoUsd: null,
      steps: [],
      isCancelled: false,
    };
    this.requests.push(recorded);
    if (this.requests.length > MAX_RECORDED) this.requests.shift();
    return recorded;
  }

  clear(): void {
    this.requests.length = 0;
  }
}
