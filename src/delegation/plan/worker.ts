import type { RunSettings } from '../run/run';
import type { TaskDefinition } from '../../tasks/task';

/** A worker's settings for one run: the user's, with the task's own where it has any. */
export type ResolvedWorker = RunSettings['worker'] & {
  readonly model: string;
  /** Set when the task, the recipe or the run's limit asks for less: then it is never raised. */
  readonly isLimitFixed: boolean;
  /** Tokens of the limit that are for thinking; 0 for none in particular. */
  readonly reasoningMaxTokens: number;
};

/**
 * Puts a task's worker settings over those of the run. Limits only go down: a recipe may ask for
 * shorter answers or fewer tool calls, never for more than the user's settings allow.
 */
export function resolveWorker(settings: RunSettings, task: TaskDefinition): ResolvedWorker {
  const { worker } = settings;
  const own = task.worker ?? {};
  const isLimitFixed =
    own.maxCompletionTokens !== undefined || settings.maxOutputTokens !== undefined;
  const maxCompletionTokens = Math.min(
    worker.maxCompletionTokens,
    own.maxCompletionTokens ?? worker.maxCompletionTokens,
    settings.maxOutputTokens ?? worker.maxCompletionTokens,
  );
  const thinking = worker.reasoningMaxTokens ?? 0;
  const reasoningMaxTokens = Math.min(thinking, own.reasoningMaxTokens ?? thinking);
  return {
    model: own.model ?? settings.workerModel,
    maxCompletionTokens,
    isLimitFixed,
    // A short answer that somebody asked for leaves no room for thinking; the effort counts then.
    reasoningMaxTokens:
      isLimitFixed && reasoningMaxTokens >= maxCompletionTokens ? 0 : reasoningMaxTokens,
    temperature: own.temperature ?? worker.temperature,
    reasoningEffort: own.reasoningEffort ?? worker.reasoningEffort,
    instructions: [worker.instructions, own.instructions ?? '']
      .filter((text) => text.trim() !== '')
      .join('\n'),
    tools: own.tools ?? worker.tools,
    maxToolCalls: Math.min(worker.maxToolCalls, own.maxToolCalls ?? worker.maxToolCalls),
  };
}
