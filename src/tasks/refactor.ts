import type { TaskDefinition } from './task';

export const refactorTask: TaskDefinition = {
  id: 'refactor',
  title: 'Draft refactor',
  answer: 'replacement',
  needsInstruction: true,
  // Whether a change keeps the meaning cannot be judged from an outline.
  context: 'full',
  splittable: false,
  numbered: false,
  workerRole: [
    'Change the selection as the instruction says, and nothing else. Keep behaviour, names, comments',
    'and style wherever the instruction does not ask for a change.',
  ].join('\n'),
  acceptance: 'it does what is asked and no more, and is complete',
  answerTokens: { base: 50, perSelectionToken: 1.1 },
};
