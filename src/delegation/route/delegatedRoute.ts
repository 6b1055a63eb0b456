import type { CatalogModel } from '../../catalog/model';
import { checkContext, checkOrchestrator, checkWorker } from './checks';
import {
  type DelegatedEstimateInput,
  TOOL_DEFINITION_TOKENS,
  cachingPays,
  estimateDelegated,
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
import { MAX_DELEGATIONS, type PlannedTask, planTasks, shownText } from '../plan/plan';
import type { PreparedRoute, RouteContext } from './route';
import { orchestratorInput, orchestratorInstructions, type PromptParts } from '../request/prompts';
import { rateRange } from '../price/rates';
import { buildRequest } from '../request/buildRequest';
import type { AnswerMode, RunSettings } from '../run/run';
import { type SideTools, sideTools } from '../request/sideTools';
import { type TokenRange, estimateTokens } from '../../text/tokens';
import { workerEntry } from '../request/workerEntry';
import { type ResolvedWorker, resolveWorker } from '../plan/worker';
import type { SubagentToolEntry } from '../../openrouter/wire';

/**
 * Prepares the delegated route: one request in which the orchestrator plans and checks, and each
 * part of the selection is pinned to a worker of its own.
 *
 * @throws RefusalError when it must not be sent.
 */
export function prepareDelegated(context: RouteContext): PreparedRoute {
  const { request, ports, orchestrator } = context;
  const { settings, task } = request;
  const worker = resolveWorker(settings, task);
  checkWorker(worker);
  checkOrchestrator(settings.orchestratorModel, orchestrator);
  const workerModel = ports.models.find(worker.model);
  const tasks = planTasks(request, worker, workerModel?.maxCompletionTokens ?? null);
  const parts: PromptParts = {
    task,
    nonce: context.nonce,
    languageId: request.selection.languageId,
    schema: request.schema ?? task.schema ?? null,
    instruction: request.instruction,
    hasMaskedSecrets: request.hasMaskedSecrets ?? false,
  };
  const draft: Draft = {
    context,
    parts,
    tasks,
    worker,
    workerModel,
    entries: tasks.map((planned) => workerEntry(planned, worker, parts)),
    side: sideTools(request, ports.models, ports.nowMs),
    answerMode: effectiveAnswerMode(settings),
  };
  const rung = chooseRung(draft);
  checkContexts(draft, rung);
  return finish(draft, rung);
}

/** On chat the outcome is documented as not visible, so there is nothing to splice. */
export function effectiveAnswerMode(settings: RunSettings): AnswerMode {
  return settings.protocol === 'chat' ? 'integrated' : settings.answer;
}

interface Draft {
  readonly context: RouteContext;
  readonly parts: PromptParts;
  readonly tasks: readonly PlannedTask[];
  readonly worker: ResolvedWorker;
  readonly workerModel: CatalogModel | null;
  readonly entries: readonly SubagentToolEntry[];
  readonly side: SideTools;
  readonly answerMode: AnswerMode;
}

/** A draft with one allowance for its loop, priced. */
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
function chooseRung(draft: Draft): Rung {
  const budget = draft.context.request.settings.budgetPerRunNanoUsd;
  const [generous, ...tighter] = ALLOWANCES;
  let rung = buildRung(draft, generous);
  for (const allowance of tighter) {
    if (budget === 0 || rung.estimate === null || rung.estimate.ceilingNanoUsd <= budget) break;
    rung = buildRung(draft, allowance);
  }
  return rung;
}

function buildRung(draft: Draft, wanted: LoopAllowance): Rung {
  const { context, parts, tasks, answerMode, side, entries } = draft;
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
  };
  const limits = loopLimits(shape, allowance);
  const instructions = orchestratorInstructions({
    ...parts,
    tasks,
    answerMode,
    corrections: limits.corrections,
    hasAdvisor: side.hasAdvisor,
    hasFusion: side.hasFusion,
  });
  const input = orchestratorInput(parts, orchestratorView(context));
  const texts = {
    limits,
    instructions,
    input,
    orchestratorTokens: textTokens(instructions, input),
    workerTokens: entries.map((entry) => estimateTokens(entry.parameters.instructions)),
  };
  const priced = estimateInput(draft, texts);
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
  draft: Draft,
  texts: Omit<Rung, 'usesPromptCache' | 'estimate'>,
): DelegatedEstimateInput | null {
  const { context, tasks, worker, workerModel, side, answerMode } = draft;
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

function checkContexts(draft: Draft, rung: Rung): void {
  const outcomes = draft.tasks.reduce((sum, task) => sum + task.answerTokens.expected, 0);
  checkContext({
    role: 'orchestrator',
    model: draft.context.orchestrator,
    promptTokens:
      rung.orchestratorTokens.expected + TOOL_DEFINITION_TOKENS * draft.tasks.length + outcomes,
    outputTokens: rung.limits.orchestratorOutputTokens,
  });
  draft.tasks.forEach((task, index) => {
    checkContext({
      role: 'worker',
      model: draft.workerModel,
      promptTokens: rung.workerTokens[index]?.expected ?? 0,
      outputTokens: task.maxCompletionTokens,
    });
  });
}

function finish(draft: Draft, rung: Rung): PreparedRoute {
  const pinned = rung.workerTokens.reduce((sum, range) => sum + range.expected, 0);
  const orchestratorPrompt =
    rung.orchestratorTokens.expected + TOOL_DEFINITION_TOKENS * draft.tasks.length;
  return {
    routing: 'delegated',
    tasks: draft.tasks,
    answerMode: draft.answerMode,
    promptTokens: orchestratorPrompt * 2 + pinned,
    estimate: rung.estimate,
    wire: buildRequest(draft.context.request, {
      instructions: rung.instructions,
      input: rung.input,
      maxOutputTokens: rung.limits.orchestratorOutputTokens,
      tools: [...draft.entries, ...draft.side.entries],
      stepCount: rung.limits.stepCount,
      usesPromptCache: rung.usesPromptCache,
    }),
  };
}
