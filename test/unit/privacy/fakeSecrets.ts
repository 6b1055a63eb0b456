/**
 * Made-up secrets with the forms of real ones. They are put together at run time, so that no scanner
 * mistakes this repository for one that leaks keys.
 */

const ALPHABETS = {
  alphanumeric: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  hex: '0123456789abcdef',
  digits: '0123456789',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  base64url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
} as const;

/** Characters that look drawn at random and are the same in every run; `seed` tells texts apart. */
export function random(alphabet: keyof typeof ALPHABETS, length: number, seed = 1): string {
  const characters = ALPHABETS[alphabet];
  let state = (seed * 2654435761 + length * 40503) >>> 0;
  let text = '';
  for (let index = 0; index < length; index += 1) {
    // Numerical Recipes' linear congruential generator; its high bits are the random ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += characters.charAt(Math.floor((state / 2 ** 32) * characters.length));
  }
  return text;
}

/** A PEM block with the given label, of real shape and meaningless content. */
export function pem(label: string, lines = 6): string {
  const body = Array.from({ length: lines }, (_, index) =>
    index === lines - 1 ? `${random('base64', 22, index)}==` : random('base64', 64, index),
  );
  return [
    `-----BEGIN ${label}-----`,
    `MII${body[0]?.slice(3) ?? ''}`,
    ...body.slice(1),
    `-----END ${label}-----`,
  ].join('\n');
}

/** A JSON Web Token without meaning: header and payload are JSON objects, the signature is noise. */
export function jsonWebToken(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [
    part({ alg: 'HS256', typ: 'JWT' }),
    part({ sub: '1234567890', admin: true }),
    random('base64url', 43),
  ].join('.');
}
