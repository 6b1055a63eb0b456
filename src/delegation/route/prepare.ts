import {
  type PreparedRoute,
  type PreparedRun,
  type PreparePorts,
  type RouteContext,
} from './route';
import { checkCommon } from './checks';
import { prepareDelegated } from './delegatedRoute';
import { prepareDirect } from './directRoute';
import { type RandomInt, drawNonce, randomFromTexts } from '../run/nonce';
import { RefusalError } from '../run/runErrors';
import { chooseRoute } from './chooseRoute';
import type { RunRequest } from '../run/run';

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
