import { type NanoUsd, usdDecimal } from '../../common/money';
import type { Bill, Spent } from '../loop/meter';
import type { Shapes } from './shapes';

/** A dollar amount as a JSON number; its shortest text is the exact decimal. */
export function usdNumber(nano: NanoUsd): number {
  return Number(usdDecimal(nano));
}

/** On the user's own provider key OpenRouter charges a fee only (API reference, BYOK). */
const BYOK_FEE_PERCENT = 5;

/** What the OpenRouter account is charged. */
export function chargedNanoUsd(bill: Bill, isByok: boolean): NanoUsd {
  return isByok ? Math.round((bill.costNanoUsd * BYOK_FEE_PERCENT) / 100) : bill.costNanoUsd;
}

/** What `usage` depends on besides the bill. */
export interface UsageContext {
  readonly isByok: boolean;
  /** Whether the request went through the loop of the API's own tools, called or not. */
  readonly hasServerTools: boolean;
  readonly shapes: Shapes;
  /** See `Quirks`. */
  readonly hidesOwnKey: boolean;
}

/** Whose tokens and upstream cost are told: recorded answers leave out all but the outer model's. */
function counted(bill: Bill, { shapes }: UsageContext): Spent {
  return shapes === 'recorded' ? bill.own : bill;
}

/** Recorded answers that went through the tool loop do not say that a key is not the user's own. */
function byok(context: UsageContext): Record<string, unknown> {
  const { isByok, hasServerTools, shapes, hidesOwnKey } = context;
  if (hidesOwnKey) return {};
  return shapes === 'recorded' && hasServerTools && !isByok ? {} : { is_byok: isByok };
}

/** `usage` of Chat Completions. */
export function chatUsage(bill: Bill, context: UsageContext): Record<string, unknown> {
  const told = counted(bill, context);
  return {
    prompt_tokens: told.promptTokens,
    completion_tokens: told.completionTokens,
    total_tokens: told.promptTokens + told.completionTokens,
    cost: usdNumber(chargedNanoUsd(bill, context.isByok)),
    ...byok(context),
    prompt_tokens_details: {
      cached_tokens: told.cachedTokens,
      cache_write_tokens: told.cacheWriteTokens,
      audio_tokens: 0,
      video_tokens: 0,
    },
    cost_details: {
      // Live answers of 2026 have the cost here on credit-billed requests too.
      upstream_inference_cost: upstreamCost(bill, context),
      upstream_inference_prompt_cost: usdNumber(told.promptNanoUsd),
      upstream_inference_completions_cost: usdNumber(told.completionNanoUsd),
    },
    completion_tokens_details: {
      reasoning_tokens: told.reasoningTokens,
      audio_tokens: null,
      accepted_prediction_tokens: null,
      rejected_prediction_tokens: null,
    },
    ...toolUse(bill),
  };
}

/** `usage` of Responses. */
export function responsesUsage(bill: Bill, context: UsageContext): Record<string, unknown> {
  const told = counted(bill, context);
  return {
    input_tokens: told.promptTokens,
    input_tokens_details: {
      cached_tokens: told.cachedTokens,
      cache_write_tokens: told.cacheWriteTokens,
    },
    output_tokens: told.completionTokens,
    output_tokens_details: { reasoning_tokens: told.reasoningTokens },
    total_tokens: told.promptTokens + told.completionTokens,
    cost: usdNumber(chargedNanoUsd(bill, context.isByok)),
    ...byok(context),
    cost_details: {
      upstream_inference_cost: upstreamCost(bill, context),
      upstream_inference_input_cost: usdNumber(told.promptNanoUsd),
      upstream_inference_output_cost: usdNumber(told.completionNanoUsd),
    },
    ...toolUse(bill),
  };
}

/** On the user's own provider key this is what the user pays there, workers included. */
function upstreamCost(bill: Bill, context: UsageContext): number {
  const told = counted(bill, context);
  return usdNumber(context.isByok ? bill.costNanoUsd : told.promptNanoUsd + told.completionNanoUsd);
}

function toolUse(bill: Bill): Record<string, unknown> {
  if (bill.toolCallsRequested === 0) return {};
  return {
    server_tool_use_details: {
      tool_calls_requested: bill.toolCallsRequested,
      tool_calls_executed: bill.toolCallsExecuted,
    },
  };
}
