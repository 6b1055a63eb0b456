import type { TaskDefinition } from './task';

export const docstringTask: TaskDefinition = {
  id: 'docstring',
  title: 'Draft docstring',
  answer: 'insertions',
  context: 'outline',
  claim: 'comments-added',
  splittable: true,
  numbered: true,
  workerRole: [
    'Document every function, method, class and type of the selection that has no documentation',
    'comment yet: what it does, parameters, result and errors where they matter, in the tags and',
    "order of the language's usual documentation comments. Say what the code does, not how; invent",
    'nothing. Change and repeat no code.',
  ].join('\n'),
  acceptance: 'it is JSON and its lines are declarations',
  answerTokens: { base: 40, perSelectionToken: 0.3 },
};
