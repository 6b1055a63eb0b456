import type { Brief, PlannedTask } from './brief';
import { refusal } from './refusal';
import { combineOutcomes } from './combineOutcomes';
import { doJobAlone } from './doJobAlone';
import { type Exchange, type Move, type Situation, type WorkerResult, call, say } from './policy';

/**
 * Does what its instructions say: delegates each listed task once, has what failed done again as
 * often as allowed, then answers with markers, or in full where it is told no marker.
 */
export async function wellBehaved(situation: Situation): Promise<Move> {
  const { brief, exchanges, workerNames } = situation;
  const tasks = tasksFor(situation);
  if (tasks.length === 0) return doJobAlone(situation);
  if (exchanges.length === 0) {
    return workerNames.length > 0
      ? call(
          tasks.map((task) => ({
            ...task,
            workerName: reachable(task.workerName, workerNames),
            taskDescription: brief.taskDescription,
          })),
        )
      : doJobAlone(situation);
  }
  const again = tasksToRepeat(brief, exchanges, tasks);
  if (again.length > 0 && workerNames.length > 0) {
    return call(again.map((task) => ({ ...task, taskDescription: correction(exchanges, task) })));
  }
  return say(answerFrom(brief, exchanges, tasks));
}

/** The tasks of the instructions; one for the whole job where workers exist but none is listed. */
export function tasksFor(situation: Situation): PlannedTask[] {
  const { brief, workerNames, exchanges } = situation;
  if (brief.tasks.length > 0) return [...brief.tasks];
  const [first] = exchanges[0]?.move.calls ?? [];
  const workerName = first?.workerName ?? workerNames[0];
  if (!brief.job || workerName == null) return [];
  return [{ taskName: first?.taskName ?? brief.job.job, workerName }];
}

/** A worker of that name; where there is none of it, the one without a name. */
function reachable(name: string, workerNames: Situation['workerNames']): string | null {
  return !workerNames.includes(name) && workerNames.includes(null) ? null : name;
}

/** The latest result of each task. */
export function latestResults(exchanges: readonly Exchange[]): Map<string, WorkerResult> {
  const results = exchanges.flatMap((exchange) => exchange.results);
  return new Map(results.map((result) => [result.task_name, result]));
}

function isUsable(result: WorkerResult | undefined): boolean {
  return result?.status === 'ok' && result.outcome.trim() !== '';
}

/** Tasks whose outcome is missing, as many as there are corrections left. */
function tasksToRepeat(
  brief: Brief,
  exchanges: readonly Exchange[],
  tasks: readonly PlannedTask[],
): PlannedTask[] {
  const results = latestResults(exchanges);
  const corrections = exchanges.slice(1).flatMap((exchange) => exchange.results).length;
  return tasks
    .filter((task) => !isUsable(results.get(task.taskName)))
    .slice(0, Math.max(0, brief.maxCorrections - corrections));
}

function correction(exchanges: readonly Exchange[], task: PlannedTask): string {
  const result = latestResults(exchanges).get(task.taskName);
  const reason = result?.status === 'error' ? result.error : 'The outcome was empty.';
  return `Do your job again, the last attempt failed: ${reason}`;
}

/** Markers, or outcomes in full, or the refusal when an outcome is missing. */
export function answerFrom(
  brief: Brief,
  exchanges: readonly Exchange[],
  tasks: readonly PlannedTask[],
): string {
  const results = latestResults(exchanges);
  const failed = tasks.filter((task) => !isUsable(results.get(task.taskName)));
  if (failed.length > 0) {
    return refusal(
      brief,
      `The worker could not finish ${failed.map((task) => task.taskName).join(', ')}.`,
    );
  }
  return brief.markerNonce === null
    ? combineOutcomes(tasks.map((task) => outcomeOf(results.get(task.taskName))))
    : tasks.map((task) => marker(brief, task.taskName)).join('\n');
}

function outcomeOf(result: WorkerResult | undefined): string {
  return result?.status === 'ok' ? result.outcome : '';
}

export function marker(brief: Brief, taskName: string): string {
  return `[[outcome:${brief.markerNonce ?? ''}:${taskName}]]`;
}
