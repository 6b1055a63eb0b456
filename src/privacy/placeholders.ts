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

/**
 * What models and formats put in place of an underscore: nothing in camel case, a hyphen or a blank,
 * a backslash before it as in Markdown and in JSON within JSON.
 */
const JOINT = String.raw`(?:\\{0,4}[-_ ])?`;

/** Matches a placeholder however it is written; the group is the number. */
export function placeholderPattern(shape: PlaceholderShape): RegExp {
  const { nonce, digits } = shape;
  return new RegExp(`masked${JOINT}secret${JOINT}${nonce}${JOINT}(\\d{${digits}})`, 'gi');
}

/** Matches what was a placeholder once, and has another number or none: `maskedSecretAbcd2345`. */
export function placeholderLikePattern({ nonce }: PlaceholderShape): RegExp {
  return new RegExp(`masked${JOINT}secret${JOINT}${nonce}[\\w-]*`, 'gi');
}

/** Gives how many characters at the end of a text may be the start of a placeholder; 0 for none. */
export function openPlaceholder(shape: PlaceholderShape): (text: string) => number {
  const { nonce, digits } = shape;
  // Each step of a placeholder may be the last one that has arrived.
  const steps = [
    ...'masked'.split(''),
    OPEN_JOINT,
    ...'secret'.split(''),
    OPEN_JOINT,
    ...nonce.split(''),
    OPEN_JOINT,
    ...Array.from({ length: digits - 1 }, () => String.raw`\d`),
  ];
  const [first = '', ...others] = steps;
  const nested = others.reduceRight((inner, step) => `(?:${step}${inner})?`, '');
  const open = new RegExp(`${first}${nested}$`, 'i');
  const longest = 'masked'.length + 'secret'.length + nonce.length + digits + 3 * 5;
  return (text) => open.exec(text.slice(-longest))?.[0].length ?? 0;
}

/** A joint of which a part has arrived. */
const OPEN_JOINT = String.raw`\\{0,4}[-_ ]?`;
