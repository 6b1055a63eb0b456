import { checkContext, checkOrchestrator } from './checks';
import {
  type DelegatedEstimateInput,
  TOOL_DEFINITION_TOKENS,
  cachingPays,
  estimateDelegated,
  formatTexts,
  textTokens,
} from '../price/estimate';
import { type RouteEstimate } from '../run/run';
import {
  ALLOWANCES,
  type LoopAllowance,
  type LoopLimits,
  loopLimits,
  outputLimit,
} from '../price/loopLimits';
import { outlineOf } from '../plan/outline';
import { MAX_DELEGATIONS, shownText } from '../plan/plan';
import type { PreparedRoute, RouteContext } from './route';
import { answerFormat } from '../request/answerFormat';
import { orchestratorInput, orchestratorInstructions } from '../request/prompts';
import { rateRange } from '../price/rates';
import { reasoningFor } from '../request/reasoning';
import { buildRequest } from '../request/buildRequest';
import type { AnswerMode, RunSettings } from '../run/run';
import { type SideTools, sideTools } from '../request/sideTools';
import type { JsonFormat } from '../../openrouter/wire';
import { type TokenRange, estimateTokens } from '../../text/tokens';
import { RefusalError } from '../run/runErrors';
import { type WorkerPlan, planWorkers } from './workerPlan';

/**
 * Prepares the delegated route: one request in which the orchestrator plans and checks, and each
 * part of the selection is pinned to a worker of its own.
 *
 * @param rejected why the worker's own answers were not taken, when it was asked alone before.
 * @returns why not, when it must not be sent.
 */
export function prepareDelegated(
  context: RouteContext,
  rejected: string | null = null,
): PreparedRoute | RefusalError {
  const { request, ports, orchestrator } = context;
  const { settings } = request;
  const plan = planWorkers(context);
  if (plan instanceof RefusalError) return plan;
  const refusal = checkOrchestrator(settings.orchestratorModel, orchestrator);
  if (refusal) return refusal;
  const answerMode = effectiveAnswerMode(settings);
  const loop: Loop = {
    ...plan,
    context,
    rejected,
    side: sideTools(request, ports.models, ports.nowMs),
    answerMode,
    // A marker is not JSON, so only an orchestrator that writes the answer itself is told its form.
    format:
      answerMode === 'integrated'
        ? answerFormat(request, orchestrator, ports.refusedFormats)
        : null,
  };
  const rung = chooseRung(loop);
  return checkContexts(loop, rung) ?? finish(loop, rung);
}

/** On chat the outcome is documented as not visible, so there is nothing to splice. */
function effectiveAnswerMode(settings: RunSettings): AnswerMode {
  return settings.protocol === 'chat' ? 'integrated' : settings.answer;
}

/** What an orchestrator's loop is made of, before it has its limits. */
interface Loop extends WorkerPlan {
  readonly context: RouteContext;
  readonly rejected: string | null;
  readonly side: SideTools;
  readonly answerMode: AnswerMode;
  readonly format: JsonFormat | null;
}

/** A loop with one allowance, priced. */
interface Rung {
  readonly limits: LoopLimits;
  readonly instructions: string;
  readonly input: string;
  readonly orchestratorTokens: TokenRange;
  readonly workerTokens: readonly TokenRange[];
  readonly usesPromptCache: boolean;
  readonly estimate: RouteEstimate | null;
}

/** The most generous loop whose worst case stays within the budget per run; else the tightest. */
function chooseRung(loop: Loop): Rung {
  const budget = loop.context.request.settings.budgetPerRunNanoUsd;
  const [generous, ...tighter] = ALLOWANCES;
  let rung = buildRung(loop, generous);
  for (const allowance of tighter) {
    if (budget === 0 || rung.estimate === null || rung.estimate.ceilingNanoUsd <= budget) break;
    rung = buildRung(loop, allowance);
  }
  return rung;
}

function buildRung(loop: Loop, wanted: LoopAllowance): Rung {
  const { context, parts, tasks, answerMode, side, entries } = loop;
  const allowance = {
    ...wanted,
    // The API counts repeated calls as well.
    corrections: Math.min(wanted.corrections, MAX_DELEGATIONS - tasks.length),
  };
  const shape = {
    tasks,
    answerMode,
    otherTools: side.entries.length,
    modelLimit: outputLimit(context.orchestrator, context.request.settings),
    reasoning: context.request.settings.orchestratorReasoning,
  };
  const limits = loopLimits(shape, allowance);
  const instructions = orchestratorInstructions({
    ...parts,
    tasks,
    answerMode,
    corrections: limits.corrections,
    advisor: side.advisor,
    hasFusion: side.hasFusion,
  });
  const input = orchestratorInput(parts, {
    ...orchestratorView(context),
    rejected: loop.rejected,
  });
  const texts = {
    limits,
    instructions,
    input,
    orchestratorTokens: textTokens(instructions, input, ...formatTexts(loop.format)),
    workerTokens: entries.map((entry) => estimateTokens(entry.parameters.instructions)),
  };
  const priced = estimateInput(loop, texts);
  if (priced === null) return { ...texts, usesPromptCache: false, estimate: null };
  const usesPromptCache = allowance.mayCachePrompt && cachingPays(priced);
  return {
    ...texts,
    usesPromptCache,
    estimate: estimateDelegated({ ...priced, usesPromptCache }),
  };
}

/** What the orchestrator sees of the selection: an outline, or all of it where it has to judge. */
function orchestratorView({ request }: RouteContext): {
  readonly role: 'outline' | 'selection';
  readonly text: string;
} {
  const { task, selection } = request;
  return task.context === 'outline'
    ? { role: 'outline', text: outlineOf(selection) }
    : {
        role: 'selection',
        text: shownText(task, selection, { text: selection.text, startLine: 1 }),
      };
}

/** @returns null when the price of one of the models is unknown. */
function estimateInput(
  loop: Loop,
  texts: Omit<Rung, 'usesPromptCache' | 'estimate'>,
): DelegatedEstimateInput | null {
  const { context, tasks, worker, workerModel, side, answerMode } = loop;
  const { nowMs, endpointPrices } = context.ports;
  const orchestratorPrompt =
    texts.orchestratorTokens.expected + TOOL_DEFINITION_TOKENS * tasks.length;
  const orchestrator = rateRange(
    context.orchestrator,
    { promptTokens: orchestratorPrompt, nowMs },
    endpointPrices?.orchestrator,
  );
  const longest = Math.max(...texts.workerTokens.map((range) => range.expected));
  const workerRates = rateRange(
    workerModel,
    { promptTokens: longest, nowMs },
    endpointPrices?.worker,
  );
  if (!orchestrator || !workerRates || !side.sideCalls) return null;
  return {
    orchestratorTokens: texts.orchestratorTokens,
    tasks,
    workerTokens: texts.workerTokens,
    limits: texts.limits,
    answerMode,
    orchestrator,
    worker: workerRates,
    nestedCalls: worker.tools.length > 0 ? worker.maxToolCalls : 0,
    sideCalls: side.sideCalls,
    usesPromptCache: false,
  };
}

function checkContexts(loop: Loop, rung: Rung): RefusalError | null {
  const outcomes = loop.tasks.reduce((sum, task) => sum + task.answerTokens.expected, 0);
  const orchestrator = checkContext({
    role: 'orchestrator',
    model: loop.context.orchestrator,
    promptTokens:
      rung.orchestratorTokens.expected + TOOL_DEFINITION_TOKENS * loop.tasks.length + outcomes,
    outputTokens: rung.limits.orchestratorOutputTokens,
  });
  const workers = loop.tasks.map((task, index) =>
    checkContext({
      role: 'worker',
      model: loop.workerModel,
      promptTokens: rung.workerTokens[index]?.expected ?? 0,
      outputTokens: task.maxCompletionTokens,
    }),
  );
  return orchestrator ?? workers.find((refusal) => refusal !== null) ?? null;
}

function finish(loop: Loop, rung: Rung): PreparedRoute {
  const { orchestratorReasoning: reasoning } = loop.context.request.settings;
  const pinned = rung.workerTokens.reduce((sum, range) => sum + range.expected, 0);
  const orchestratorPrompt =
    rung.orchestratorTokens.expected + TOOL_DEFINITION_TOKENS * loop.tasks.length;
  return {
    routing: 'delegated',
    tasks: loop.tasks,
    answerMode: loop.answerMode,
    promptTokens: orchestratorPrompt * 2 + pinned,
    estimate: rung.estimate,
    wire: buildRequest(loop.context.request, {
      instructions: rung.instructions,
      input: rung.input,
      maxOutputTokens: rung.limits.orchestratorOutputTokens,
      tools: [...loop.entries, ...loop.side.entries],
      stepCount: rung.limits.stepCount,
      usesPromptCache: rung.usesPromptCache,
      format: loop.format,
      reasoning: reasoning ? reasoningFor(reasoning, loop.context.orchestrator) : null,
    }),
  };
}
