import { answerRange } from '../../text/tokens';
import { outlineOf } from '../plan/outline';
import { estimateDirect, textTokens } from '../price/estimate';
import { outputLimit } from '../price/loopLimits';
import { rateRange } from '../price/rates';
import { buildRequest } from '../request/buildRequest';
import { ADVICE_INSTRUCTIONS, orchestratorInput } from '../request/prompts';
import type { WireRequest } from '../../openrouter/wire';
import { reasoningFor } from '../request/reasoning';
import { thinkingTokens } from '../run/reasoningWish';
import type { RouteEstimate, RunSettings } from '../run/run';
import type { RouteContext } from './route';
import type { WorkerPlan } from './workerPlan';

/** Longer than the words that are asked for. */
const ADVICE_TOKENS = { expected: 120, most: 400 };

/**
 * The request that asks the orchestrator for advice: it sees an outline of the text, which stays
 * with the user's own worker.
 *
 * @param rejected why the worker's answers were not taken.
 */
export function adviceRequest(
  { request, orchestrator }: RouteContext,
  { parts }: WorkerPlan,
  rejected: string,
): WireRequest {
  const text = outlineOf(request.selection);
  const { orchestratorReasoning: reasoning } = request.settings;
  return buildRequest(request, {
    instructions: ADVICE_INSTRUCTIONS,
    input: orchestratorInput(parts, { role: 'outline', text, rejected }),
    maxOutputTokens: Math.min(
      mostTokens(request.settings),
      outputLimit(orchestrator, request.settings) ?? Infinity,
    ),
    tools: [],
    stepCount: 1,
    usesPromptCache: false,
    format: null,
    reasoning: reasoning ? reasoningFor(reasoning, orchestrator) : null,
  });
}

/** What advice costs where it is needed; null when the price is unknown. */
export function estimateAdvice(
  { request, orchestrator, ports }: RouteContext,
  { parts }: WorkerPlan,
  rejected: string,
): RouteEstimate | null {
  const text = outlineOf(request.selection);
  const input = orchestratorInput(parts, { role: 'outline', text, rejected });
  const promptTokens = textTokens(ADVICE_INSTRUCTIONS, input);
  const rates = rateRange(
    orchestrator,
    { promptTokens: promptTokens.expected, nowMs: ports.nowMs },
    ports.endpointPrices?.orchestrator,
  );
  return (
    rates &&
    estimateDirect({
      promptTokens,
      answerTokens: answerRange(ADVICE_TOKENS.expected),
      maxOutputTokens: mostTokens(request.settings),
      orchestrator: rates,
    })
  );
}

/** Output tokens of the advice, with room for the thinking that comes before it. */
function mostTokens({ orchestratorReasoning }: RunSettings): number {
  return ADVICE_TOKENS.most + thinkingTokens(orchestratorReasoning, ADVICE_TOKENS.most);
}
