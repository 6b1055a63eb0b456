import type { TaskDefinition } from './task';

export const summarizeTask: TaskDefinition = {
  id: 'summarize',
  title: 'Summarize selection',
  answer: 'text',
  context: 'outline',
  splittable: false,
  numbered: false,
  workerRole: [
    'Summarize the selection for a developer who has to change it.',
    'First a paragraph: what it is for and how it works. Then a list: each declaration with its',
    'purpose, inputs and result. Then, where there are any: side effects, error handling, surprises.',
    'State only what the code shows, with its own names.',
  ].join('\n'),
  acceptance: 'it covers the outline',
  answerTokens: { base: 250, perSelectionToken: 0.06 },
};
