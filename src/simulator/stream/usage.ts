import { type NanoUsd, usdDecimal } from '../../common/money';
import type { Bill } from '../loop/meter';

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

/** `usage` of Chat Completions. */
export function chatUsage(bill: Bill, isByok: boolean): Record<string, unknown> {
  return {
    prompt_tokens: bill.promptTokens,
    completion_tokens: bill.completionTokens,
    total_tokens: bill.promptTokens + bill.completionTokens,
    cost: usdNumber(chargedNanoUsd(bill, isByok)),
    is_byok: isByok,
    prompt_tokens_details: {
      cached_tokens: bill.cachedTokens,
      cache_write_tokens: bill.cacheWriteTokens,
      audio_tokens: 0,
      video_tokens: 0,
    },
    cost_details: {
      // Live answers of 2026 repeat the cost here on credit-billed requests too.
      upstream_inference_cost: usdNumber(bill.costNanoUsd),
      upstream_inference_prompt_cost: usdNumber(bill.promptNanoUsd),
      upstream_inference_completions_cost: usdNumber(bill.completionNanoUsd),
    },
    completion_tokens_details: {
      reasoning_tokens: bill.reasoningTokens,
      audio_tokens: null,
      accepted_prediction_tokens: null,
      rejected_prediction_tokens: null,
    },
    ...toolUse(bill),
  };
}

/** `usage` of Responses. */
export function responsesUsage(bill: Bill, isByok: boolean): Record<string, unknown> {
  return {
    input_tokens: bill.promptTokens,
    input_tokens_details: {
      cached_tokens: bill.cachedTokens,
      cache_write_tokens: bill.cacheWriteTokens,
    },
    output_tokens: bill.completionTokens,
    output_tokens_details: { reasoning_tokens: bill.reasoningTokens },
    total_tokens: bill.promptTokens + bill.completionTokens,
    cost: usdNumber(chargedNanoUsd(bill, isByok)),
    is_byok: isByok,
    cost_details: {
      upstream_inference_cost: usdNumber(bill.costNanoUsd),
      upstream_inference_input_cost: usdNumber(bill.promptNanoUsd),
      upstream_inference_output_cost: usdNumber(bill.completionNanoUsd),
    },
    ...toolUse(bill),
  };
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
