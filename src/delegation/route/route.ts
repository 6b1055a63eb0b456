import type { EndpointPriceRange } from '../../catalog/endpointPrices';
import type { CatalogModel } from '../../catalog/model';
import type { ModelLookup } from '../../catalog/model';
import type { NanoUsd } from '../../common/money';
import type { WireRequest } from '../../openrouter/wire';
import type { RandomInt } from '../run/nonce';
import type { PlannedTask } from '../plan/plan';
import type { RefusedFormats } from '../request/answerFormat';
import type { Rejection } from '../request/prompts';
import type { AnswerMode, RouteEstimate, RoutingReason, RunRequest } from '../run/run';
import type { RefusalError } from '../run/runErrors';

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

/** The workers asked alone, with what comes after them when their answers are not proven. */
export interface WorkerFirstRoute {
  readonly tasks: readonly PlannedTask[];
  /** Expected prompt tokens of asking each worker once. */
  readonly promptTokens: number;
  /** All that may be sent; null when a price is unknown. */
  readonly estimate: RouteEstimate | null;
  /** One request for each task. @param rejected why the last answers were not taken; null at first. */
  readonly requests: (rejected: Rejection | null) => readonly WireRequest[];
  /** What comes after two answers that were not taken. */
  readonly escalation: Escalation;
}

/** How the orchestrator comes in. */
export type Escalation =
  /** The delegated run. */
  | {
      readonly type: 'delegated';
      readonly prepare: (rejected: string) => PreparedRoute | RefusalError;
    }
  /** The text stays with the user's own endpoint: advice from an outline, and one more answer. */
  | { readonly type: 'advice'; readonly request: (rejected: string) => WireRequest };

/** A run that may be sent: one request, or the requests of worker first. */
export type PreparedRun = PreparedRequest | PreparedWorkerFirst;

interface PreparedFacts {
  readonly nonce: string;
  readonly routingReason: RoutingReason;
  /** Expected cost of the direct route, for "saved against direct"; null when unknown. */
  readonly directEstimateNanoUsd: NanoUsd | null;
  /** Expected cost of asking the workers alone; null when unknown, or when nothing proves the task. */
  readonly workerFirstEstimateNanoUsd: NanoUsd | null;
}

export interface PreparedRequest extends PreparedFacts, PreparedRoute {
  readonly workerFirst: null;
}

export interface PreparedWorkerFirst
  extends PreparedFacts, Pick<PreparedRoute, 'tasks' | 'promptTokens' | 'estimate'> {
  readonly routing: 'worker-first';
  readonly workerFirst: WorkerFirstRoute;
}

/** What preparing a run asks of the world. */
export interface PreparePorts {
  readonly models: ModelLookup;
  readonly random: RandomInt;
  readonly nowMs: number;
  /** Whether there is a proof for the task's edits in this language. */
  readonly canProve?: boolean;
  /** Whether requests to the worker alone go to an endpoint of the user's. */
  readonly isWorkerLocal?: boolean;
  /** Forms of the answer that were refused before. */
  readonly refusedFormats?: RefusedFormats;
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
