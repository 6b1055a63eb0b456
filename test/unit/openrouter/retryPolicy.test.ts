import assert from 'node:assert/strict';
import {
  OpenRouterError,
  type OpenRouterErrorCode,
  type OpenRouterErrorDetails,
} from '../../../src/openrouter/errors';
import { retryDelayMs } from '../../../src/openrouter/retryPolicy';

const firstTry = { attempts: 1, hasAnswerBegun: false, random: 0.5 };

function delayOf(code: OpenRouterErrorCode, details: OpenRouterErrorDetails = {}): number | null {
  return retryDelayMs(new OpenRouterError(code, 'test', details), firstTry);
}

suite('retryDelayMs', () => {
  test('comes back once, after a moment, for what may pass by itself', () => {
    assert.equal(delayOf('rate-limit'), 1_500);
    assert.equal(delayOf('provider', { status: 503 }), 1_500);
    assert.equal(delayOf('connection', { reason: 'ECONNREFUSED' }), 1_500);
    assert.equal(delayOf('connection', { reason: 'EAI_AGAIN' }), 1_500);
  });

  test('does not come back a second time', () => {
    const error = new OpenRouterError('rate-limit', 'test');
    assert.equal(retryDelayMs(error, { ...firstTry, attempts: 2 }), null);
  });

  test('does not come back once an answer has begun', () => {
    const error = new OpenRouterError('provider', 'test');
    assert.equal(retryDelayMs(error, { ...firstTry, hasAnswerBegun: true }), null);
  });

  test('does not come back for what may have been billed', () => {
    assert.equal(delayOf('provider', { status: 504, mayHaveBilled: true }), null);
    assert.equal(delayOf('connection', { reason: 'ECONNRESET', mayHaveBilled: true }), null);
  });

  const permanent: readonly OpenRouterErrorCode[] = [
    'authentication',
    'insufficient-credits',
    'forbidden',
    'not-found',
    'invalid-request',
    'too-large',
    'tls',
    'connect-timeout',
    'silence-timeout',
    'progress-timeout',
    'interrupted',
    'unexpected-answer',
  ];
  for (const code of permanent) {
    test(`does not come back for ${code}`, () => assert.equal(delayOf(code), null));
  }

  test('does not ask again for a name or an address that is wrong', () => {
    assert.equal(delayOf('connection', { reason: 'ENOTFOUND' }), null);
    assert.equal(delayOf('connection', { reason: 'ERR_INVALID_URL' }), null);
  });

  test('waits as long as it is told to, up to half a minute', () => {
    assert.equal(delayOf('rate-limit', { retryAfterMs: 7_000 }), 7_000);
    assert.equal(delayOf('rate-limit', { retryAfterMs: 30_000 }), 30_000);
    assert.equal(delayOf('rate-limit', { retryAfterMs: 30_001 }), null);
    // Zero is no invitation to come back at once with a thousand others.
    assert.equal(delayOf('rate-limit', { retryAfterMs: 0 }), 1_500);
  });

  test('spreads those that come back', () => {
    const error = new OpenRouterError('rate-limit', 'test');
    const delays = [0, 0.25, 0.999].map((random) => retryDelayMs(error, { ...firstTry, random }));
    assert.deepEqual(delays, [1_000, 1_250, 1_999]);
  });
});
