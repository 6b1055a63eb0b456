import type { WorkerJob } from '../../../../src/simulator/workers/workerJob';

/** A job with what a test is about; the rest is as the engine usually has it. */
export function job(part: Partial<WorkerJob> & Pick<WorkerJob, 'job' | 'selection'>): WorkerJob {
  return {
    languageId: 'typescript',
    answer: ANSWERS[part.job] ?? 'text',
    instruction: null,
    schema: null,
    firstLineNumber: 1,
    taskDescription: 'Do your job on the pinned selection.',
    ...part,
  };
}

const ANSWERS: Readonly<Record<string, string>> = {
  docstring: 'insertions',
  reformat: 'replacement',
  refactor: 'replacement',
  extract: 'json',
};
