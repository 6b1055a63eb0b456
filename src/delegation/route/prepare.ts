import type {
  PreparePorts,
  PreparedRoute,
  PreparedRun,
  RouteContext,
  WorkerFirstRoute,
} from './route';
import { checkCommon } from './checks';
import { prepareDelegated } from './delegatedRoute';
import { prepareDirect } from './directRoute';
import { drawNonce, randomFromTexts } from '../run/nonce';
import { CAPACITY_REFUSALS, RefusalError } from '../run/runErrors';
import { type RouteChoice, chooseRoute } from './chooseRoute';
import type { Routing, RoutingReason, RunRequest } from '../run/run';
import { isProvable, prepareWorkerFirst } from './workerFirstRoute';

/**
 * Decides how a run is done and builds its requests: checks, plan, prompts, price. Nothing is sent,
 * and the same input gives the same result but for the nonce.
 *
 * @returns why not, when it must not be sent.
 */
export function prepareRun(request: RunRequest, ports: PreparePorts): PreparedRun | RefusalError {
  const refusal = checkCommon(request);
  if (refusal) return refusal;
  const nonce = nonceFor(request, ports);
  if (nonce instanceof RefusalError) return nonce;
  const { settings } = request;
  const context: RouteContext = {
    request,
    nonce,
    ports,
    orchestrator: ports.models.find(settings.orchestratorModel),
  };
  const direct = prepareDirect(context);
  const alone = isProvable(request, ports) ? prepareWorkerFirst(context) : null;
  const common = {
    nonce,
    directEstimateNanoUsd: expectedCost(direct),
    workerFirstEstimateNanoUsd: alone && expectedCost(alone),
  };
  if (routingOf(request) === 'worker-first' && alone) {
    if (!(alone instanceof RefusalError)) {
      const { tasks, promptTokens, estimate } = alone;
      const taken = { routing: 'worker-first', routingReason: { type: 'setting' } } as const;
      return { ...common, ...taken, tasks, promptTokens, estimate, workerFirst: alone };
    }
    // A delegated run asks for the same worker, so only what it can hold better is a way out.
    if (!CAPACITY_REFUSALS.has(alone.code)) return alone;
  }
  const choice = chooseAmongOthers(context, { direct, alone });
  if (choice instanceof RefusalError) return choice;
  return { ...common, ...choice.route, routingReason: choice.reason, workerFirst: null };
}

/** A task may have a route of its own in place of `auto`, not of what the user set. */
function routingOf({ settings, task }: RunRequest): Routing {
  return settings.routing === 'auto' ? (task.preferredRouting ?? 'auto') : settings.routing;
}

/** Delegated or direct; worker first leads here when it cannot be taken. */
function chooseAmongOthers(
  context: RouteContext,
  {
    direct,
    alone,
  }: {
    readonly direct: PreparedRoute | RefusalError;
    readonly alone: WorkerFirstRoute | RefusalError | null;
  },
): RouteChoice | RefusalError {
  const routing = routingOf(context.request);
  const delegated = routing === 'direct' ? null : prepareDelegated(context);
  if (routing !== 'worker-first') return chooseRoute(routing, { delegated, direct });
  const choice = chooseRoute('auto', { delegated, direct });
  if (choice instanceof RefusalError) return choice;
  const reason: RoutingReason =
    alone instanceof RefusalError
      ? { type: 'only-route', refusal: alone.code }
      : { type: 'no-proof' };
  return { route: choice.route, reason };
}

function expectedCost(
  route: { readonly estimate: PreparedRun['estimate'] } | RefusalError,
): number | null {
  return route instanceof RefusalError ? null : (route.estimate?.expectedNanoUsd ?? null);
}

/** Everything of the user's that goes into a prompt; the nonce must occur in none of it. */
function nonceFor(request: RunRequest, { random }: PreparePorts): string | RefusalError {
  const { selection, instruction, settings, task, schema } = request;
  const texts = [
    selection.text,
    ...selection.symbols.map((symbol) => symbol.name),
    instruction ?? '',
    settings.worker.instructions,
    settings.advisorInstructions ?? '',
    settings.advisorName ?? '',
    task.worker?.instructions ?? '',
    task.workerRole,
    task.acceptance,
    JSON.stringify(schema ?? task.schema ?? null),
    settings.orchestratorModel,
    settings.workerModel,
  ];
  const source = settings.responseCache.enabled ? randomFromTexts(texts) : random;
  return (
    drawNonce(source, texts) ??
    new RefusalError('refused-no-nonce', {
      setting: null,
      problem: 'No random mark could be drawn that does not occur in the selection.',
      remedy: 'Run it again.',
    })
  );
}
