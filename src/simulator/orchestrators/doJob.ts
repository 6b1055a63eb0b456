import { runWorker, type WorkerJob } from '../workers/runWorker';

/** A job that was done, or the sentence that says why it was not. */
export type JobEnd =
  { readonly ok: true; readonly outcome: string } | { readonly ok: false; readonly error: string };

/** Runs the program behind a job; what it throws becomes a sentence, as from a model. */
export async function doJob(job: WorkerJob): Promise<JobEnd> {
  try {
    return { ok: true, outcome: await runWorker(job) };
  } catch (error) {
    // Only this error's message is meant to be read; others are bugs.
    const isExplained = error instanceof Error && error.name === 'CannotDoError';
    return { ok: false, error: isExplained ? error.message : 'The worker failed on its task.' };
  }
}
