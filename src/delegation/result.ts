import type { Clock } from '../common/clock';
import { joinedOutcomes, renderSegments } from './answer/assemble';
import type { TaskOutcome } from './answer/outcomes';
import type { Attempt } from './attempt';
import { identityOf, recordOf } from './record';
import type { PreparedRun } from './route/route';
import type { RunEnd, RunRequest, RunResult, RunResultBase } from './run/run';

/** How far a run has come; all that a result can be made of at any time. */
export interface RunProgress {
  readonly request: RunRequest;
  readonly clock: Clock;
  readonly startedAtMs: number;
  /** Null when the run was refused before it had a plan. */
  readonly prepared: PreparedRun | null;
  /** The requests of each step, in order; one step but for worker first. */
  readonly steps: readonly (readonly Attempt[])[];
  /** Whether a request with workers was sent. */
  readonly didEnableDelegation: boolean;
}

/** What a result is made of besides its run. */
export type Ending = RunEnd & Partial<Pick<RunResultBase, 'notes' | 'checkedBy'>>;

/** A run's result, whatever became of it. */
export function resultOf(progress: RunProgress, ending: Ending): RunResult {
  const attempts = progress.steps.flat();
  return {
    ...ending,
    notes: ending.notes ?? '',
    checkedBy: ending.checkedBy ?? null,
    rawAnswer: latestText(progress, ({ rawAnswer }) => rawAnswer),
    partialAnswer: latestText(progress, partialAnswer),
    didDelegate: didDelegate(progress),
    workerFirstEstimateNanoUsd: progress.prepared?.workerFirstEstimateNanoUsd ?? null,
    record: recordOf(identityOf(progress.request, progress.prepared, progress.startedAtMs), {
      status: ending.status,
      attempts,
      didEnableDelegation: progress.didEnableDelegation,
      durationMs: progress.clock.now() - progress.startedAtMs,
    }),
  };
}

/** Text of the last step that brought any: what was paid for is not lost with a later request. */
function latestText({ steps }: RunProgress, textOf: (attempt: Attempt) => string): string {
  for (const attempts of [...steps].reverse()) {
    const answers = attempts.filter(({ sending }) => sending.isAdvice !== true);
    const texts = answers.map(textOf).filter((text) => text.trim() !== '');
    if (texts.length > 0) return texts.join('\n');
  }
  return '';
}

/** The answer as far as it can be put together; outcomes that no marker names come after it. */
function partialAnswer({ splicer, outcomes, sending }: Attempt): string {
  splicer.end();
  const { segments } = splicer;
  const text = renderSegments(segments, outcomes);
  const named = new Set(
    segments.map((segment) =>
      segment.type === 'outcome' ? outcomes.resolve(segment.taskName) : null,
    ),
  );
  const unnamed = joinedOutcomes(
    outcomes,
    sending.tasks.filter(({ taskName }) => !named.has(taskName)),
  );
  const failed = sending.tasks.map(({ taskName }) => failedText(outcomes.find(taskName)));
  return [text, unnamed, ...failed].filter((piece) => piece.trim() !== '').join('\n\n');
}

/** What a worker wrote before it failed: no answer, and paid for. */
function failedText(outcome: TaskOutcome): string {
  return outcome.status === 'failed' ? (outcome.text ?? '') : '';
}

/**
 * Whether a worker took part, as far as can be seen. A chat stream need not show delegations: there
 * the counter of tool calls tells, and without any usage a delegated run counts as delegated.
 */
function didDelegate({ request, steps, didEnableDelegation }: RunProgress): boolean {
  const attempt = steps.at(-1)?.at(-1);
  if (!didEnableDelegation || !attempt) return false;
  if (attempt.outcomes.delegations.length > 0) return true;
  // Live answers leave the counter out when no tool ran.
  const { usage } = attempt.state;
  if (usage !== null) return (usage.toolCallsExecuted ?? 0) > 0;
  return request.settings.protocol === 'chat' && attempt.state.phase === 'ended';
}
