import { errorTypeOfStatus } from '../request/problem';
import type { Fault, HttpAnswer } from './fault';

interface ErrorOptions {
  readonly message: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

function errorAnswer(status: number, options: ErrorOptions): HttpAnswer {
  const metadata = { error_type: errorTypeOfStatus(status), ...options.metadata };
  return {
    status,
    headers: { 'content-type': 'application/json', ...options.headers },
    body: JSON.stringify({
      error: { code: status, message: options.message, metadata },
      user_id: 'user_simulator',
    }),
  };
}

function answering(answer: HttpAnswer | ((nowMs: number) => HttpAnswer)): Fault {
  return {
    intercept: (nowMs) => ({
      kind: 'answer',
      answer: typeof answer === 'function' ? answer(nowMs) : answer,
    }),
  };
}

/** A status with a message of the kind that the API gives. */
function failing(
  status: number,
  message: string,
  options: Omit<ErrorOptions, 'message'> = {},
): Fault {
  return answering(errorAnswer(status, { message, ...options }));
}

const EDGE_PAGE =
  '<!DOCTYPE html><html><head><title>502: Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>';

/** Answers that are an HTTP error, or no answer of the API at all. */
export const httpFaults = {
  '400': failing(400, 'Invalid request parameters'),
  /** A provider's own error, its JSON as text in `raw`. */
  '400-provider': failing(400, 'Provider returned error', {
    metadata: {
      raw: '{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long"}}',
      provider_name: 'Anthropic',
    },
  }),
  '400-context-length': failing(400, "This endpoint's maximum context length is 200000 tokens", {
    metadata: { error_type: 'context_length_exceeded' },
  }),
  '401': failing(401, 'No cookie auth credentials found'),
  '402': failing(402, 'Insufficient credits'),
  '402-affordable': failing(
    402,
    'This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only afford 812.',
  ),
  '403': failing(403, 'Key limit or guardrail reached'),
  '403-moderation': failing(403, 'Input was flagged', {
    metadata: {
      reasons: ['violence'],
      flagged_input: '...',
      provider_name: 'OpenAI',
      model_slug: 'openai/gpt-6-sol',
    },
  }),
  '403-disabled-tool': failing(
    403,
    'Server tool openrouter:subagent is disabled for this workspace',
  ),
  '404': failing(404, 'No endpoints found matching your data policy'),
  /** The newer shape: no `code`, the availability under the error. */
  '404-availability': answering({
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      error: {
        message: 'No endpoints available',
        error_type: 'not_found',
        http_status: 404,
        availability: {
          code: 'privacy_restricted',
          retryable: false,
          requested_models: ['simulator/well-behaved'],
          excluded_by: ['data_policy:training'],
        },
      },
    }),
  }),
  '408': failing(408, 'Request timed out'),
  '413': failing(413, 'Request Entity Too Large'),
  '422': failing(422, 'Unprocessable request'),
  '429': failing(429, 'Provider rate limit exceeded'),
  '429-retry-after': failing(429, 'Rate limit exceeded', { headers: { 'retry-after': '1' } }),
  /** OpenRouter's own limit: the reset is in epoch milliseconds, also inside the metadata. */
  '429-platform': answering((nowMs) => {
    const headers = {
      'X-RateLimit-Limit': '20',
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': String(nowMs + 30_000),
    };
    return errorAnswer(429, {
      message: 'Rate limit exceeded: free-models-per-min',
      headers,
      metadata: { headers },
    });
  }),
  '500': failing(500, 'Internal Server Error'),
  '502': failing(502, 'Provider returned error'),
  '503': failing(503, 'No provider available'),
  '503-retry-after': failing(503, 'No provider available', { headers: { 'retry-after': '1' } }),
  '504': failing(504, 'Timed out'),
  '524': failing(524, 'Provider timed out'),
  '529': failing(529, 'Provider overloaded'),
  'html-error-page': answering({
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: EDGE_PAGE,
  }),
  /** Status 200, but a page: a captive portal. */
  'wrong-content-type': answering({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<!DOCTYPE html><html><body>Sign in to this network</body></html>',
  }),
  /** Status 200 and JSON that is cut. */
  'invalid-json-body': answering({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"id":"gen-1","choices":[{"mess',
  }),
  'empty-body': answering({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: '',
  }),
} as const satisfies Readonly<Record<string, Fault>>;
