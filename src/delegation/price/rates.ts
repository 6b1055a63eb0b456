import type { EndpointPriceRange } from '../../catalog/endpointPrices';
import type { CatalogModel, ModelPricing, PricingOverride } from '../../catalog/model';
import { priceFor } from '../../catalog/pricing';

/** Prices that one call is counted with, in nano-USD per million tokens. */
export interface Rates {
  readonly prompt: number;
  readonly completion: number;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  /** Nano-USD for the call itself. */
  readonly request: number;
}

/** What a model may cost: at the least, by its list price now, and at the most. */
export interface RateRange {
  readonly low: Rates;
  readonly expected: Rates;
  readonly high: Rates;
}

/**
 * Reads a model's prices for a prompt of about `promptTokens` at `nowMs`.
 *
 * `low` and `high` take in every conditional price and the endpoints' prices, whether or not the
 * condition holds: the time may change and the prompt grows with each step.
 *
 * @returns null when the price is unknown; an estimate made of it must be unknown too.
 */
export function rateRange(
  model: CatalogModel | null,
  at: { readonly promptTokens: number; readonly nowMs: number },
  endpoints?: EndpointPriceRange,
): RateRange | null {
  if (!model) return null;
  const { pricing } = model;
  const base = baseRates(pricing);
  if (!base) return null;
  const variants = [base, ...pricing.overrides.map((override) => withOverride(base, override))];
  const current = priceFor(model, at.promptTokens, at.nowMs);
  const expected = {
    ...base,
    prompt: current.promptNanoPerMillion ?? base.prompt,
    completion: current.completionNanoPerMillion ?? base.completion,
  };
  const prompts = variants.map((rates) => rates.prompt);
  const completions = variants.map((rates) => rates.completion);
  if (endpoints) {
    prompts.push(endpoints.promptNanoPerMillion.low, endpoints.promptNanoPerMillion.high);
    completions.push(
      endpoints.completionNanoPerMillion.low,
      endpoints.completionNanoPerMillion.high,
    );
  }
  return {
    low: { ...expected, prompt: Math.min(...prompts), completion: Math.min(...completions) },
    expected,
    high: { ...expected, prompt: Math.max(...prompts), completion: Math.max(...completions) },
  };
}

function baseRates(pricing: ModelPricing): Rates | null {
  const { promptNanoPerMillion: prompt, completionNanoPerMillion: completion } = pricing;
  if (prompt === null || completion === null) return null;
  return {
    prompt,
    completion,
    cacheRead: pricing.cacheReadNanoPerMillion,
    cacheWrite: pricing.cacheWriteNanoPerMillion,
    request: pricing.requestNano ?? 0,
  };
}

function withOverride(rates: Rates, override: PricingOverride): Rates {
  return {
    ...rates,
    prompt: override.promptNanoPerMillion ?? rates.prompt,
    completion: override.completionNanoPerMillion ?? rates.completion,
  };
}
