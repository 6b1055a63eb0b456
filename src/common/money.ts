/**
 * Money is an integer number of nano-USD: sums over months stay exact and budgets compare exactly.
 * A safe integer holds nine million dollars.
 */
export type NanoUsd = number;

export const NANO_PER_USD = 1_000_000_000;

/**
 * Reads a decimal amount of US dollars, as text or as `JSON.parse` gave it, into nano-USD.
 *
 * A number is read through its shortest decimal text, which is what the sender wrote, so no binary
 * fraction takes part. Digits below one nano-dollar are rounded half up. Exponent form, as live
 * answers use it (`3.75e-06`), is read too.
 *
 * @returns nano-USD, or null for anything that is not a finite, non-negative decimal amount.
 */
export function nanoUsdFromDecimal(value: unknown): NanoUsd | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const match = /^\+?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(String(value).trim());
  if (!match) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  // The amount is digits × 10^-scale USD, that is digits × 10^(9-scale) nano-USD.
  const digits = BigInt(whole + fraction);
  const shift = 9 - fraction.length + Number(exponent);
  const nano = shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfUp(digits, -shift);
  return nano <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(nano) : null;
}

function divideHalfUp(digits: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  return (digits * 2n + divisor) / (divisor * 2n);
}

/**
 * Writes nano-USD for people: `$0.0061`, `$1.23`, `$0.00`; always a full stop and no grouping,
 * as amounts in the API's own pages. Below a dollar four digits show, below a tenth of a cent six,
 * below a millionth of a dollar all nine, so that what was paid never reads as nothing. Rounded
 * half up, in whole numbers.
 */
export function formatUsd(nano: NanoUsd): string {
  const size = Math.abs(nano);
  if (size === 0) return '$0.00';
  const digits =
    size >= NANO_PER_USD ? 2 : size >= NANO_PER_USD / 1000 ? 4 : size >= NANO_PER_USD / 1e6 ? 6 : 9;
  const unit = 10 ** (9 - digits);
  const rounded = Math.floor(size / unit) + (size % unit >= unit / 2 ? 1 : 0);
  const text = String(rounded).padStart(digits + 1, '0');
  return `${nano < 0 ? '-' : ''}$${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Writes nano-USD as a plain decimal number of dollars without loss, for exports and the wire. */
export function usdDecimal(nano: NanoUsd): string {
  const sign = nano < 0 ? '-' : '';
  const padded = String(Math.abs(nano)).padStart(10, '0');
  const fraction = padded.slice(-9).replace(/0+$/, '');
  return sign + padded.slice(0, -9) + (fraction ? `.${fraction}` : '');
}
