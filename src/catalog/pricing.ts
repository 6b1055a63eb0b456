import type { NanoUsd } from '../common/money';
import type { CatalogModel, ModelPricing, PricingOverride } from './model';

/** What a model's tokens cost under given conditions; null is unknown. */
export interface TokenPrices {
  readonly promptNanoPerMillion: number | null;
  readonly completionNanoPerMillion: number | null;
}

/**
 * The prices for a request of `promptTokens` at an instant: the list prices, with those conditional
 * ones whose conditions all hold; of several the later one wins, price by price (API reference,
 * models, pricing overrides).
 */
export function priceFor(
  model: CatalogModel | { readonly pricing: ModelPricing },
  promptTokens: number,
  atUtcMs: number,
): TokenPrices {
  const { pricing } = model;
  return pricing.overrides
    .filter((override) => isInForce(override, promptTokens, atUtcMs))
    .reduce<TokenPrices>(
      (prices, override) => ({
        promptNanoPerMillion: override.promptNanoPerMillion ?? prices.promptNanoPerMillion,
        completionNanoPerMillion:
          override.completionNanoPerMillion ?? prices.completionNanoPerMillion,
      }),
      {
        promptNanoPerMillion: pricing.promptNanoPerMillion,
        completionNanoPerMillion: pricing.completionNanoPerMillion,
      },
    );
}

function isInForce(override: PricingOverride, promptTokens: number, atUtcMs: number): boolean {
  const at = new Date(atUtcMs);
  if (override.minPromptTokens !== null && promptTokens <= override.minPromptTokens) return false;
  if (override.utcDays !== null && !override.utcDays.includes(at.getUTCDay())) return false;
  if (override.utcStart === null && override.utcEnd === null) return true;
  const clock = at.getUTCHours() * 100 + at.getUTCMinutes();
  const start = Number(override.utcStart ?? 0);
  const end = Number(override.utcEnd ?? 2400);
  // The window takes in its start but not its end, and one that ends before it starts is of a night.
  return start <= end ? clock >= start && clock < end : clock >= start || clock < end;
}

/** What `tokens` cost, rounded up to a whole nano-dollar. */
export function tokenCostNanoUsd(tokens: number, nanoPerMillion: number): NanoUsd {
  const product = BigInt(Math.ceil(tokens)) * BigInt(nanoPerMillion);
  return Number((product + 999_999n) / 1_000_000n);
}
