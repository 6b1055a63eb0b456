import { asRecord, parseRecord, readString } from '../../common/json';
import { readApiError } from '../apiError';
import { OpenRouterError } from '../errors';
import type { ResponseHead } from './exchange';

/** A response with a status other than 200, as far as its body was read. */
export interface ErrorResponse {
  readonly head: ResponseHead;
  readonly body: string;
  /** Milliseconds since 1970, for headers that name a time. */
  readonly nowMs: number;
}

/** Makes our error of an HTTP error: the API's JSON, or whatever a proxy or the network's edge says. */
export function readHttpError({ head, body, nowMs }: ErrorResponse): OpenRouterError {
  const { status, headers, generationId } = head;
  if (status < 400) return unexpectedStatus(head);
  const json = parseRecord(body);
  const error = json === null ? foreignMessage(body) : (json['error'] ?? json);
  return readApiError(error, {
    httpStatus: status,
    generationId,
    retryAfterMs: retryAfterMs(headers, nowMs) ?? rateLimitResetMs(error, headers, nowMs),
  });
}

/** A redirect is never followed, because the key must not go elsewhere; it is an error like 204. */
function unexpectedStatus({ status, generationId }: ResponseHead): OpenRouterError {
  return new OpenRouterError('unexpected-answer', `The API answered with status ${status}`, {
    status,
    generationId,
    reason: status >= 300 ? 'redirect' : 'status',
    mayHaveBilled: status < 300,
  });
}

/** `Retry-After` as seconds or as an HTTP date, in milliseconds from now; null when it is neither. */
function retryAfterMs(headers: ReadonlyMap<string, string>, nowMs: number): number | null {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  // Dates start with the weekday; without it `Date.parse` makes dates of all sorts of things.
  const dateMs = /^[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}

/** `X-RateLimit-Reset` is in epoch milliseconds and may hide in the error's metadata (seen live). */
function rateLimitResetMs(
  error: unknown,
  headers: ReadonlyMap<string, string>,
  nowMs: number,
): number | null {
  const inBody = asRecord(asRecord(asRecord(error)?.['metadata'])?.['headers']);
  const value = headers.get('x-ratelimit-reset') ?? inBody?.['X-RateLimit-Reset'];
  const resetMs = Number(value ?? Number.NaN);
  const waitMs = resetMs - nowMs;
  // Anything else than a time in the near future is another unit or nonsense.
  return waitMs >= 0 && waitMs <= 24 * 60 * 60 * 1000 ? waitMs : null;
}

/** What to show of a body that is not JSON: a page's title, or the beginning of a plain text. */
function foreignMessage(body: string): { message: string | null } {
  const text = body.trim();
  if (!text.startsWith('<')) return { message: readString(text.slice(0, 300)) };
  const title = /<title[^>]*>([^<]{1,300})/i.exec(text)?.[1];
  return { message: readString(title?.replace(/\s+/g, ' ').trim()) };
}
