import { createHash } from 'node:crypto';

/** What files are compared by: SHA-256, 32 hexadecimal digits of it. */
export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** A number from 0 up to, not including, 1 that is always the same for the same text. */
export function shareOf(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}
