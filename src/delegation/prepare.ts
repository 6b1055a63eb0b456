import type { EndpointPriceRange } from '../catalog/endpointPrices';
import type { CatalogModel, ModelLookup } from '../catalog/model';
import { type NanoUsd } from '../common/money';
import type { WireRequest } from '../openrouter/wire';
import { checkCommon } from './checkSettings';
import { prepareDelegated } from './delegatedRoute';
import { prepareDirect } from './directRoute';
import type { RouteEstimate } from './estimate';
import { type RandomInt, drawNonce, randomFromTexts } from './nonce';
import type { PlannedTask } from './plan';
import { RefusalError } from './refusals';
import { type RoutingReason, chooseRoute } from './routing';
import type { AnswerMode, RunRequest } from './run';

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

/**
 * Decides how a run is done and builds its request: checks, plan, prompts, price. Nothing is sent,
 * and the same input gives the same result but for the nonce.
 *
 * @returns a RefusalError as a value when it must not be sent.
 */
export function prepareRun(request: RunRequest, ports: PreparePorts): PreparedRun | RefusalError {
  try {
    checkCommon(request);
    return prepareChecked(request, ports);
  } catch (error) {
    if (error instanceof RefusalError) return error;
    throw error;
  }
}

function prepareChecked(request: RunRequest, ports: PreparePorts): PreparedRun {
  const { settings } = request;
  const nonce = nonceFor(request, ports.random);
  const context: RouteContext = {
    request,
    nonce,
    ports,
    orchestrator: ports.models.find(settings.orchestratorModel),
  };
  const direct = attempt(() => prepareDirect(context));
  const delegated = settings.routing === 'direct' ? null : attempt(() => prepareDelegated(context));
  const choice = chooseRoute(settings.routing, { delegated, direct });
  const directExpected =
    direct instanceof RefusalError ? null : (direct.estimate?.expectedNanoUsd ?? null);
  return {
    ...choice.route,
    nonce,
    routingReason: choice.reason,
    directEstimateNanoUsd: directExpected,
  };
}

function attempt(prepare: () => PreparedRoute): PreparedRoute | RefusalError {
  try {
    return prepare();
  } catch (error) {
    if (error instanceof RefusalError) return error;
    throw error;
  }
}

/** Everything of the user's that goes into a prompt; the nonce must occur in none of it. */
function nonceFor(request: RunRequest, random: RandomInt): string {
  const { selection, instruction, settings, task, schema } = request;
  const texts = [
    selection.text,
    ...selection.symbols.map((symbol) => symbol.name),
    instruction ?? '',
    settings.worker.instructions,
    task.worker?.instructions ?? '',
    task.workerRole,
    task.acceptance,
    JSON.stringify(schema ?? task.schema ?? null),
    settings.orchestratorModel,
    settings.workerModel,
  ];
  const source = settings.responseCache.enabled ? randomFromTexts(texts) : random;
  const nonce = drawNonce(source, texts);
  if (nonce !== null) return nonce;
  throw new RefusalError('refused-no-nonce', {
    setting: null,
    problem: 'No random mark could be drawn that does not occur in the selection.',
    remedy: 'Run it again.',
  });
}
