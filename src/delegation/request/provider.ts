import { asRecord } from '../../common/json';
import type { JsonObject } from '../../openrouter/wire';

/**
 * The user's provider preferences as they are sent: untouched, except that the amounts of
 * `max_price` become text. Users write numbers, as the guide does; the schema wants strings.
 *
 * @returns null when there is nothing to send.
 */
export function wireProvider(provider: JsonObject): JsonObject | null {
  if (Object.keys(provider).length === 0) return null;
  const maxPrice = asRecord(provider['max_price']);
  if (!maxPrice) return provider;
  const amounts = Object.entries(maxPrice).map(([key, value]) => [
    key,
    typeof value === 'number' ? decimalText(value) : value,
  ]);
  return { ...provider, max_price: Object.fromEntries(amounts) as JsonObject };
}

/** A number without an exponent, which the reader of a price may not expect. */
function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}
