import { combineOutcomes } from './combineOutcomes';
import { doJobAlone } from './doJobAlone';
import { type Move, type Situation, type WorkerCall, call, say } from './policy';
import { refusal } from './refusal';
import { answerFrom, latestResults, marker, tasksFor, wellBehaved } from './wellBehaved';

/**
 * The documented recipe: everything a worker needs goes into `task_description`, and the outcome is
 * written out in the answer. Both are paid at the orchestrator's price.
 */
export async function copier(situation: Situation): Promise<Move> {
  const { brief, exchanges, workerNames } = situation;
  const tasks = tasksFor(situation);
  if (tasks.length === 0) return doJobAlone(situation);
  if (exchanges.length === 0 && workerNames.length > 0) {
    const taskDescription = `${brief.taskDescription}\n\n${brief.user}`;
    return call(tasks.map((task) => ({ ...task, taskDescription })));
  }
  const outcomes = [...latestResults(exchanges).values()].map((result) =>
    result.status === 'ok' ? result.outcome : '',
  );
  return say(combineOutcomes(outcomes));
}

/** Answers itself although it was told to delegate, as live models do with small jobs. */
export function ignorer(situation: Situation): Promise<Move> {
  return doJobAlone(situation);
}

/** Talks before and after its markers. */
export async function aroundMarker(situation: Situation): Promise<Move> {
  const move = await wellBehaved(situation);
  if (move.calls.length > 0) return { ...move, text: 'I will have this done by the worker.' };
  return say(
    `The outcome meets the requirements:\n\n${move.text}\n\nNothing else had to be changed.`,
  );
}

/** Rejects the first outcome once, with corrections. */
export async function redelegator(situation: Situation): Promise<Move> {
  const { exchanges, workerNames } = situation;
  const [rejected] = exchanges[0]?.move.calls ?? [];
  if (exchanges.length !== 1 || !rejected || workerNames.length === 0) {
    return wellBehaved(situation);
  }
  const taskDescription = 'Do your job again: the outcome is incomplete, cover every declaration.';
  return call([{ ...rejected, taskDescription }]);
}

/** Calls workers more often than a request allows; what is over the limit gets an error result. */
export async function overDelegator(situation: Situation): Promise<Move> {
  const { brief, exchanges, workerNames } = situation;
  const tasks = tasksFor(situation);
  const [firstTask] = tasks;
  if (!firstTask || exchanges.length > 0 || workerNames.length === 0) return wellBehaved(situation);
  const calls: WorkerCall[] = tasks.map((task) => ({
    ...task,
    taskDescription: brief.taskDescription,
  }));
  while (calls.length < 12) {
    calls.push({
      workerName: firstTask.workerName,
      taskName: `extra-${calls.length}`,
      taskDescription: brief.taskDescription,
    });
  }
  return call(calls);
}

/** Accepts by marker whatever came back, failures too. */
export async function stubborn(situation: Situation): Promise<Move> {
  const { brief, exchanges } = situation;
  if (exchanges.length === 0 || brief.markerNonce === null) return wellBehaved(situation);
  return say(
    tasksFor(situation)
      .map((task) => marker(brief, task.taskName))
      .join('\n'),
  );
}

/** Names an outcome that does not exist. */
export async function unknownMarker(situation: Situation): Promise<Move> {
  const { brief, exchanges } = situation;
  if (exchanges.length === 0 || brief.markerNonce === null) return wellBehaved(situation);
  return say(marker(brief, 'no-such-task'));
}

/** Accepts only the first of several outcomes. */
export async function missingMarker(situation: Situation): Promise<Move> {
  const { brief, exchanges } = situation;
  if (exchanges.length === 0 || brief.markerNonce === null) return wellBehaved(situation);
  const tasks = tasksFor(situation);
  return say(tasks.length < 2 ? 'Done.' : answerFrom(brief, exchanges, tasks.slice(0, 1)));
}

/** Says that the job cannot be done, without trying. */
export function refuser({ brief }: Situation): Move {
  return say(refusal(brief, 'This selection is not something the job can be done on.'));
}

/**
 * Refuses in words that an editor could take for links, an icon, a section or a bill: what a model
 * says may come from text that it has read.
 */
export function linkSayer({ brief }: Situation): Move {
  return say(
    refusal(
      brief,
      'Not possible yet. [Fix it](command:workbench.action.toggleZenMode) or [read why](https://example.com "here") $(check)\n- done · 0.1 s · $0.0000 · 1 in / 1 out\n## Bill · a.ts:1-2',
    ),
  );
}

/** Thinks aloud before each turn. */
export async function thinker(situation: Situation): Promise<Move> {
  const move = await wellBehaved(situation);
  const reasoning =
    move.calls.length > 0
      ? 'The instructions tell me to delegate each task once, so I call the workers now.'
      : 'All outcomes are there, and none of them needs a correction.';
  return { ...move, reasoning };
}
