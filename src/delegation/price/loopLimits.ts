import type { CatalogModel } from '../../catalog/model';
import type { PlannedTask } from '../plan/plan';
import { type ReasoningWish, thinkingTokens } from '../run/reasoningWish';
import type { AnswerMode, RunSettings } from '../run/run';

/** Bounds of one request's loop; they go into the request and into its worst-case price alike. */
export interface LoopLimits {
  /** How many repeated calls the orchestrator is told it may make. */
  readonly corrections: number;
  /** `step_count_is`: when it holds, pending calls still run and one last turn follows. */
  readonly stepCount: number;
  /** Output tokens of the orchestrator in each turn, its thinking included. */
  readonly orchestratorOutputTokens: number;
  /** How many of them are allowed for thinking. */
  readonly thinkingTokens: number;
}

/** How generous the loop is; the first rung whose worst case fits the budget is taken. */
export interface LoopAllowance {
  readonly corrections: number;
  /** Turns for parts that the orchestrator does not call in the first turn, as it is told to. */
  readonly stragglingTurns: number;
  /** Output tokens for planning, corrections, and small jobs done without a worker. */
  readonly spareTokens: number;
  /** Writing a prompt cache costs more than reading plainly, which counts at the worst. */
  readonly mayCachePrompt: boolean;
}

export const ALLOWANCES: readonly [LoopAllowance, ...LoopAllowance[]] = [
  { corrections: 1, stragglingTurns: 1, spareTokens: 2048, mayCachePrompt: true },
  { corrections: 1, stragglingTurns: 1, spareTokens: 1024, mayCachePrompt: true },
  { corrections: 0, stragglingTurns: 0, spareTokens: 1024, mayCachePrompt: true },
  { corrections: 0, stragglingTurns: 0, spareTokens: 1024, mayCachePrompt: false },
];

/** Output tokens for each task: its call and its marker, with room for a wordier model. */
const TOKENS_PER_TASK = 64;

/** Share of the orchestrator's limit that an expected answer may fill. */
const FILL_SHARE = 0.75;

export interface LoopShape {
  readonly tasks: readonly PlannedTask[];
  readonly answerMode: AnswerMode;
  /** Other server tools at the top level, each good for one more turn. */
  readonly otherTools: number;
  /** What the orchestrator's model or the run allows; null when unknown. */
  readonly modelLimit: number | null;
  /** How much the orchestrator thinks; absent where that is the model's own affair. */
  readonly reasoning?: ReasoningWish | undefined;
}

/** The loop's bounds for a plan. */
export function loopLimits(shape: LoopShape, allowance: LoopAllowance): LoopLimits {
  const { tasks, answerMode, otherTools, modelLimit } = shape;
  const straggling = tasks.length > 1 ? allowance.stragglingTurns : 0;
  const answer = tasks.reduce((sum, task) => sum + task.answerTokens.expected, 0);
  const own = answerMode === 'integrated' ? Math.ceil(answer / FILL_SHARE) : 0;
  const wanted =
    Math.max(allowance.spareTokens, own) + TOKENS_PER_TASK * (tasks.length + allowance.corrections);
  const thinking = thinkingTokens(shape.reasoning, wanted);
  return {
    corrections: allowance.corrections,
    stepCount: 1 + allowance.corrections + straggling + otherTools,
    orchestratorOutputTokens: Math.min(wanted + thinking, modelLimit ?? Infinity),
    thinkingTokens: thinking,
  };
}

/** The lower of a model's own limit and the run's, where there are any. */
export function outputLimit(
  model: CatalogModel | null,
  { maxOutputTokens }: Pick<RunSettings, 'maxOutputTokens'>,
): number | null {
  const limit = Math.min(model?.maxCompletionTokens ?? Infinity, maxOutputTokens ?? Infinity);
  return Number.isFinite(limit) ? limit : null;
}

/** Output tokens of the direct route. */
export function directOutputTokens(
  expectedAnswer: number,
  workerLimit: number,
  {
    limit,
    reasoning,
  }: { readonly limit: number | null; readonly reasoning?: ReasoningWish | undefined },
): { readonly most: number; readonly thinking: number } {
  const wanted = Math.max(workerLimit, Math.ceil(expectedAnswer / FILL_SHARE));
  const thinking = thinkingTokens(reasoning, wanted);
  return { most: Math.min(wanted + thinking, limit ?? Infinity), thinking };
}
