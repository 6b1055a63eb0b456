import type { EndpointPriceRange } from '../catalog/endpointPrices';
import type { ModelLookup } from '../catalog/model';
import type { Clock } from '../common/clock';
import type { DelegateError } from '../common/delegateError';
import type { StreamEvent } from '../openrouter/streamEvent';
import type { WireRequest } from '../openrouter/wire';
import type { RefusedFormats } from './request/answerFormat';
import type { Outcome, RouteEstimate, RunIdentity } from './run/run';

/** The part of the API client that a run uses. */
export interface StreamingClient {
  /**
   * Sends a request and tells what its stream tells, in lists of events. Failures are
   * `stream-error` events; the only thing thrown is the reason of an aborted signal.
   */
  stream(
    request: WireRequest,
    options: { readonly signal: AbortSignal },
  ): AsyncIterable<readonly StreamEvent[]>;
}

/** What a run asks of the world. */
export interface RunPorts {
  readonly client: StreamingClient;
  readonly models: ModelLookup;
  readonly clock: Clock;
  /** Numbers from 0 up to, not including, 1. */
  readonly random: () => number;
  /** Prices of the models' endpoints, when they are known. */
  readonly endpointPrices?: {
    readonly orchestrator?: EndpointPriceRange;
    readonly worker?: EndpointPriceRange;
  };
  /**
   * Asked once before anything is sent, with all that is known of the run and its worst case.
   *
   * @returns why the run must not be sent, or null.
   */
  readonly checkBudget?: (run: PlannedSpending) => MaybePromise<DelegateError | null>;
  /**
   * Tries to prove an edit, which is masked as the request was. Absent where nothing can be proven
   * of the task or its language; then `worker-first` goes the way of `auto`. JSON with a schema
   * needs no proof of it.
   */
  readonly prove?: (outcome: Outcome) => Promise<Verdict>;
  /** Where requests to the worker alone go when not to the API: an endpoint of the user's. */
  readonly localWorker?: StreamingClient;
  /** Forms of the answer that endpoints did not take, kept for later runs. */
  readonly refusedFormats?: RefusedFormats;
  /** Told before each request after the first, so that a run that is lost is booked with all. */
  readonly noteRequest?: (note: RequestNote) => MaybePromise<void>;
}

type MaybePromise<T> = T | Promise<T>;

/** What budgets and ledger need to know of a run before it is sent. */
export interface PlannedSpending {
  readonly identity: RunIdentity;
  readonly didEnableDelegation: boolean;
  /** Null when a price is unknown. */
  readonly estimate: RouteEstimate | null;
}

export interface RequestNote {
  /** Requests of the run, this one included. */
  readonly requests: number;
  readonly didEnableDelegation: boolean;
}

/** What a proof says of an outcome; `reason` goes to models, so it holds nothing that is masked. */
export type Verdict =
  | { readonly isVerified: true }
  | {
      readonly isVerified: false;
      readonly reason: string;
      /** For the user, when not in the words of `reason`. */
      readonly words?: string;
    };
