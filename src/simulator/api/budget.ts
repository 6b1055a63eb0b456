import { type Account, remainingNanoUsd } from '../accounts';
import { pricingOf } from '../loop/runLoop';
import { promptParts } from '../loop/prompt';
import { costOf } from '../pricing';
import type { InferenceRequest } from '../request/inferenceRequest';
import { RequestProblem } from '../request/problem';
import type { Tokenizer } from '../tokenizer';

/**
 * Refuses what the account cannot pay: the prompt and the requested output limit, or without one
 * the model's own maximum, must be affordable before anything runs. So does the context length.
 */
export function requireBudget(
  request: InferenceRequest,
  account: Account,
  tokenizer: Tokenizer,
): void {
  const parts = promptParts(request, [], tokenizer);
  const promptTokens = parts.reduce((sum, part) => sum + part.tokens, 0);
  const { model } = request;
  const wanted = request.maxOutputTokens ?? model.maxCompletionTokens;
  if (promptTokens + (request.maxOutputTokens ?? 0) > model.contextLength) {
    throw new RequestProblem(
      400,
      `This endpoint's maximum context length is ${model.contextLength} tokens. However, you requested about ${promptTokens + wanted} tokens.`,
      { errorType: 'context_length_exceeded' },
    );
  }
  const remaining = remainingNanoUsd(account);
  if (remaining === null || account.isByok) return;
  const pricing = pricingOf(request);
  const cost = costOf(pricing, {
    promptTokens,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    completionTokens: wanted,
  });
  if (cost.promptNanoUsd + cost.completionNanoUsd <= remaining) return;
  const perToken = pricing.completionNanoPerMillion / 1_000_000;
  const affordable = Math.max(0, Math.floor((remaining - cost.promptNanoUsd) / perToken));
  throw new RequestProblem(
    402,
    `This request requires more credits, or fewer max_tokens. You requested up to ${wanted} tokens, but can only afford ${affordable}.`,
  );
}
