import type { JsonObject } from '../openrouter/wire';
import type { TaskDefinition } from './task';

/**
 * Length and form of a message. A subject begins with a letter, a digit or an emoji: quotes, fences,
 * list marks and comments are what models write around one.
 */
const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    subject: {
      type: 'string',
      minLength: 3,
      maxLength: 72,
      pattern: '^[^\\s"\'`#*>|-][^\\r\\n]*[^\\s.]$',
    },
    body: { type: 'string', maxLength: 2000 },
  },
  required: ['subject'],
  additionalProperties: false,
};

/** A commit message for a diff; its form can be checked here, so the worker is asked alone first. */
export const commitMessageTask: TaskDefinition = {
  id: 'commitMessage',
  title: 'Draft commit message',
  answer: 'json',
  context: 'full',
  splittable: false,
  numbered: false,
  workerRole: [
    'Write the message of a commit that makes exactly these changes: {"subject":"…","body":"…"}.',
    'The subject says what changes for whom, in at most 72 characters, without quotes or a full stop.',
    'The body says why, and what a reader of the diff cannot see; leave it out for a small change.',
  ].join('\n'),
  acceptance: 'it says what the diff does, and nothing that is not in it',
  answerTokens: { base: 120, perSelectionToken: 0.01 },
  preferredRouting: 'worker-first',
  schema: SCHEMA,
};
