import { workerRequest, orchestratorRequest } from '../batch/produce/requests';
import type { BatchJob } from '../batch/job';
import type { RunRequest, RunSettings } from '../delegation/run/run';
import type { TaskDefinition } from '../tasks/task';
import type { Place } from './place';

/** The orchestrator reads two answers without knowing whose they are. */
const preferenceTask: TaskDefinition = {
  id: 'compare-preference',
  title: 'Compare two answers',
  answer: 'json',
  context: 'full',
  splittable: false,
  numbered: false,
  workerRole: [
    'The selection has a job, the code that it is for, and two answers to it. Which of the two would a',
    'careful reviewer rather have: says what the code shows and no more, leaves out nothing that',
    'matters, does what was asked? Length, taste and the order of the two count for nothing. Where it',
    'makes no difference, or you are in doubt, say same.',
  ].join('\n'),
  acceptance: '',
  answerTokens: { base: 30, perSelectionToken: 0 },
  schema: {
    type: 'object',
    properties: { better: { type: 'string', enum: ['first', 'second', 'same'] } },
    required: ['better'],
    additionalProperties: false,
  },
};

const MAX_ANSWER_TOKENS = 256;

/** A candidate is asked exactly as a worker is that is asked alone. */
export function candidateRequest(
  id: string,
  { job, model }: { readonly job: BatchJob; readonly model: string },
  place: Place,
): RunRequest {
  const candidate: BatchJob = {
    ...job,
    // The task may name a worker of its own, which would hide the candidate.
    task: { ...job.task, worker: { ...job.task.worker, model } },
    settings: { ...job.settings, workerModel: model },
  };
  return workerRequest(id, candidate, {
    selection: place.part.selection,
    brief: '',
    objection: '',
  });
}

export function preferenceRequest(
  id: string,
  { job, settings }: { readonly job: BatchJob; readonly settings: RunSettings },
  { place, answers }: { readonly place: Place; readonly answers: readonly [string, string] },
): RunRequest {
  const [first, second] = answers;
  const { task, instruction } = job;
  const parts = [
    `## Job\n\n${task.workerRole}${instruction === null ? '' : `\n${instruction}`}`,
    `## Code\n\n${place.part.selection.text}`,
    ...(place.reference === null ? [] : [`## What its author has there\n\n${place.reference}`]),
    `## First\n\n${first}`,
    `## Second\n\n${second}`,
  ];
  return orchestratorRequest(id, settings, {
    task: preferenceTask,
    text: parts.join('\n\n'),
    maxTokens: MAX_ANSWER_TOKENS,
  });
}
