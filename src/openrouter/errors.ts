import { DelegateError, type DelegateErrorOptions } from '../common/delegateError';

/**
 * What went wrong, by what the user or the caller does next.
 *
 * - `authentication`: 401. The key is missing, wrong or disabled.
 * - `insufficient-credits`: 402. `affordableTokens` may tell a lower output limit that fits.
 * - `forbidden`: 403. A guardrail, budget, moderation or a switched-off server tool.
 * - `not-found`: 404. No endpoint is left under the routing and privacy preferences.
 * - `invalid-request`: 400, 422. The request as built is not accepted.
 * - `too-large`: 413, or a context length error.
 * - `rate-limit`: 429.
 * - `provider`: 408, 500, 502, 503, 504, 524, 529, and errors inside a stream that are none of the
 *   above.
 * - `connection`: no connection (refused, DNS, reset before the headers). `reason` is the socket's code.
 * - `tls`: the certificate was not accepted.
 * - `connect-timeout`: no connection or no headers in time.
 * - `silence-timeout`: the connection gave no bytes at all for too long.
 * - `progress-timeout`: heartbeats, but no event for too long.
 * - `interrupted`: the stream broke or ended before it was complete.
 * - `unexpected-answer`: not the content type, or a body in no shape of the API.
 */
export type OpenRouterErrorCode =
  | 'authentication'
  | 'insufficient-credits'
  | 'forbidden'
  | 'not-found'
  | 'invalid-request'
  | 'too-large'
  | 'rate-limit'
  | 'provider'
  | 'connection'
  | 'tls'
  | 'connect-timeout'
  | 'silence-timeout'
  | 'progress-timeout'
  | 'interrupted'
  | 'unexpected-answer';

export interface OpenRouterErrorDetails extends DelegateErrorOptions {
  /** HTTP status; null when there was no answer or the error came inside a stream. */
  readonly status?: number | null;
  /** The API's own message, for the user. It may quote the request, so it is never logged. */
  readonly apiMessage?: string | null;
  /** The API's stable `error_type`. */
  readonly errorType?: string | null;
  readonly generationId?: string | null;
  readonly retryAfterMs?: number | null;
  /** Output tokens the account can still pay, from a 402's message. */
  readonly affordableTokens?: number | null;
  /**
   * More than `code` tells, for the user's next step and for logs: the code of the socket or of
   * undici, such as `ECONNREFUSED`; `PROXY_` and a status when a proxy refused; else a word in
   * kebab-case of the place that found the fault, such as `no-key`, `redirect`, `content-type`,
   * `invalid-json`, `invalid-utf8` or `end-of-body`. Never content.
   */
  readonly reason?: string | null;
  /** Whether the request had reached the API, so that it may have been billed. */
  readonly mayHaveBilled?: boolean;
}

/** A request to OpenRouter that failed, before or inside its stream. */
export class OpenRouterError extends DelegateError {
  readonly code: OpenRouterErrorCode;
  readonly status: number | null;
  readonly apiMessage: string | null;
  readonly errorType: string | null;
  readonly generationId: string | null;
  readonly retryAfterMs: number | null;
  readonly affordableTokens: number | null;
  readonly reason: string | null;
  readonly mayHaveBilled: boolean;

  constructor(code: OpenRouterErrorCode, message: string, details: OpenRouterErrorDetails = {}) {
    super(message, details);
    this.code = code;
    this.status = details.status ?? null;
    this.apiMessage = details.apiMessage ?? null;
    this.errorType = details.errorType ?? null;
    this.generationId = details.generationId ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.affordableTokens = details.affordableTokens ?? null;
    this.reason = details.reason ?? null;
    this.mayHaveBilled = details.mayHaveBilled ?? false;
  }
}
