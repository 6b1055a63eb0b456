import type { Clock } from '../common/clock';
import type { DelegateError } from '../common/delegateError';
import { OpenRouterError } from '../openrouter/errors';
import { joinedOutcomes, renderSegments } from './answer/assemble';
import type { Attempt } from './attempt';
import { jobName } from '../tasks/task';
import type { PreparedRun } from './route/route';
import type { Outcome, RunRecord, RunRequest, RunResult } from './run/run';

/** How far a run has come; all that a result can be made of at any time. */
export interface RunProgress {
  readonly request: RunRequest;
  readonly clock: Clock;
  readonly startedAtMs: number;
  /** Null when the run was refused before it had a plan. */
  readonly prepared: PreparedRun | null;
  /** The last request; null when none was sent. */
  readonly attempt: Attempt | null;
}

export function completedResult(
  progress: RunProgress,
  { outcome, notes }: { readonly outcome: Outcome; readonly notes: string },
): RunResult {
  return { ...resultBase(progress, 'completed'), outcome, error: null, notes };
}

export function failedResult(
  progress: RunProgress,
  { status, error }: { readonly status: 'failed' | 'refused'; readonly error: DelegateError },
): RunResult {
  return { ...resultBase(progress, status), outcome: null, error, notes: '' };
}

export function cancelledResult(progress: RunProgress): RunResult {
  return { ...resultBase(progress, 'cancelled'), outcome: null, error: null, notes: '' };
}

function resultBase(
  progress: RunProgress,
  status: RunResult['status'],
): Omit<RunResult, 'outcome' | 'error' | 'notes'> {
  const { attempt, prepared } = progress;
  return {
    status,
    rawAnswer: attempt?.rawAnswer ?? '',
    partialAnswer: attempt && prepared ? partialAnswer(attempt, prepared) : '',
    didDelegate: prepared !== null && didDelegate(progress),
    directEstimateNanoUsd: prepared?.directEstimateNanoUsd ?? null,
    record: runRecord(progress, status),
  };
}

/** The answer as far as it can be put together; outcomes that no marker names come after it. */
function partialAnswer({ splicer, outcomes }: Attempt, prepared: PreparedRun): string {
  splicer.end();
  const { segments } = splicer;
  const text = renderSegments(segments, outcomes);
  const named = new Set(
    segments.map((segment) => (segment.type === 'outcome' ? segment.taskName : null)),
  );
  const unnamed = joinedOutcomes(
    outcomes,
    prepared.tasks.filter(({ taskName }) => !named.has(taskName)),
  );
  return [text, unnamed].filter((piece) => piece.trim() !== '').join('\n\n');
}

/**
 * Whether a worker took part, as far as can be seen. A chat stream need not show delegations: there
 * the counter of tool calls tells, and without one a delegated run counts as delegated.
 */
function didDelegate({ request, prepared, attempt }: RunProgress): boolean {
  if (prepared?.routing !== 'delegated' || !attempt) return false;
  if (attempt.outcomes.delegations.length > 0) return true;
  const executed = attempt.state.usage?.toolCallsExecuted ?? null;
  if (executed !== null) return executed > 0;
  return request.settings.protocol === 'chat' && attempt.state.phase === 'ended';
}

function runRecord(
  { request, clock, startedAtMs, prepared, attempt }: RunProgress,
  status: RunResult['status'],
): RunRecord {
  const { settings, task } = request;
  const state = attempt?.state ?? null;
  const delegations = attempt?.outcomes.delegations ?? [];
  return {
    id: request.id,
    route: jobName(task),
    protocol: settings.protocol,
    routing: prepared?.routing ?? (settings.routing === 'direct' ? 'direct' : 'delegated'),
    orchestratorModel: settings.orchestratorModel,
    workerModel: task.worker?.model ?? settings.workerModel,
    didEnableDelegation: prepared?.routing === 'delegated',
    delegations: {
      requested: delegations.length || (state?.usage?.toolCallsExecuted ?? 0),
      ok: delegations.filter((delegation) => delegation.status === 'ok').length,
      failed: delegations.filter((delegation) => delegation.status === 'failed').length,
    },
    status,
    finishReason: state?.finishReason ?? null,
    usage: state?.usage ?? null,
    generationId: state?.generationId ?? null,
    startedAtMs,
    durationMs: clock.now() - startedAtMs,
    wasSent: attempt !== null && mayHaveBilled(attempt),
  };
}

/** Whether anything can have been charged: not when the API, or the way to it, refused the request. */
function mayHaveBilled({ hasBegun, state: { error } }: Attempt): boolean {
  return hasBegun || !(error instanceof OpenRouterError) || error.mayHaveBilled;
}
