import { TOOL_DEFINITION_TOKENS } from '../price/estimate';
import { countTokens } from '../../text/tokens';
import type { WireRequest } from '../../openrouter/wire';

/** Turns of an orchestrator that calls, corrects once, and accepts. */
const MOST_TURNS = 3;

/** Tokens by which it shows whether the orchestrator was given the workers' instructions to read. */
export interface ShownInstructions {
  readonly promptTokens: number;
  /** Tokens of all workers' instructions together. */
  readonly instructionTokens: number;
}

/**
 * Whether the orchestrator's input tokens can only be explained by the workers' instructions being
 * part of it. No source says that they are not, and the saving of pinning a selection in them rests
 * on it. The counts are estimates, so only a clear case is one.
 *
 * @param outcomeTokens of the outcomes that the orchestrator read.
 * @returns null when the tokens do not say so, or do not say.
 */
export function instructionsShown(
  wire: WireRequest,
  { promptTokens, outcomeTokens }: { promptTokens: number | null; outcomeTokens: number },
): ShownInstructions | null {
  const instructionTokens = workerInstructionTokens(wire);
  if (promptTokens === null || instructionTokens === 0) return null;
  const own = ownTokens(wire) + (wire.body.tools?.length ?? 0) * TOOL_DEFINITION_TOKENS;
  const hidden = MOST_TURNS * (own + outcomeTokens);
  return promptTokens > hidden + instructionTokens / 2 ? { promptTokens, instructionTokens } : null;
}

/** Tokens of all workers' instructions of a request, estimated. */
export function workerInstructionTokens({ body }: WireRequest): number {
  return (body.tools ?? [])
    .filter((tool) => tool.type === 'openrouter:subagent')
    .map((tool) => tool.parameters?.['instructions'])
    .reduce<number>((sum, text) => sum + (typeof text === 'string' ? countTokens(text) : 0), 0);
}

function ownTokens(wire: WireRequest): number {
  const texts =
    wire.protocol === 'chat'
      ? wire.body.messages.map(({ content }) => content)
      : [wire.body.instructions, wire.body.input];
  return texts.reduce((sum, text) => sum + countTokens(text), 0);
}
