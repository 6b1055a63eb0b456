import type { RunSettings } from '../delegation/run/run';
import type { JsonObject } from '../openrouter/wire';
import type { TaskDefinition } from '../tasks/task';

/** One task that is done on many files. */
export interface BatchJob {
  readonly task: TaskDefinition;
  /** The user's own words, or a recipe's. */
  readonly instruction: string | null;
  readonly schema: JsonObject | null;
  readonly settings: RunSettings;
}

/**
 * Who says whether a result is right.
 *
 * - `proof`: the grammar, token by token.
 * - `schema`: a JSON Schema.
 * - `reading`: nothing on this machine can tell, so the orchestrator reads a share.
 */
export type Judgement = 'proof' | 'schema' | 'reading';

export function judgementOf({ task, schema }: BatchJob): Judgement {
  if (task.claim !== undefined) return 'proof';
  return task.answer === 'json' && (schema ?? task.schema) !== undefined ? 'schema' : 'reading';
}

/** Whether a file's result is its new text; else it is an entry of one document. */
export function makesEdits({ task }: BatchJob): boolean {
  return task.answer === 'insertions' || task.answer === 'replacement';
}
