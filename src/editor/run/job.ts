import { type BuiltInTaskId, builtInTasks } from '../../tasks/catalog';
import { ownExtraction, presetExtraction } from '../../tasks/extract';
import { extractPresets } from '../../tasks/extractPresets';
import type { TaskDefinition } from '../../tasks/task';
import type { RunSettings } from '../../delegation/run/run';
import type { JsonObject } from '../../openrouter/wire';

/** What a run is to do, before it has a selection. */
export interface Job {
  readonly task: TaskDefinition;
  readonly instruction: string | null;
  readonly schema?: JsonObject;
  /** Limit of each model's answer in tokens, when the account cannot pay for more. */
  readonly maxOutputTokens?: number;
  /** Whether an answer that the API keeps of the same request must not be given again. */
  readonly isFresh?: boolean;
  /** Settings of this run alone, as when it is run again with another model. */
  readonly changes?: JobChanges;
}

export type JobChanges = Partial<
  Pick<RunSettings, 'orchestratorModel' | 'workerModel' | 'routing'>
>;

/** Whether a job ends in a draft. */
export function isEdit({ task }: Job): boolean {
  return task.answer === 'replacement' || task.answer === 'insertions';
}

/** A built-in task with the words that came with it; null for none. */
export function builtInJob(
  taskId: BuiltInTaskId,
  instruction: string | null = null,
  schema: JsonObject | null = null,
): Job {
  if (taskId === 'extract' && instruction !== null) return ownExtraction(instruction, schema);
  return { task: builtInTasks[taskId], instruction };
}

/** An extraction in words, which may be the name of a preset. */
export function namedExtraction(words: string): Job {
  const name = words.toLowerCase().replace(/\s+/g, '-');
  const preset = extractPresets.find(({ id }) => id === name);
  return preset ? presetExtraction(preset) : ownExtraction(words, null);
}
