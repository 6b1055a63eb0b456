import { asArray, asRecord, readCount } from '../common/json';
import { type NanoUsd, nanoUsdFromDecimal } from '../common/money';
import type { ModelPricing, PricingOverride } from './model';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * Reads `pricing` of a model or an endpoint: decimal texts of US dollars per token. What is absent,
 * negative (the rows of routers) or not a decimal is unknown; `"0"` is free (API reference, models).
 */
export function readPricing(value: unknown): ModelPricing {
  const pricing = asRecord(value) ?? {};
  return {
    promptNanoPerMillion: nanoPerMillion(pricing['prompt']),
    completionNanoPerMillion: nanoPerMillion(pricing['completion']),
    cacheReadNanoPerMillion: nanoPerMillion(pricing['input_cache_read']),
    cacheWriteNanoPerMillion: nanoPerMillion(pricing['input_cache_write']),
    requestNano: nanoUsdFromDecimal(pricing['request']),
    webSearchNano: nanoUsdFromDecimal(pricing['web_search']),
    overrides: asArray(pricing['overrides'])
      .map(readOverride)
      .filter((row) => row !== null),
  };
}

/** A price per token in US dollars, as nano-USD per million tokens; exact, because it shifts digits. */
export function nanoPerMillion(value: unknown): NanoUsd | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const match = /^([^e]+)(?:e([+-]?\d{1,3}))?$/i.exec(String(value).trim());
  if (!match) return null;
  const [, mantissa = '', exponent = '0'] = match;
  return nanoUsdFromDecimal(`${mantissa}e${Number(exponent) + 6}`);
}

function readOverride(value: unknown): PricingOverride | null {
  const row = asRecord(value);
  if (!row) return null;
  return {
    minPromptTokens: readCount(row['min_prompt_tokens']),
    utcStart: readClock(row['utc_start']),
    utcEnd: readClock(row['utc_end']),
    utcDays: readDays(row['utc_days']),
    promptNanoPerMillion: nanoPerMillion(row['prompt']),
    completionNanoPerMillion: nanoPerMillion(row['completion']),
  };
}

/** The API sends a clock number, 130 for 01:30; kept as four digits. */
function readClock(value: unknown): string | null {
  const digits = String(typeof value === 'number' || typeof value === 'string' ? value : '');
  if (!/^\d{1,2}:?\d{2}$|^\d{1,4}$/.test(digits)) return null;
  return digits.replace(':', '').padStart(4, '0');
}

/** Names of week days as `Date.getUTCDay` counts them. */
function readDays(value: unknown): readonly number[] | null {
  if (!Array.isArray(value)) return null;
  return value.map((name) => DAYS.indexOf(String(name).toLowerCase())).filter((day) => day >= 0);
}
