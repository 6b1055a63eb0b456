import assert from 'node:assert/strict';
import { errors } from 'undici';
import { type ExchangePhase, readSocketError } from '../../../../src/openrouter/http/socketError';

function coded(code: string, message = 'test'): Error {
  return Object.assign(new Error(message), { code });
}

suite('readSocketError', () => {
  const cases: readonly (readonly [Error, string, string | null])[] = [
    [coded('ECONNREFUSED'), 'connection', 'ECONNREFUSED'],
    [coded('ENOTFOUND'), 'connection', 'ENOTFOUND'],
    [coded('EAI_AGAIN'), 'connection', 'EAI_AGAIN'],
    [coded('ENETUNREACH'), 'connection', 'ENETUNREACH'],
    [new errors.SocketError('other side closed'), 'connection', 'UND_ERR_SOCKET'],
    [new errors.ConnectTimeoutError(), 'connect-timeout', 'UND_ERR_CONNECT_TIMEOUT'],
    [coded('ETIMEDOUT'), 'connect-timeout', 'ETIMEDOUT'],
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [coded('CERT_HAS_EXPIRED'), 'tls', 'CERT_HAS_EXPIRED'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    [new errors.HTTPParserError('bad'), 'unexpected-answer', 'HTTPParserError'],
    [new errors.HeadersOverflowError(), 'unexpected-answer', 'UND_ERR_HEADERS_OVERFLOW'],
    [
      new errors.RequestAbortedError('Proxy response (407) !== 200 when HTTP Tunneling'),
      'connection',
      'PROXY_407',
    ],
    [new Error('no code at all'), 'connection', null],
    [new errors.SocketError('wrapped', undefined), 'connection', 'UND_ERR_SOCKET'],
    [
      Object.assign(new TypeError('fetch failed'), { cause: coded('EPIPE') }),
      'connection',
      'EPIPE',
    ],
    [
      new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')]),
      'connection',
      'ECONNREFUSED',
    ],
  ];
  for (const [cause, code, reason] of cases) {
    test(`${reason ?? 'an unknown error'} while connecting is ${code}`, () => {
      const error = readSocketError(cause, 'connecting', null);
      assert.deepEqual([error.code, error.reason], [code, reason]);
      assert.equal(error.mayHaveBilled, false);
    });
  }

  const phases: readonly (readonly [ExchangePhase, string, boolean])[] = [
    ['connecting', 'connection', false],
    ['awaiting-headers', 'connection', true],
    ['reading-body', 'interrupted', true],
  ];
  for (const [phase, code, mayHaveBilled] of phases) {
    test(`a reset while ${phase}`, () => {
      const error = readSocketError(coded('ECONNRESET'), phase, 'gen-1');
      assert.deepEqual([error.code, error.mayHaveBilled], [code, mayHaveBilled]);
      assert.equal(error.generationId, 'gen-1');
    });
  }

  test('says nothing of what the original says', () => {
    const error = readSocketError(coded('ECONNRESET', 'Bearer sk-or-v1-x'), 'connecting', null);
    assert.ok(!`${error.message}${String(error.cause)}`.includes('sk-or'));
  });

  test('survives an error that is its own cause, and what is no error', () => {
    const circle = new Error('circle');
    circle.cause = circle;
    assert.equal(readSocketError(circle, 'connecting', null).reason, null);
    for (const value of [null, undefined, 'text', 7]) {
      assert.equal(readSocketError(value, 'connecting', null).code, 'connection');
    }
  });
});
