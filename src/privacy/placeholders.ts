/**
 * The shape of what stands in for a secret: `MASKED_SECRET_abcd2345_07`.
 *
 * It is a word of letters, digits and underscores, so that it can stand wherever the secret stood,
 * quoted or bare, in code, YAML and URLs; it says what it is, so that models leave it alone; the
 * nonce makes it unforgeable; the number has a fixed width, so that its end is known without looking
 * at what follows.
 */
export interface PlaceholderShape {
  readonly nonce: string;
  /** What all placeholders of the run start with. */
  readonly prefix: string;
  readonly digits: number;
}

export function placeholderShape(nonce: string, secretCount: number): PlaceholderShape {
  return {
    nonce,
    prefix: `MASKED_SECRET_${nonce}_`,
    digits: Math.max(2, String(secretCount).length),
  };
}

/** The placeholder of the secret with this number, counted from one. */
export function placeholder(shape: PlaceholderShape, number: number): string {
  return shape.prefix + String(number).padStart(shape.digits, '0');
}

/** Matches every text of the shape, issued or not; the first group is the number. */
export function placeholderPattern(shape: PlaceholderShape): RegExp {
  return new RegExp(`${shape.prefix}(\\d{${shape.digits}})`, 'g');
}

/** Matches what was a placeholder once, however a model spelt it: `maskedSecretAbcd234501`. */
export function placeholderLikePattern(shape: PlaceholderShape): RegExp {
  return new RegExp(`masked[-_ ]?secret[-_ ]?${shape.nonce}[\\w-]*`, 'gi');
}

/**
 * How many characters at the end of `text` could be the start of a placeholder that the next piece
 * of a stream completes; 0 for none.
 */
export function openPlaceholderLength(shape: PlaceholderShape, text: string): number {
  const longest = shape.prefix.length + shape.digits - 1;
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const tail = text.slice(text.length - length);
    const head = tail.slice(0, shape.prefix.length);
    if (shape.prefix.startsWith(head) && /^\d*$/.test(tail.slice(head.length))) return length;
  }
  return 0;
}
