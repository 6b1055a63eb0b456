import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../common/clock';
import { RequestProblem } from './request/problem';

/** Codes live ten minutes and work once (API reference, OAuth). */
export const CODE_LIFETIME_MS = 600_000;

export type ChallengeMethod = 'S256' | 'plain';

interface PendingCode {
  /** Null where the sign-in had no challenge, which a redirect may go without. */
  readonly challenge: string | null;
  readonly method: ChallengeMethod;
  readonly keyLabel: string;
  readonly expiresAtMs: number;
}

export interface Exchange {
  readonly code: string;
  readonly verifier: string;
  readonly method: ChallengeMethod | null;
}

/** Authorization codes between the sign-in page and the exchange for a key. */
export class AuthCodes {
  readonly #clock: Clock;
  readonly #pending = new Map<string, PendingCode>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(grant: Pick<PendingCode, 'challenge' | 'method' | 'keyLabel'>): string {
    const code = `auth_code_${randomBytes(16).toString('hex')}`;
    this.#pending.set(code, { ...grant, expiresAtMs: this.#clock.now() + CODE_LIFETIME_MS });
    return code;
  }

  /** @returns the label of the key to issue; throws what the API answers otherwise. */
  redeem({ code, verifier, method }: Exchange): string {
    const pending = this.#pending.get(code);
    if (!pending || pending.expiresAtMs <= this.#clock.now()) {
      throw new RequestProblem(403, 'Invalid code');
    }
    if (method !== null && method !== pending.method) {
      throw new RequestProblem(400, 'Invalid code_challenge_method');
    }
    // A wrong verifier uses the code up as well: someone who guesses gets one attempt.
    this.#pending.delete(code);
    if (pending.challenge !== null && !matches(pending.challenge, verifier, pending.method)) {
      throw new RequestProblem(403, 'Invalid code or code_verifier');
    }
    return pending.keyLabel;
  }
}

function matches(challenge: string, verifier: string, method: ChallengeMethod): boolean {
  const derived =
    method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  const [left, right] = [Buffer.from(derived), Buffer.from(challenge)];
  return left.length === right.length && timingSafeEqual(left, right);
}
