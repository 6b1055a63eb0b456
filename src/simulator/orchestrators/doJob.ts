import { misbehave, misbehaviourOf } from '../workers/misbehave';
import { runWorker, type WorkerJob } from '../workers/runWorker';

/** A job that was done, or the sentence that says why it was not. */
export type JobEnd =
  { readonly ok: true; readonly outcome: string } | { readonly ok: false; readonly error: string };

/**
 * Runs the program behind a job; what it throws becomes a sentence, as from a model.
 *
 * @param slug Model that does the job; some spoil what they do.
 */
export async function doJob(job: WorkerJob, slug: string): Promise<JobEnd> {
  const misbehaviour = misbehaviourOf(slug, job);
  try {
    const answer = await runWorker(job);
    return { ok: true, outcome: misbehaviour ? misbehave(misbehaviour, job, answer) : answer };
  } catch (error) {
    // Only this error's message is meant to be read; others are bugs.
    const isExplained = error instanceof Error && error.name === 'CannotDoError';
    return { ok: false, error: isExplained ? error.message : 'The worker failed on its task.' };
  }
}
