import type { OpenRouterError } from './errors';

/** What the policy looks at besides the error. */
export interface RetrySituation {
  /** Requests sent so far for this run, the failed one included. */
  readonly attempts: number;
  /** Whether any `stream-start` was seen: then tokens may have flowed, and were paid for. */
  readonly hasAnswerBegun: boolean;
  /** A number in [0, 1), so that many windows do not come back at once. */
  readonly random: number;
}

const MAX_ATTEMPTS = 2;
const BASE_DELAY_MS = 1_000;
/** A user who must wait longer than this is better told so. */
const MAX_RETRY_AFTER_MS = 30_000;

/**
 * How long to wait before the one automatic retry, or null to give up.
 *
 * Retried is only what may pass by itself, before any byte of an answer, and never what may have
 * been billed: a second charge is the user's decision. `Retry-After` is a lower bound and honoured
 * up to half a minute.
 */
export function retryDelayMs(error: OpenRouterError, situation: RetrySituation): number | null {
  if (situation.attempts >= MAX_ATTEMPTS || situation.hasAnswerBegun) return null;
  if (error.mayHaveBilled || !isTransient(error)) return null;
  const delayMs = BASE_DELAY_MS + Math.floor(situation.random * BASE_DELAY_MS);
  const retryAfterMs = error.retryAfterMs ?? 0;
  return retryAfterMs > MAX_RETRY_AFTER_MS ? null : Math.max(delayMs, retryAfterMs);
}

function isTransient({ code, reason }: OpenRouterError): boolean {
  switch (code) {
    case 'rate-limit':
    case 'provider':
      return true;
    case 'connection':
      // A name that does not exist or an address that is wrong will not come right in a second.
      return !['ENOTFOUND', 'ERR_INVALID_URL', 'unsupported-proxy'].includes(reason ?? '');
    case 'authentication':
    case 'insufficient-credits':
    case 'forbidden':
    case 'not-found':
    case 'invalid-request':
    case 'too-large':
    case 'tls':
    case 'connect-timeout':
    case 'silence-timeout':
    case 'progress-timeout':
    case 'interrupted':
    case 'unexpected-answer':
      return false;
  }
}
