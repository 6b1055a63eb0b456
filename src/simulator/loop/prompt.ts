import type { Exchange, Move, WorkerCall } from '../orchestrators/policy';
import type { InferenceRequest } from '../request/inferenceRequest';
import type { Tokenizer } from '../tokenizer';
import type { PromptPart } from './promptCache';

/**
 * What one server tool's definition costs in the prompt of each step: a live request of some 60
 * tokens with one subagent entry was billed 544 prompt tokens (2026-06-28).
 */
const TOOL_DEFINITION_TOKENS = 480;

/** The prompt of a step: definitions, messages, and all earlier calls with their results. */
export function promptParts(
  request: InferenceRequest,
  exchanges: readonly Exchange[],
  tokenizer: Tokenizer,
): PromptPart[] {
  const part = (text: string): PromptPart => ({ text, tokens: tokenizer.count(text) });
  return [
    ...definitions(request, part),
    part(request.system),
    part(request.user),
    ...exchanges.flatMap(({ move, results }) => [
      part(outputText(move)),
      ...results.map((result) => part(JSON.stringify(result))),
    ]),
  ];
}

function definitions(request: InferenceRequest, part: (text: string) => PromptPart): PromptPart[] {
  const names = [
    ...request.subagents.map((entry) => `openrouter:subagent ${entry.name ?? ''}`),
    ...request.otherServerTools,
  ];
  const schema = request.format?.schema;
  const instructions = request.showsInstructions === true ? request.subagents : [];
  return [
    ...names.map((name) => ({ text: name, tokens: TOOL_DEFINITION_TOKENS })),
    ...instructions.map((entry) => part(entry.instructions)),
    ...request.functionTools.map((tool) => part(JSON.stringify(tool))),
    ...(schema ? [part(JSON.stringify(schema))] : []),
  ];
}

/** A move as the tokens that were generated for it, reasoning excluded. */
function outputText(move: Move): string {
  return [move.text, ...move.calls.map(callText)].join('');
}

/** A tool call as it is generated: its name and its arguments as JSON. */
export function callText(call: WorkerCall): string {
  return JSON.stringify({
    name: call.workerName ?? 'openrouter_subagent',
    arguments: { task_name: call.taskName, task_description: call.taskDescription },
  });
}
