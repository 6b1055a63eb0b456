import { type NanoUsd, nanoUsdFromDecimal } from '../common/money';
import { asRecord, readCount } from '../common/json';

/**
 * Tokens and money of one request. The tokens are those of the model that was asked, the
 * orchestrator, alone; the cost is everyone's, workers and other tools included (recorded with
 * advisor and fusion, where the upstream cost is the outer model's to the last digit).
 */
export interface Usage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  /** Prompt tokens that were read from a prompt cache; part of `promptTokens`. */
  readonly cachedTokens: number | null;
  /** What the request cost in nano-USD; null when the answer does not say. Never a guess. */
  readonly costNanoUsd: NanoUsd | null;
  readonly isByok: boolean;
  /**
   * Server tool calls that ran, of any kind; null when the answer does not say. Live answers leave
   * the counter out when none ran.
   */
  readonly toolCallsExecuted: number | null;
}

/**
 * Reads the `usage` object of Chat Completions (`prompt_tokens`, …) or Responses (`input_tokens`,
 * …); unknown shapes yield nulls.
 *
 * Cost: `cost` is what the OpenRouter account is charged. `cost_details.upstream_inference_cost` is
 * added only for a request on the user's own provider key (`is_byok`): on credit-billed requests it
 * repeats `cost`, and adding it would double the bill (API reference, usage accounting; seen live).
 */
export function readUsage(value: unknown): Usage | null {
  const usage = asRecord(value);
  if (!usage) return null;
  const promptDetails =
    asRecord(usage['prompt_tokens_details']) ?? asRecord(usage['input_tokens_details']);
  // The counter's name differs between the guide and the schema; both are in use.
  const toolUse = asRecord(usage['server_tool_use_details']) ?? asRecord(usage['server_tool_use']);
  return {
    promptTokens: readCount(usage['prompt_tokens'] ?? usage['input_tokens']),
    completionTokens: readCount(usage['completion_tokens'] ?? usage['output_tokens']),
    totalTokens: readCount(usage['total_tokens']),
    cachedTokens: readCount(promptDetails?.['cached_tokens']),
    costNanoUsd: readCost(usage),
    isByok: isOwnKey(usage['is_byok']),
    toolCallsExecuted: readCount(toolUse?.['tool_calls_executed']),
  };
}

/**
 * What is known after a second record of usage in one stream. The later one counts, but takes
 * nothing back: gateways repeat usage without its cost, or end with a record of zeros (seen live).
 */
export function mergeUsage(before: Usage | null, now: Usage): Usage {
  if (before === null) return now;
  const hasTokens = (now.promptTokens ?? 0) + (now.completionTokens ?? 0) > 0;
  const tokens = hasTokens ? now : before;
  const other = hasTokens ? before : now;
  const hasNoCost = (now.costNanoUsd ?? 0) === 0 && before.costNanoUsd !== null;
  // A record that says nothing of the user's own key says nothing of the provider's charge either.
  const keepsCost = !now.isByok && (hasNoCost || before.isByok);
  const money = keepsCost ? before : now;
  return {
    promptTokens: tokens.promptTokens ?? other.promptTokens,
    completionTokens: tokens.completionTokens ?? other.completionTokens,
    totalTokens: tokens.totalTokens ?? other.totalTokens,
    cachedTokens: tokens.cachedTokens ?? other.cachedTokens,
    costNanoUsd: money.costNanoUsd,
    isByok: money.isByok,
    toolCallsExecuted: now.toolCallsExecuted ?? before.toolCallsExecuted,
  };
}

/** Whether `is_byok` says yes; gateways write amounts as text, and this as well. */
export function isOwnKey(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^true$/i.test(value));
}

function readCost(usage: Record<string, unknown>): NanoUsd | null {
  const cost = nanoUsdFromDecimal(usage['cost']);
  if (cost === null || !isOwnKey(usage['is_byok'])) return cost;
  const upstream = asRecord(usage['cost_details'])?.['upstream_inference_cost'];
  // Without the upstream amount a BYOK bill is incomplete, and so unknown.
  const upstreamNano = nanoUsdFromDecimal(upstream);
  return upstreamNano === null ? null : cost + upstreamNano;
}
