import type { CatalogModel } from '../../catalog/model';
import type { SubagentToolEntry } from '../../openrouter/wire';
import type { PlannedTask } from '../plan/plan';
import { type PromptParts, workerInstructions } from './prompts';
import type { ResolvedWorker } from '../plan/worker';
import type { ReasoningWish } from '../run/reasoningWish';
import { reasoningFor } from './reasoning';

export interface WorkerEntryContext {
  readonly worker: ResolvedWorker;
  /** What the catalog says of its model. */
  readonly workerModel: CatalogModel | null;
  readonly parts: PromptParts;
}

/** How much a worker thinks: by the settings, whose `none` may be just the default. */
export function workerReasoning(
  worker: Pick<ResolvedWorker, 'reasoningEffort' | 'reasoningMaxTokens'>,
): ReasoningWish {
  return { effort: worker.reasoningEffort, maxTokens: worker.reasoningMaxTokens, isOwn: false };
}

/** Builds the tool entry of one named worker, with its part of the selection pinned. */
export function workerEntry(
  task: PlannedTask,
  { worker, workerModel, parts }: WorkerEntryContext,
): SubagentToolEntry {
  const hasTools = worker.tools.length > 0;
  const reasoning = reasoningFor(workerReasoning(worker), workerModel);
  return {
    type: 'openrouter:subagent',
    parameters: {
      name: task.workerName,
      model: worker.model,
      instructions: workerInstructions(
        { ...parts, extraInstructions: worker.instructions },
        task.pinnedText,
      ),
      max_completion_tokens: task.maxCompletionTokens,
      temperature: worker.temperature,
      ...(reasoning ? { reasoning } : {}),
      ...(hasTools ? { tools: worker.tools, max_tool_calls: worker.maxToolCalls } : {}),
    },
  };
}
