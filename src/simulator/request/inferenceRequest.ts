import type { ModelEndpoint, SimulatedModel } from '../models';
import type { AnswerFormat } from './answerFormat';
import type { StopCondition } from './stopConditions';
import type { SubagentEntry } from './tools';

/** A request of either protocol after validation: all that orchestrator, loop and billing read. */
export interface InferenceRequest {
  readonly protocol: 'chat' | 'responses';
  readonly isStreamed: boolean;
  /** As sent, tilde included. */
  readonly requestedSlug: string;
  /** The concrete model. */
  readonly model: SimulatedModel;
  /** What serves the orchestrator's turns, under the `provider` preferences. */
  readonly endpoint: ModelEndpoint;
  /** All system and developer text. */
  readonly system: string;
  /** All other text of the input. */
  readonly user: string;
  readonly maxOutputTokens: number | null;
  /** Null where the answer may have any form. */
  readonly format: AnswerFormat | null;
  /** Whether the orchestrator is told not to reason. */
  readonly isReasoningOff: boolean;
  readonly subagents: readonly SubagentEntry[];
  /** Server tools besides subagents; their definitions cost prompt tokens too. */
  readonly otherServerTools: readonly string[];
  readonly functionTools: readonly unknown[];
  readonly canCallTools: boolean;
  /** See `Quirks`. */
  readonly showsInstructions?: boolean;
  /** Ceiling of tool calls when there is no stop condition. */
  readonly maxToolCalls: number;
  readonly stopWhen: readonly StopCondition[];
  readonly cachesPrompt: boolean;
  readonly metadata: Readonly<Record<string, string>> | null;
}
