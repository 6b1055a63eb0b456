import type { EndpointPriceRange } from '../../catalog/endpointPrices';
import type { CatalogModel } from '../../catalog/model';
import type { ModelLookup } from '../../catalog/model';
import type { NanoUsd } from '../../common/money';
import type { WireRequest } from '../../openrouter/wire';
import type { RouteEstimate } from '../run/run';
import type { RandomInt } from '../run/nonce';
import type { PlannedTask } from '../plan/plan';
import type { RoutingReason } from '../run/run';
import type { AnswerMode } from '../run/run';
import type { RunRequest } from '../run/run';

/** One way to do a job, ready to be sent. */
export interface PreparedRoute {
  readonly routing: 'delegated' | 'direct';
  readonly wire: WireRequest;
  /** Empty on the direct route. */
  readonly tasks: readonly PlannedTask[];
  readonly answerMode: AnswerMode;
  /** Expected prompt tokens of all model calls together. */
  readonly promptTokens: number;
  /** Null when a price is unknown. */
  readonly estimate: RouteEstimate | null;
}

/** A run that may be sent. */
export interface PreparedRun extends PreparedRoute {
  readonly nonce: string;
  readonly routingReason: RoutingReason;
  /** Expected cost of the direct route, for "saved against direct"; null when unknown. */
  readonly directEstimateNanoUsd: NanoUsd | null;
}

/** What preparing a run asks of the world. */
export interface PreparePorts {
  readonly models: ModelLookup;
  readonly random: RandomInt;
  readonly nowMs: number;
  /** Prices of the endpoints, when they have been looked up. */
  readonly endpointPrices?: {
    readonly orchestrator?: EndpointPriceRange;
    readonly worker?: EndpointPriceRange;
  };
}

/** What both routes are prepared from. */
export interface RouteContext {
  readonly request: RunRequest;
  readonly nonce: string;
  readonly ports: PreparePorts;
  readonly orchestrator: CatalogModel | null;
}
