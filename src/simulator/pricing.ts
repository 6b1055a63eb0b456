import { nanoUsdFromDecimal, type NanoUsd } from '../common/money';

/** Prices as nano-USD per million tokens, so that they stay integers. */
export interface Pricing {
  readonly promptNanoPerMillion: number;
  readonly completionNanoPerMillion: number;
  readonly cacheReadNanoPerMillion: number;
  readonly cacheWriteNanoPerMillion: number;
  /** Applies instead to prompts of more tokens than `minPromptTokens`. */
  readonly override: {
    readonly minPromptTokens: number;
    readonly promptNanoPerMillion: number;
    readonly completionNanoPerMillion: number;
  } | null;
}

/** Tokens of one call of a model, as they are billed. */
export interface TokenCounts {
  /** All prompt tokens, cached ones included. */
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  readonly completionTokens: number;
}

export interface CallCost {
  readonly promptNanoUsd: NanoUsd;
  readonly completionNanoUsd: NanoUsd;
}

/** US dollars per million tokens, as decimal text. */
export function pricingFromUsd(usd: {
  readonly prompt: string;
  readonly completion: string;
  readonly cacheRead?: string;
  readonly cacheWrite?: string;
}): Pricing {
  return {
    promptNanoPerMillion: nano(usd.prompt),
    completionNanoPerMillion: nano(usd.completion),
    cacheReadNanoPerMillion: nano(usd.cacheRead ?? usd.prompt),
    cacheWriteNanoPerMillion: nano(usd.cacheWrite ?? usd.prompt),
    override: null,
  };
}

function nano(usd: string): number {
  const amount = nanoUsdFromDecimal(usd);
  if (amount === null) throw new Error(`Not a price: ${usd}`);
  return amount;
}

/** What one call costs; each of the two amounts is rounded half up to whole nano-USD. */
export function costOf(pricing: Pricing, tokens: TokenCounts): CallCost {
  const { override } = pricing;
  const rates =
    override && tokens.promptTokens > override.minPromptTokens
      ? { ...pricing, ...override }
      : pricing;
  const plainTokens = tokens.promptTokens - tokens.cachedTokens - tokens.cacheWriteTokens;
  return {
    promptNanoUsd: roundedNano(
      product(plainTokens, rates.promptNanoPerMillion) +
        product(tokens.cachedTokens, rates.cacheReadNanoPerMillion) +
        product(tokens.cacheWriteTokens, rates.cacheWriteNanoPerMillion),
    ),
    completionNanoUsd: roundedNano(
      product(tokens.completionTokens, rates.completionNanoPerMillion),
    ),
  };
}

/** Millionths of a nano-USD can exceed a safe integer, so this is BigInt. */
function product(tokens: number, nanoPerMillion: number): bigint {
  return BigInt(tokens) * BigInt(nanoPerMillion);
}

function roundedNano(millionths: bigint): NanoUsd {
  return Number((millionths * 2n + 1_000_000n) / 2_000_000n);
}

/** A rate as the API lists it: US dollars per token, decimal text, never an exponent. */
export function perTokenUsd(nanoPerMillion: number): string {
  if (nanoPerMillion === 0) return '0';
  const padded = String(nanoPerMillion).padStart(16, '0');
  const fraction = padded.slice(-15).replace(/0+$/, '');
  return padded.slice(0, -15) + (fraction ? `.${fraction}` : '');
}
