import { type RouteEstimate } from '../run/run';
import { tokenCostNanoUsd } from '../../catalog/pricing';
import type { NanoUsd } from '../../common/money';
import type { JsonFormat } from '../../openrouter/wire';
import type { LoopLimits } from './loopLimits';
import type { PlannedTask } from '../plan/plan';
import type { RateRange, Rates } from './rates';
import type { AnswerMode } from '../run/run';
import { type TokenRange, estimateTokens } from '../../text/tokens';

/** Prompt tokens of a server tool's definition in each step, as seen in a live request. */
export const TOOL_DEFINITION_TOKENS = 480;
/** A tool call: the worker's name, the task's name and description, as JSON. */
const CALL_TOKENS = 31;
/** What surrounds an outcome in the tool's result: status, model, task name. */
const RESULT_TOKENS = 30;
/** An outcome goes into the tool's result as a JSON string, whose escapes are tokens too. */
const ESCAPED_SHARE = 1.15;
/** A marker on its line: a nonce is not a word of any tokenizer. */
const MARKER_TOKENS = 17;

/** The dearest search engine's price for a call, and what one result adds to a worker's prompt. */
const WEB_CALL_CEILING_NANO_USD = 15_000_000;
const WEB_RESULT_TOKENS = 8_000;

/** One more model that may be called once, such as the advisor or the fusion panel. */
export interface SideCall {
  readonly rates: RateRange;
  /** How many model calls one use makes. */
  readonly calls: number;
  readonly maxCompletionTokens: number;
  /** What it is told besides what the orchestrator writes to it. */
  readonly promptTokens: number;
}

export interface DelegatedEstimateInput {
  /** Tokens of the orchestrator's instructions and input, without tool definitions. */
  readonly orchestratorTokens: TokenRange;
  readonly tasks: readonly PlannedTask[];
  /** Tokens of each worker's instructions, in the order of `tasks`. */
  readonly workerTokens: readonly TokenRange[];
  readonly limits: LoopLimits;
  readonly answerMode: AnswerMode;
  readonly orchestrator: RateRange;
  readonly worker: RateRange;
  /** Nested tool calls that a worker may make; 0 without tools. */
  readonly nestedCalls: number;
  readonly sideCalls: readonly SideCall[];
  readonly usesPromptCache: boolean;
}

/** Prices a delegated run: two turns when all goes well, and every limit reached at the worst. */
export function estimateDelegated(input: DelegatedEstimateInput): RouteEstimate {
  const { orchestrator, worker } = input;
  const good = { corrections: 0, prompt: 'expected', answer: 'expected' } as const;
  return {
    lowNanoUsd: likelyCost(input, { ...good, prompt: 'low', answer: 'low' }, [
      orchestrator.low,
      worker.low,
    ]),
    expectedNanoUsd: likelyCost(input, good, [orchestrator.expected, worker.expected]),
    highNanoUsd: likelyCost(
      { ...input, usesPromptCache: false },
      { corrections: input.limits.corrections, prompt: 'high', answer: 'high' },
      [orchestrator.high, worker.high],
    ),
    ceilingNanoUsd: ceiling(input),
  };
}

type Bound = keyof TokenRange;

const NOTHING: TokenRange = { low: 0, expected: 0, high: 0 };

/** What workers write besides their answers. */
export function thinkingOf(tasks: readonly PlannedTask[], bound: Bound): number {
  return tasks.reduce((sum, task) => sum + withThinking(NOTHING, task.thinkingTokens)[bound], 0);
}

function likelyCost(
  input: DelegatedEstimateInput,
  course: { readonly corrections: number; readonly prompt: Bound; readonly answer: Bound },
  [orchestrator, worker]: readonly [Rates, Rates],
): NanoUsd {
  const { tasks } = input;
  const prompt = promptTokens(input, course.prompt);
  const answers = answerTokens(tasks, course.answer);
  const calls = CALL_TOKENS * tasks.length;
  // A correction repeats one average task in a turn of its own.
  const again = course.corrections / tasks.length;
  const results = answers * ESCAPED_SHARE + RESULT_TOKENS * tasks.length;
  const finalText =
    input.answerMode === 'integrated'
      ? Math.min(answers, input.limits.orchestratorOutputTokens)
      : MARKER_TOKENS * tasks.length;
  const growth = calls + results;
  let cost = firstAndLater({ prompt, growth }, input.usesPromptCache, orchestrator);
  cost += course.corrections * tokenCostNanoUsd(prompt + growth * (1 + again), orchestrator.prompt);
  cost += tokenCostNanoUsd(calls * (1 + again) + finalText, orchestrator.completion);
  cost += orchestrator.request * (2 + course.corrections);
  const pinned = input.workerTokens.reduce((sum, range) => sum + range[course.prompt], 0);
  cost += Math.ceil(tokenCostNanoUsd(pinned, worker.prompt) * (1 + again));
  const written = answers + thinkingOf(tasks, course.answer);
  cost += Math.ceil(tokenCostNanoUsd(written, worker.completion) * (1 + again));
  const thoughts = withThinking(NOTHING, input.limits.thinkingTokens)[course.answer];
  cost += tokenCostNanoUsd(thoughts * (2 + course.corrections), orchestrator.completion);
  cost += worker.request * (tasks.length + course.corrections);
  return cost;
}

/** Prompt tokens of the first turn and of the second, which reads the first again and its growth. */
function firstAndLater(
  { prompt, growth }: { readonly prompt: number; readonly growth: number },
  isCached: boolean,
  rates: Rates,
): NanoUsd {
  if (!isCached || rates.cacheRead === null || rates.cacheWrite === null) {
    return tokenCostNanoUsd(prompt * 2 + growth, rates.prompt);
  }
  return (
    tokenCostNanoUsd(prompt + growth, rates.cacheWrite) + tokenCostNanoUsd(prompt, rates.cacheRead)
  );
}

/**
 * Whether marking the prompt for caching makes the good course cheaper.
 *
 * Writing costs more than reading plainly, so it pays only where the repeated prompt outweighs what
 * is new in the second turn. Prompts shorter than what providers cache gain nothing.
 */
export function cachingPays(input: DelegatedEstimateInput): boolean {
  const rates = input.orchestrator.expected;
  if (rates.cacheRead === null || rates.cacheWrite === null) return false;
  const prompt = promptTokens(input, 'expected');
  if (prompt < MIN_CACHEABLE_TOKENS) return false;
  const growth =
    CALL_TOKENS * input.tasks.length + answerTokens(input.tasks, 'expected') * ESCAPED_SHARE;
  const turns = { prompt, growth };
  return firstAndLater(turns, true, rates) < firstAndLater(turns, false, rates);
}

/**
 * Shortest prompt that is taken to be cacheable. Models differ from 512 to 4096 tokens and the
 * catalog does not tell, so the longest counts, with room for an estimate that is too high: a mark
 * on a prompt that is too short makes the second turn pay for writing and nobody read.
 */
const MIN_CACHEABLE_TOKENS = 4500;

function promptTokens(input: DelegatedEstimateInput, bound: Bound): number {
  const entries = input.tasks.length + input.sideCalls.length;
  return input.orchestratorTokens[bound] + TOOL_DEFINITION_TOKENS * entries;
}

function answerTokens(tasks: readonly PlannedTask[], bound: Bound): number {
  return tasks.reduce(
    (sum, task) => sum + Math.min(task.answerTokens[bound], task.maxCompletionTokens),
    0,
  );
}

/**
 * The worst case: all turns that the step limit lets happen, each with full output, all outcomes at
 * their limits from the second turn on, and every correction.
 */
function ceiling(input: DelegatedEstimateInput): NanoUsd {
  const { tasks, limits, orchestrator, worker, workerTokens, nestedCalls } = input;
  const turns = limits.stepCount + 1;
  const prompt = promptTokens(input, 'high');
  const longest = Math.max(...tasks.map((task) => task.maxCompletionTokens));
  const outcomes =
    tasks.reduce((sum, task) => sum + task.maxCompletionTokens + RESULT_TOKENS, 0) * ESCAPED_SHARE;
  const corrections = limits.corrections * (longest + RESULT_TOKENS) * ESCAPED_SHARE;
  const output = limits.orchestratorOutputTokens;
  const promptRate = Math.max(
    orchestrator.high.prompt,
    input.usesPromptCache ? (orchestrator.high.cacheWrite ?? 0) : 0,
  );
  let total = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const sideAnswers = turn === 0 ? 0 : sideTokens(input.sideCalls);
    const seen = turn === 0 ? 0 : outcomes + (turn > 1 ? corrections : 0) + sideAnswers;
    total += tokenCostNanoUsd(prompt + seen + turn * output, promptRate);
    total += tokenCostNanoUsd(output, orchestrator.high.completion) + orchestrator.high.request;
  }
  const longestPrompt = Math.max(...workerTokens.map((range) => range.high));
  tasks.forEach((task, index) => {
    const pinned = workerTokens[index]?.high ?? longestPrompt;
    total += workerCeiling(pinned, task.maxCompletionTokens, { rates: worker.high, nestedCalls });
  });
  // A correction may come with as much text as the orchestrator can write.
  total +=
    limits.corrections *
    workerCeiling(longestPrompt + output, longest, { rates: worker.high, nestedCalls });
  return total + sideCeiling(input, prompt);
}

/** One worker at its worst: its own tool loop reads everything again in each turn. */
export function workerCeiling(
  prompt: number,
  limit: number,
  { rates, nestedCalls }: { readonly rates: Rates; readonly nestedCalls: number },
): NanoUsd {
  let total = nestedCalls * WEB_CALL_CEILING_NANO_USD;
  for (let turn = 0; turn <= nestedCalls; turn += 1) {
    total += tokenCostNanoUsd(prompt + turn * (WEB_RESULT_TOKENS + limit), rates.prompt);
    total += tokenCostNanoUsd(limit, rates.completion) + rates.request;
  }
  return total;
}

function sideTokens(sideCalls: readonly SideCall[]): number {
  return sideCalls.reduce((sum, side) => sum + side.maxCompletionTokens, 0);
}

function sideCeiling(input: DelegatedEstimateInput, prompt: number): NanoUsd {
  return input.sideCalls.reduce((sum, { rates, calls, maxCompletionTokens, promptTokens: own }) => {
    const one =
      tokenCostNanoUsd(prompt + own + input.limits.orchestratorOutputTokens, rates.high.prompt) +
      tokenCostNanoUsd(maxCompletionTokens, rates.high.completion) +
      rates.high.request;
    return sum + one * calls;
  }, 0);
}

export interface DirectEstimateInput {
  /** Instructions and input, the selection included. */
  readonly promptTokens: TokenRange;
  readonly answerTokens: TokenRange;
  readonly maxOutputTokens: number;
  readonly orchestrator: RateRange;
}

/** Prices asking the orchestrator's model itself for the same form of answer. */
export function estimateDirect(input: DirectEstimateInput): RouteEstimate {
  const { promptTokens: prompt, answerTokens: answer, maxOutputTokens, orchestrator } = input;
  const cost = (promptCount: number, answerCount: number, rates: Rates): NanoUsd =>
    tokenCostNanoUsd(promptCount, rates.prompt) +
    tokenCostNanoUsd(Math.min(answerCount, maxOutputTokens), rates.completion) +
    rates.request;
  return {
    lowNanoUsd: cost(prompt.low, answer.low, orchestrator.low),
    expectedNanoUsd: cost(prompt.expected, answer.expected, orchestrator.expected),
    highNanoUsd: cost(prompt.high, answer.high, orchestrator.high),
    ceilingNanoUsd: cost(prompt.high, maxOutputTokens, orchestrator.high),
  };
}

/** Tokens that are written, when so many are allowed for thinking: none, half or all of them. */
export function withThinking(answer: TokenRange, thinking: number): TokenRange {
  return {
    low: answer.low,
    expected: answer.expected + thinking / 2,
    high: answer.high + thinking,
  };
}

/** What a form of the answer adds to each prompt: providers write the schema into it. */
export function formatTexts(format: JsonFormat | null): readonly string[] {
  return format?.type === 'json_schema' ? [JSON.stringify(format.schema)] : [];
}

/** Tokens of several texts together. */
export function textTokens(...texts: readonly string[]): TokenRange {
  return estimateTokens(texts.join('\n'));
}
