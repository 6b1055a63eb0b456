import type { TaskDefinition } from './task';

/** The free task: the user's words are the whole job. */
export const instructTask: TaskDefinition = {
  id: 'instruct',
  title: 'Run instruction',
  answer: 'text',
  needsInstruction: true,
  context: 'outline',
  splittable: false,
  numbered: false,
  workerRole: 'Do what the instruction says with the selection.',
  acceptance: 'it does what the instruction asks',
  answerTokens: { base: 400, perSelectionToken: 0.2 },
};
