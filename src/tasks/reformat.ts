import type { TaskDefinition } from './task';

export const reformatTask: TaskDefinition = {
  id: 'reformat',
  title: 'Reformat selection',
  answer: 'replacement',
  context: 'outline',
  claim: 'layout-changed',
  splittable: true,
  numbered: false,
  workerRole: [
    'Reformat the selection as the usual formatter of the language would: indentation, spaces and',
    'line breaks. Change layout only: keep every name, literal, comment and their order.',
  ].join('\n'),
  acceptance: 'it is code alone and complete',
  answerTokens: { base: 20, perSelectionToken: 1.05 },
};
