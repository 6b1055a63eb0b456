import { doJob } from './doJob';
import { type Move, type Situation, say } from './policy';
import { refusal } from './refusal';

/** Answers without a worker, from what the prompt shows. */
export async function doJobAlone(situation: Situation): Promise<Move> {
  const { brief } = situation;
  if (!brief.job) {
    return say(
      'This is a scripted answer of the Delegate simulator. No language model is behind it, so it cannot answer free questions.',
    );
  }
  // Code that is not in the prompt cannot be rewritten; an outline suffices for a description.
  if (!brief.showsSelection && brief.job.answer !== 'text') {
    return say(refusal(brief, 'The prompt shows an outline only, and no worker was called.'));
  }
  const done = await doJob(brief.job, situation);
  return say(done.ok ? done.outcome : refusal(brief, done.error));
}
