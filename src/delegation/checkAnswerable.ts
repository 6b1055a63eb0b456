import { languageOf } from '../syntax/languages/languages';
import type { Selection } from '../tasks/task';
import { OutcomeError } from './answer/outcomeError';
import { compileSchema } from './answer/reading/schema';
import type { RunRequest } from './run/run';
import { RefusalError } from './run/runErrors';

/**
 * Refuses what no answer could satisfy, before it is paid for: a schema that cannot be compiled, and
 * comments for a language that has none. Null where nothing speaks against the job.
 */
export async function checkAnswerable(request: RunRequest): Promise<RefusalError | null> {
  const { task, selection } = request;
  if (task.answer === 'insertions' && !mayHaveComments(selection)) {
    return new RefusalError('refused-no-comments', {
      setting: null,
      problem: `No comment can be written in this language (${selection.languageId}).`,
      remedy: 'Choose the right language mode for the document, or use another task.',
    });
  }
  const schema = request.schema ?? task.schema ?? null;
  if (task.answer !== 'json' || !schema) return null;
  const compiled = await compileSchema(schema);
  if (!(compiled instanceof OutcomeError)) return null;
  return new RefusalError('refused-schema', {
    setting: null,
    problem: `The JSON Schema cannot be used: ${compiled.problems[0]?.message ?? 'it is not valid'}.`,
    remedy: 'Correct the schema, or leave it out.',
  });
}

/** What is not known of a language is found out where its configuration is at hand. */
function mayHaveComments({ languageId, hasComments }: Selection): boolean {
  const known = languageOf(languageId);
  return known ? known.comments.documentation !== null : hasComments !== false;
}
