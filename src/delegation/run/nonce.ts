import { createHash } from 'node:crypto';
import { NONCE_PATTERN } from './markers';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 8;
const MAX_DRAWS = 64;

/** Whole numbers from 0 up to, not including, `limit`; a test injects a known sequence. */
export type RandomInt = (limit: number) => number;

/**
 * Draws the nonce of a run, one that occurs in none of `texts`.
 *
 * @returns null when every draw occurred, which only happens with a broken source of randomness.
 */
export function drawNonce(random: RandomInt, texts: readonly string[]): string | null {
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const nonce = Array.from({ length: LENGTH }, () => ALPHABET[random(ALPHABET.length)]).join('');
    if (NONCE_PATTERN.test(nonce) && !texts.some((text) => text.includes(nonce))) return nonce;
  }
  return null;
}

/**
 * A source of numbers that follows from `texts` alone. With the response cache on, the same job has
 * to give the same request byte for byte, and a nonce by chance would prevent every hit.
 */
export function randomFromTexts(texts: readonly string[]): RandomInt {
  // The lengths keep ["ab", "c"] apart from ["a", "bc"].
  const seed = createHash('sha256')
    .update(JSON.stringify(texts.map((text) => text.length)))
    .update(texts.join(''))
    .digest();
  let block = seed;
  let position = 0;
  return (limit) => {
    if (position === block.length) {
      block = createHash('sha256').update(block).digest();
      position = 0;
    }
    const byte = block[position] ?? 0;
    position += 1;
    return byte % limit;
  };
}
