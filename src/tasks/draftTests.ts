import type { TaskDefinition } from './task';

/** Tests for the selection as a file of their own; the instruction holds the project's way. */
export const draftTestsTask: TaskDefinition = {
  id: 'draftTests',
  title: 'Draft tests',
  answer: 'file',
  context: 'full',
  splittable: false,
  numbered: false,
  workerRole: [
    'Write a file with tests for the selection, in the framework, style and place that the',
    'instruction tells. Test what the code does as it stands: usual cases, edges and errors, each',
    'under a name that says what must hold. Import from the path that is told; invent no functions,',
    'files or behaviour; leave no placeholders.',
  ].join('\n'),
  acceptance: 'it is a whole file of tests that call what is declared in the selection',
  answerTokens: { base: 300, perSelectionToken: 1.2 },
};
