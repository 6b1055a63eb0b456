import { asArray, asRecord, readCount, readString } from '../../common/json';
import type { RunResult } from '../../delegation/run/run';
import type { BatchJob } from '../job';
import { orchestratorRequest } from '../produce/requests';
import type { BatchRuns } from '../produce/runs';
import type { ReadableResult } from './pack';
import { readingTask } from './tasks';

/** What a reader says of one result. */
export interface Reading {
  readonly n: number;
  readonly ok: boolean;
  /** What is wrong; empty when nothing is. */
  readonly problem: string;
}

/** Longest that a reader's words are kept: they go into the journal and to a worker. */
const MAX_PROBLEM = 300;
const MAX_ANSWER_TOKENS = 1_024;

export interface ReadContext {
  readonly job: BatchJob;
  readonly runs: BatchRuns;
  readonly newId: () => string;
  readonly signal: AbortSignal;
}

/**
 * Has the orchestrator read a pack of results in one request.
 *
 * @returns the error when it could not be had: then nothing was read.
 */
export async function readPack(
  pack: readonly ReadableResult[],
  { job, runs, newId, signal }: ReadContext,
): Promise<readonly Reading[] | NonNullable<RunResult['error']>> {
  const { task, instruction } = job;
  const asked = [
    `Job: ${task.workerRole}`,
    ...(instruction === null ? [] : [`Instruction: ${instruction}`]),
  ];
  const request = orchestratorRequest(newId(), job.settings, {
    task: readingTask,
    text: [...asked, ...pack.map(({ text }) => text)].join('\n\n'),
    maxTokens: MAX_ANSWER_TOKENS,
  });
  const { result } = await runs.run(request, { signal, isWorkerAlone: false, directNanoUsd: 0 });
  if (result.error) return result.error;
  const problems = new Map<number, string>();
  const value = result.outcome?.format === 'json' ? result.outcome.value : [];
  for (const row of asArray(value)) {
    const n = readCount(asRecord(row)?.['file']);
    const problem = readString(asRecord(row)?.['problem']);
    // Of a file that is not in the pack a reader can know nothing.
    if (n !== null && problem !== null) problems.set(n, problem.slice(0, MAX_PROBLEM));
  }
  return pack.map(({ n }) => ({ n, ok: !problems.has(n), problem: problems.get(n) ?? '' }));
}
