import { asArray, asRecord, parseJson, readCount, readString } from '../common/json';
import { OpenRouterError, type OpenRouterErrorCode } from './errors';

/** Where an error of the API was found. */
export interface ApiErrorContext {
  /** The response's status; null for an error inside a stream that began well. */
  readonly httpStatus: number | null;
  readonly generationId: string | null;
  /** From the `Retry-After` header. */
  readonly retryAfterMs?: number | null;
}

type ErrorFields = Readonly<Record<string, unknown>>;

/**
 * Makes our error of the API's `error` value, in any of the shapes that are documented or seen:
 * an object with an integer or a string `code`, one with `error_type` and `http_status` in place of
 * it, or a plain string (API reference, errors).
 */
export function readApiError(value: unknown, context: ApiErrorContext): OpenRouterError {
  const fields: ErrorFields = asRecord(value) ?? { message: value };
  const metadata = asRecord(fields['metadata']) ?? {};
  const availability = asRecord(fields['availability']) ?? {};
  const errorType = readString(fields['error_type']) ?? readString(metadata['error_type']);
  const status = context.httpStatus ?? statusInBody(fields);
  const stringCode = readString(fields['code']);
  const message = readString(fields['message']);
  const code = classify(status, errorType ?? stringCode);
  return new OpenRouterError(code, describe(status, errorType), {
    status: context.httpStatus,
    apiMessage: userMessage(message, metadata),
    errorType: errorType ?? stringCode,
    generationId: context.generationId,
    reason: status === 407 ? 'PROXY_407' : null,
    retryAfterMs: context.retryAfterMs ?? secondsToMs(availability['retry_after']),
    affordableTokens: code === 'insufficient-credits' ? affordableTokens(message) : null,
    mayHaveBilled: mayHaveBilled(context),
  });
}

const CODE_BY_STATUS: ReadonlyMap<number, OpenRouterErrorCode> = new Map([
  [400, 'invalid-request'],
  [401, 'authentication'],
  [402, 'insufficient-credits'],
  [403, 'forbidden'],
  [404, 'not-found'],
  // Not the API but a proxy on the way asks for credentials.
  [407, 'connection'],
  [408, 'provider'],
  [413, 'too-large'],
  [422, 'invalid-request'],
  [429, 'rate-limit'],
]);

/** The API's `error_type` vocabulary, and the string codes that Responses uses in its place. */
const CODE_BY_TYPE: ReadonlyMap<string, OpenRouterErrorCode> = new Map([
  ['context_length_exceeded', 'too-large'],
  ['max_tokens_exceeded', 'too-large'],
  ['token_limit_exceeded', 'too-large'],
  ['string_too_long', 'too-large'],
  ['payload_too_large', 'too-large'],
  ['authentication', 'authentication'],
  ['invalid_api_key', 'authentication'],
  ['payment_required', 'insufficient-credits'],
  ['insufficient_quota', 'insufficient-credits'],
  ['permission_denied', 'forbidden'],
  ['content_policy_violation', 'forbidden'],
  ['refusal', 'forbidden'],
  ['bio_policy', 'forbidden'],
  ['cyber_policy', 'forbidden'],
  ['misalignment_policy_violation', 'forbidden'],
  ['image_content_policy_violation', 'forbidden'],
  ['data_residency_mismatch', 'not-found'],
  ['not_found', 'not-found'],
  ['model_not_found', 'not-found'],
  ['rate_limit_exceeded', 'rate-limit'],
  ['invalid_request', 'invalid-request'],
  ['invalid_request_error', 'invalid-request'],
  ['invalid_prompt', 'invalid-request'],
  ['precondition_failed', 'invalid-request'],
  ['unprocessable', 'invalid-request'],
  ['invalid_image', 'invalid-request'],
  ['image_too_large', 'invalid-request'],
  ['image_too_small', 'invalid-request'],
  ['unsupported_image_format', 'invalid-request'],
  ['image_not_found', 'invalid-request'],
  ['image_download_failed', 'invalid-request'],
]);

/** The status decides; the type refines a 4xx about size, and decides where there is no status. */
function classify(status: number | null, type: string | null): OpenRouterErrorCode {
  const byType = type === null ? undefined : codeForType(type);
  if (status === null) return byType ?? 'provider';
  const byStatus = codeForStatus(status);
  return byStatus === 'invalid-request' && byType !== undefined ? byType : byStatus;
}

/** New policies come without notice. */
function codeForType(type: string): OpenRouterErrorCode | undefined {
  const isPolicy = /_policy(?:_violation)?$/.test(type);
  return CODE_BY_TYPE.get(type) ?? (isPolicy ? 'forbidden' : undefined);
}

function codeForStatus(status: number): OpenRouterErrorCode {
  const known = CODE_BY_STATUS.get(status);
  if (known !== undefined) return known;
  if (status >= 500) return 'provider';
  return status >= 400 ? 'invalid-request' : 'unexpected-answer';
}

/** An error inside a stream carries its status as `code`, as a number or as its digits. */
function statusInBody(fields: ErrorFields): number | null {
  const code = fields['http_status'] ?? fields['code'];
  const status = typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : null;
}

/** Our own words only: messages reach the log, and the API's may quote the request. */
function describe(status: number | null, errorType: string | null): string {
  const type = errorType !== null && /^[a-z_]{1,40}$/.test(errorType) ? ` (${errorType})` : '';
  return status === null
    ? `The API reported an error inside the stream${type}`
    : `The API answered with status ${status}${type}`;
}

/**
 * A 4xx or an overload is refused before any model ran. Timeouts may come after it ran, and a
 * generation id says that a generation exists. Inside a stream work was done in any case.
 */
function mayHaveBilled({ httpStatus, generationId }: ApiErrorContext): boolean {
  if (httpStatus === null || httpStatus < 400) return true;
  return httpStatus === 408 || httpStatus === 504 || httpStatus === 524 || generationId !== null;
}

/** Longest text of the API that a user is shown. */
const MAX_MESSAGE_LENGTH = 1000;

/** The message with what the metadata adds: the provider's own words, the reasons of a moderation. */
function userMessage(message: string | null, metadata: ErrorFields): string | null {
  const parts = [message, providerMessage(metadata), moderationReasons(metadata)];
  const known = parts.filter((part) => part !== null);
  // Providers often repeat what the API says of them.
  const text = known
    .filter(
      (part, index) => !known.some((other, at) => at !== index && repeats(other, part, at < index)),
    )
    .join(' — ');
  return text === '' ? null : text.slice(0, MAX_MESSAGE_LENGTH);
}

/** Whether `other` says all that `part` says; of two equal ones the first is kept. */
function repeats(other: string, part: string, isEarlier: boolean): boolean {
  return other.includes(part) && (other !== part || isEarlier);
}

/** `metadata.raw` is the provider's body: JSON text, an object, or prose. */
function providerMessage(metadata: ErrorFields): string | null {
  const raw = metadata['raw'];
  const parsed = typeof raw === 'string' ? parseJson(raw) : null;
  const body = asRecord(parsed?.ok === true ? parsed.value : raw);
  const nested = asRecord(body?.['error']) ?? body;
  const text = nested === null ? readString(raw) : readString(nested['message']);
  if (text === null) return null;
  const provider = readString(metadata['provider_name']);
  return provider === null ? text : `${provider}: ${text}`;
}

function moderationReasons(metadata: ErrorFields): string | null {
  const reasons = asArray(metadata['reasons']).filter((reason) => readString(reason) !== null);
  return reasons.length === 0 ? null : reasons.join(', ');
}

/** A 402 for one request tells in prose how many output tokens would fit (seen live). */
function affordableTokens(message: string | null): number | null {
  const match = /can only afford (\d[\d,]*)/i.exec(message ?? '');
  return readCount(Number(match?.[1]?.replaceAll(',', '') ?? Number.NaN));
}

function secondsToMs(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? Math.ceil(value * 1000) : null;
}
