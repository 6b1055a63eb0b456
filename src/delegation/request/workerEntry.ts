import type { SubagentToolEntry } from '../../openrouter/wire';
import type { PlannedTask } from '../plan/plan';
import { type PromptParts, workerInstructions } from './prompts';
import type { ResolvedWorker } from '../plan/worker';

/** Builds the tool entry of one named worker, with its part of the selection pinned. */
export function workerEntry(
  task: PlannedTask,
  worker: ResolvedWorker,
  parts: PromptParts,
): SubagentToolEntry {
  const hasTools = worker.tools.length > 0;
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
      ...(worker.reasoningEffort === 'none'
        ? {}
        : { reasoning: { effort: worker.reasoningEffort } }),
      ...(hasTools ? { tools: worker.tools, max_tool_calls: worker.maxToolCalls } : {}),
    },
  };
}
