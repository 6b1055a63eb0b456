import { checkContext } from './checks';
import { estimateDirect, textTokens } from '../price/estimate';
import { directOutputTokens, outputLimit } from '../price/loopLimits';
import { expectedAnswer, shownText } from '../plan/plan';
import { promptParts } from './promptParts';
import type { PreparedRoute, RouteContext } from './route';
import { directInput, directInstructions } from '../request/prompts';
import { rateRange } from '../price/rates';
import { RefusalError } from '../run/runErrors';
import { buildRequest } from '../request/buildRequest';
import { answerRange } from '../../text/tokens';
import { resolveWorker } from '../plan/worker';

/**
 * Prepares asking the orchestrator's model itself: no worker, no tools, the same form of answer.
 *
 * @returns why not, when the job does not fit.
 */
export function prepareDirect(context: RouteContext): PreparedRoute | RefusalError {
  const { request, orchestrator, ports } = context;
  const { task, selection, settings } = request;
  const parts = promptParts(context);
  const instructions = directInstructions(parts);
  const input = directInput(
    parts,
    shownText(task, selection, { text: selection.text, startLine: 1 }),
  );
  const answerTokens = answerRange(expectedAnswer(task, selection.text));
  const worker = resolveWorker(settings, task);
  const maxOutputTokens = directOutputTokens(
    answerTokens.expected,
    worker.maxCompletionTokens,
    outputLimit(orchestrator, settings),
  );
  if (maxOutputTokens < answerTokens.expected) {
    return new RefusalError('refused-answer-too-long', {
      setting: 'delegate.orchestratorModel',
      problem: `The answer is expected to take about ${answerTokens.expected} tokens; the limit is ${maxOutputTokens}.`,
      remedy: 'Select less text, or set delegate.routing to delegated.',
    });
  }
  const promptTokens = textTokens(instructions, input);
  const refusal = checkContext({
    role: 'orchestrator',
    model: orchestrator,
    promptTokens: promptTokens.expected,
    outputTokens: maxOutputTokens,
  });
  if (refusal) return refusal;
  const rates = rateRange(
    orchestrator,
    { promptTokens: promptTokens.expected, nowMs: ports.nowMs },
    ports.endpointPrices?.orchestrator,
  );
  return {
    routing: 'direct',
    tasks: [],
    answerMode: 'integrated',
    promptTokens: promptTokens.expected,
    estimate:
      rates && estimateDirect({ promptTokens, answerTokens, maxOutputTokens, orchestrator: rates }),
    wire: buildRequest(request, {
      instructions,
      input,
      maxOutputTokens,
      tools: [],
      stepCount: 1,
      usesPromptCache: false,
    }),
  };
}
