import type { JsonObject } from '../openrouter/wire';
import type { TaskDefinition } from './task';
import type { ExtractPreset } from './extractPresets';

const ROLE = [
  'Extract from the selection what the instruction names: every occurrence, in order, nothing that',
  'is not there. Copy names and values exactly.',
].join('\n');

/** Extraction into JSON: by a preset, or by the user's words and schema. */
export const extractTask: TaskDefinition = {
  id: 'extract',
  title: 'Extract from selection',
  answer: 'json',
  needsInstruction: true,
  context: 'outline',
  splittable: true,
  numbered: true,
  workerRole: ROLE,
  acceptance: 'it is JSON of the asked shape',
  answerTokens: { base: 60, perSelectionToken: 0.25 },
};

/** Extraction in the user's own words without a schema: the result is a Markdown document. */
export const extractTextTask: TaskDefinition = {
  ...extractTask,
  answer: 'text',
  splittable: false,
  acceptance: 'it answers the instruction',
};

/** What a run of the task needs besides the selection. */
export interface ExtractJob {
  readonly task: TaskDefinition;
  readonly instruction: string;
  readonly schema?: JsonObject;
}

/** The job for a preset. */
export function presetExtraction(preset: ExtractPreset): ExtractJob {
  return { task: extractTask, instruction: preset.instruction, schema: preset.schema };
}

/** The job for the user's own words, with a JSON Schema or, without one, as Markdown. */
export function ownExtraction(instruction: string, schema: JsonObject | null): ExtractJob {
  return schema === null
    ? { task: extractTextTask, instruction }
    : { task: extractTask, instruction, schema };
}
