/** A request that is answered with an error instead of a completion. */
export class RequestProblem extends Error {
  readonly status: number;
  readonly errorType: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly availability: Readonly<Record<string, unknown>> | null;

  constructor(
    status: number,
    message: string,
    details: {
      errorType?: string;
      metadata?: Readonly<Record<string, unknown>>;
      availability?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.errorType = details.errorType ?? errorTypeOfStatus(status);
    this.metadata = details.metadata ?? {};
    this.availability = details.availability ?? null;
  }

  /** The API's error body. */
  body(): Record<string, unknown> {
    return {
      error: {
        code: this.status,
        message: this.message,
        metadata: { error_type: this.errorType, ...this.metadata },
        ...(this.availability ? { availability: this.availability } : {}),
      },
      user_id: 'user_simulator',
    };
  }
}

/** The stable `error_type` that goes with a status. */
export function errorTypeOfStatus(status: number): string {
  const types: Readonly<Record<number, string>> = {
    400: 'invalid_request',
    401: 'authentication',
    402: 'payment_required',
    403: 'permission_denied',
    404: 'not_found',
    405: 'invalid_request',
    408: 'timeout',
    413: 'payload_too_large',
    422: 'unprocessable',
    429: 'rate_limit_exceeded',
    500: 'server',
    502: 'provider_unavailable',
    503: 'provider_unavailable',
    504: 'timeout',
    524: 'timeout',
    529: 'provider_overloaded',
  };
  return types[status] ?? 'unmapped';
}

/** Refuses a request with status 400. */
export function invalid(message: string): never {
  throw new RequestProblem(400, message);
}
