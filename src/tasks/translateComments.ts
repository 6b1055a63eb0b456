import type { TaskDefinition } from './task';

export const translateCommentsTask: TaskDefinition = {
  id: 'translateComments',
  title: 'Translate comments',
  answer: 'replacement',
  needsInstruction: true,
  context: 'outline',
  claim: 'comments-changed',
  splittable: true,
  numbered: false,
  workerRole: [
    'Translate the comments and docstrings of the selection into the language that the instruction',
    'names. Keep everything else to the letter: code, strings, layout, comment characters, and in',
    'comments names, tags such as @param, links, numbers and code. Each comment stays one comment at',
    'its place. Leave alone what is in that language already, and comments that speak to tools.',
  ].join('\n'),
  acceptance: 'its comments are in that language and it is complete',
  answerTokens: { base: 20, perSelectionToken: 1.15 },
};

/** The instruction for a language, by whatever name the user has for it. */
export function translationInto(language: string): string {
  return `Into this language: ${language}`;
}
