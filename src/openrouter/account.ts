import { asRecord, readCount, readString } from '../common/json';
import { type NanoUsd, nanoUsdFromDecimal } from '../common/money';
import { isOwnKey } from './usage';

/** What `GET /key` tells about the key that was sent. */
export interface KeyInfo {
  readonly label: string | null;
  /** What the key may spend per period; null for no limit. */
  readonly limitNanoUsd: NanoUsd | null;
  /** What is left of the limit, never below zero; null for no limit. */
  readonly limitRemainingNanoUsd: NanoUsd | null;
  /** Such as `daily`, `weekly` or `monthly`; null when the limit is never reset. */
  readonly limitReset: string | null;
  readonly usageNanoUsd: NanoUsd | null;
  readonly isFreeTier: boolean;
}

/** What `GET /generation` tells about a finished request. */
export interface GenerationRecord {
  readonly id: string;
  /** What was billed; null when the record does not say. */
  readonly costNanoUsd: NanoUsd | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly model: string | null;
  readonly wasCancelled: boolean | null;
}

/** Reads the body of `GET /key`; null when it is something else. */
export function readKeyInfo(body: unknown): KeyInfo | null {
  const data = asRecord(asRecord(body)?.['data']);
  if (data === null) return null;
  return {
    label: readString(data['label']),
    limitNanoUsd: nanoUsdFromDecimal(data['limit']),
    limitRemainingNanoUsd: remaining(data['limit_remaining']),
    limitReset: readString(data['limit_reset']),
    usageNanoUsd: nanoUsdFromDecimal(data['usage']),
    isFreeTier: data['is_free_tier'] === true,
  };
}

/** An overdrawn limit is negative; nothing is left of it. */
function remaining(value: unknown): NanoUsd | null {
  return typeof value === 'number' && value < 0 ? 0 : nanoUsdFromDecimal(value);
}

/**
 * Reads the body of `GET /generation`; null when it is something else.
 *
 * The rule for BYOK is that of a stream's usage: the provider's own charge is added to what the
 * account paid, and is unknown, as is the whole, when it is missing. Native token counts are those
 * that are billed and that a stream's usage shows; the others are normalized.
 */
export function readGenerationRecord(body: unknown): GenerationRecord | null {
  const data = asRecord(asRecord(body)?.['data']);
  const id = readString(data?.['id']);
  if (data === null || id === null) return null;
  const cancelled = data['cancelled'];
  return {
    id,
    costNanoUsd: billed(data),
    promptTokens: readCount(data['native_tokens_prompt']) ?? readCount(data['tokens_prompt']),
    completionTokens:
      readCount(data['native_tokens_completion']) ?? readCount(data['tokens_completion']),
    model: readString(data['model']),
    wasCancelled: typeof cancelled === 'boolean' ? cancelled : null,
  };
}

function billed(data: Readonly<Record<string, unknown>>): NanoUsd | null {
  const cost = nanoUsdFromDecimal(data['total_cost']) ?? nanoUsdFromDecimal(data['usage']);
  if (cost === null || !isOwnKey(data['is_byok'])) return cost;
  const upstream = nanoUsdFromDecimal(data['upstream_inference_cost']);
  return upstream === null ? null : cost + upstream;
}
