import type { TaskDefinition } from '../../tasks/task';

/** The orchestrator reads results of workers; no worker and no tool takes part. */
export const readingTask: TaskDefinition = {
  id: 'batch-audit',
  title: 'Read results',
  answer: 'json',
  context: 'full',
  splittable: false,
  numbered: false,
  workerRole: [
    'Each section of the selection shows what a worker did to one file: changed lines with + and -,',
    'or a text. Name only the files whose result is wrong: says what the code does not show, leaves',
    'out something that matters, changes what it should not, or is not what was asked for. Style',
    'alone is no fault. An empty list means that all are right.',
  ].join('\n'),
  acceptance: '',
  answerTokens: { base: 120, perSelectionToken: 0.02 },
  schema: {
    type: 'array',
    items: {
      type: 'object',
      properties: { file: { type: 'integer' }, problem: { type: 'string' } },
      required: ['file', 'problem'],
      additionalProperties: false,
    },
  },
};

/** The orchestrator writes down what workers should be told, from a few files done under its eyes. */
export const briefTask: TaskDefinition = {
  id: 'batch-brief',
  title: 'Write the brief',
  answer: 'text',
  context: 'full',
  splittable: false,
  numbered: false,
  workerRole: [
    'Workers will do the job below on many files like these, each seeing one file and your brief.',
    'From what went wrong and right here, write the brief: short rules on content, form and style',
    'that hold for all of the files. No examples of code, no praise, no headings. At most 400 words.',
  ].join('\n'),
  acceptance: '',
  answerTokens: { base: 500, perSelectionToken: 0 },
};
