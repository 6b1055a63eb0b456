import { runWorker } from '../workers/runWorker';
import type { Brief } from './brief';
import { type Move, say } from './policy';

/** Answers without a worker, from what the prompt shows. */
export async function doJobAlone(brief: Brief): Promise<Move> {
  if (!brief.job) {
    return say(
      'This is a scripted answer of the Delegate simulator. No language model is behind it, so it cannot answer free questions.',
    );
  }
  // Code that is not in the prompt cannot be rewritten; an outline suffices for a description.
  if (!brief.showsSelection && brief.job.answer !== 'text') {
    const sentence = 'The prompt shows an outline only, and no worker was called.';
    return say(
      brief.refusalNonce === null ? sentence : `[[cannot:${brief.refusalNonce}]] ${sentence}`,
    );
  }
  return say(await runWorker(brief.job));
}
