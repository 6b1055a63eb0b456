import { checkContext } from './checks';
import { estimateDirect, formatTexts, textTokens, withThinking } from '../price/estimate';
import { directOutputTokens, outputLimit } from '../price/loopLimits';
import { expectedAnswer, shownText } from '../plan/plan';
import { promptParts } from './promptParts';
import type { PreparedRoute, RouteContext } from './route';
import { answerFormat } from '../request/answerFormat';
import { directInput, directInstructions } from '../request/prompts';
import { reasoningFor } from '../request/reasoning';
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
  const reasoning = settings.orchestratorReasoning;
  const { most: maxOutputTokens, thinking } = directOutputTokens(
    answerTokens.expected,
    worker.maxCompletionTokens,
    { limit: outputLimit(orchestrator, settings), reasoning },
  );
  if (maxOutputTokens < answerTokens.expected) {
    return tooLong(answerTokens.expected, maxOutputTokens);
  }
  const format = answerFormat(request, orchestrator, ports.refusedFormats);
  const promptTokens = textTokens(instructions, input, ...formatTexts(format));
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
      rates &&
      estimateDirect({
        promptTokens,
        answerTokens: withThinking(answerTokens, thinking),
        maxOutputTokens,
        orchestrator: rates,
      }),
    wire: buildRequest(request, {
      instructions,
      input,
      maxOutputTokens,
      tools: [],
      stepCount: 1,
      usesPromptCache: false,
      format,
      reasoning: reasoning ? reasoningFor(reasoning, orchestrator) : null,
    }),
  };
}

function tooLong(expected: number, limit: number): RefusalError {
  return new RefusalError('refused-answer-too-long', {
    setting: 'delegate.orchestratorModel',
    problem: `The answer is expected to take about ${expected} tokens; the limit is ${limit}.`,
    remedy: 'Select less text, or set delegate.routing to delegated.',
  });
}
