/** A share as far as some tries tell: between `low` and `high` with 95 % confidence. */
export interface ShareRange {
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

/** Wilson's interval, which stays sensible for few tries and for all or none. */
export function wilson(successes: number, tries: number): ShareRange {
  if (tries === 0) return { low: 0, high: 1 };
  const share = successes / tries;
  const z2 = (Z * Z) / tries;
  const middle = share + z2 / 2;
  const spread = Z * Math.sqrt((share * (1 - share)) / tries + (Z * Z) / (4 * tries * tries));
  const clamp = (value: number): number => Math.min(1, Math.max(0, value / (1 + z2)));
  return { low: clamp(middle - spread), high: clamp(middle + spread) };
}
