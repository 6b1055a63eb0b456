import type { Usage } from '../openrouter/usage';
import { countTokens } from '../text/tokens';
import type { Attempt } from './attempt';
import { instructionsShown } from './request/instructionsShown';
import { jobName } from '../tasks/task';
import type { PreparedRun } from './route/route';
import type { RunEnd, RunIdentity, RunRecord, RunRequest, TakenRouting } from './run/run';

/** What is known of a run before it is sent; without a plan only what the settings say. */
export function identityOf(
  { id, task, settings }: RunRequest,
  prepared: PreparedRun | null,
  startedAtMs: number,
): RunIdentity {
  return {
    id,
    route: jobName(task),
    project: settings.project ?? '',
    protocol: settings.protocol,
    routing: prepared?.routing ?? plannedRouting(settings.routing),
    orchestratorModel: settings.orchestratorModel,
    workerModel: task.worker?.model ?? settings.workerModel,
    startedAtMs,
    directEstimateNanoUsd: prepared?.directEstimateNanoUsd ?? null,
  };
}

function plannedRouting(routing: RunRequest['settings']['routing']): TakenRouting {
  return routing === 'auto' ? 'delegated' : routing;
}

/** Adds what became of a run, from all requests that it sent. */
export function recordOf(
  identity: RunIdentity,
  run: {
    readonly status: RunEnd['status'];
    readonly attempts: readonly Attempt[];
    readonly didEnableDelegation: boolean;
    readonly durationMs: number;
  },
): RunRecord {
  const { status, attempts, durationMs, didEnableDelegation } = run;
  const billed = attempts.filter((attempt) => attempt.mayHaveBilled);
  const usage = totalUsage(billed);
  const last = attempts.at(-1)?.state;
  const delegations = attempts.flatMap(({ outcomes }) => outcomes.delegations);
  return {
    ...identity,
    requests: billed.length,
    didEnableDelegation,
    delegations: {
      requested: delegations.length || (usage?.toolCallsExecuted ?? 0),
      ok: delegations.filter((delegation) => delegation.status === 'ok').length,
      failed: delegations.filter((delegation) => delegation.status === 'failed').length,
    },
    status,
    finishReason: last?.phase === 'ended' ? last.finishReason : null,
    usage,
    generationId: generationIds(billed),
    durationMs,
    wasSent: billed.length > 0,
    ...shownInstructions(attempts.at(-1)),
  };
}

/** Looked for in the last request: only one with delegations has workers' instructions. */
function shownInstructions(attempt: Attempt | undefined): Pick<RunRecord, 'instructionsShown'> {
  const promptTokens = attempt?.state.usage?.promptTokens ?? null;
  if (!attempt || promptTokens === null) return {};
  const outcomeTokens = attempt.outcomes.delegations
    .map(({ outcome }) => countTokens(outcome ?? ''))
    .reduce((sum, tokens) => sum + tokens, 0);
  const found = instructionsShown(attempt.sending.wire, { promptTokens, outcomeTokens });
  return found === null ? {} : { instructionsShown: found };
}

/** The usage of all requests together; an amount that one of them does not tell is unknown. */
function totalUsage(attempts: readonly Attempt[]): Usage | null {
  const [first, ...others] = attempts.map(usageOf);
  if (first === undefined) return null;
  return others.reduce<Usage | null>((sum, usage) => sum && usage && addUsage(sum, usage), first);
}

function usageOf({ state: { usage }, sending: { isLocal } }: Attempt): Usage | null {
  if (!isLocal) return usage;
  // The user's own endpoint names a price if it has one.
  return { ...(usage ?? NO_USAGE), costNanoUsd: usage?.costNanoUsd ?? 0 };
}

const NO_USAGE: Usage = {
  promptTokens: null,
  completionTokens: null,
  totalTokens: null,
  cachedTokens: null,
  costNanoUsd: null,
  isByok: false,
  toolCallsExecuted: null,
};

function addUsage(one: Usage, other: Usage): Usage {
  return {
    promptTokens: sumOf(one.promptTokens, other.promptTokens),
    completionTokens: sumOf(one.completionTokens, other.completionTokens),
    totalTokens: sumOf(one.totalTokens, other.totalTokens),
    cachedTokens: sumOf(one.cachedTokens, other.cachedTokens),
    costNanoUsd: sumOf(one.costNanoUsd, other.costNanoUsd),
    isByok: one.isByok || other.isByok,
    toolCallsExecuted: other.toolCallsExecuted ?? one.toolCallsExecuted,
  };
}

function sumOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

/** A bill of which one part cannot be looked up cannot be looked up at all. */
function generationIds(attempts: readonly Attempt[]): string | null {
  const ids = attempts
    .filter(({ sending }) => !sending.isLocal)
    .map(({ state }) => state.generationId?.replace(/\s+/g, '_') ?? null);
  return ids.length === 0 || ids.includes(null) ? null : ids.join(' ');
}
