import type { EndpointPriceRange } from '../catalog/endpointPrices';
import type { ModelLookup } from '../catalog/model';
import type { Clock } from '../common/clock';
import type { DelegateError } from '../common/delegateError';
import type { StreamEvent } from '../openrouter/streamEvent';
import type { WireRequest } from '../openrouter/wire';
import type { RouteEstimate } from './run/run';
import type { PreparedRun } from './route/route';

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
   * Asked once before sending, with the run's estimate, null when prices are unknown.
   *
   * @returns why the run must not be sent, or null.
   */
  readonly checkBudget?: (
    estimate: RouteEstimate | null,
    run: PreparedRun,
  ) => DelegateError | null | Promise<DelegateError | null>;
}
