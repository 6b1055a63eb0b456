import { type WorkSpoiler, misbehave, misbehaviourOf } from '../workers/misbehave';
import { runWorker, type WorkerJob } from '../workers/runWorker';

/** A job that was done, or the sentence that says why it was not. */
export type JobEnd =
  { readonly ok: true; readonly outcome: string } | { readonly ok: false; readonly error: string };

/**
 * Runs the program behind a job; what it throws becomes a sentence, as from a model.
 *
 * @param by.model Slug of the model that does the job; some spoil what they do.
 */
export async function doJob(
  job: WorkerJob,
  by: { readonly model: string; readonly spoilWork: WorkSpoiler | undefined },
): Promise<JobEnd> {
  const misbehaviour = by.spoilWork?.({ model: by.model, job }) ?? misbehaviourOf(by.model, job);
  try {
    const answer = await runWorker(job);
    return { ok: true, outcome: misbehaviour ? misbehave(misbehaviour, job, answer) : answer };
  } catch (error) {
    // Only this error's message is meant to be read; others are bugs.
    const isExplained = error instanceof Error && error.name === 'CannotDoError';
    return { ok: false, error: isExplained ? error.message : 'The worker failed on its task.' };
  }
}
