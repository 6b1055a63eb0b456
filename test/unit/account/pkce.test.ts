import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  type CallbackResult,
  authorizationUrl,
  createPkceSession,
  pkceChallenge,
  readCallback,
  readPastedCode,
} from '../../../src/account/pkce';

const baseUrl = 'https://openrouter.ai/api/v1';

suite('signing in (PKCE)', () => {
  test('the challenge is that of the example in RFC 7636, appendix B', () => {
    assert.equal(
      pkceChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'),
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  test('a session has a verifier that the RFC allows, its challenge, and a state', () => {
    const sizes: number[] = [];
    const session = createPkceSession((size) => {
      sizes.push(size);
      return Buffer.alloc(size, 0xfb);
    });
    assert.match(session.verifier, /^[\w-]{43}$/);
    assert.equal(session.challenge, pkceChallenge(session.verifier));
    assert.notEqual(session.state, session.verifier);
    assert.deepEqual(sizes, [32, 16]);
  });

  test('two sessions share nothing', () => {
    const [a, b] = [createPkceSession(randomBytes), createPkceSession(randomBytes)];
    assert.notEqual(a.verifier, b.verifier);
    assert.notEqual(a.state, b.state);
  });

  test('the page is at the origin of the API and knows where to return', () => {
    const callbackUrl = 'http://localhost:3000/s-t?a=1';
    const url = new URL(
      authorizationUrl(baseUrl, { challenge: 'abc', callbackUrl, keyLabel: 'x'.repeat(200) }),
    );
    assert.equal(url.origin + url.pathname, 'https://openrouter.ai/auth');
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      callback_url: callbackUrl,
      code_challenge: 'abc',
      code_challenge_method: 'S256',
      key_label: 'x'.repeat(100),
    });
  });

  test('without a callback the page shows a code', () => {
    const url = new URL(authorizationUrl(baseUrl, { challenge: 'abc', callbackUrl: null }));
    assert.deepEqual([...url.searchParams.keys()], ['code_challenge', 'code_challenge_method']);
  });

  const callbacks: readonly (readonly [string, CallbackResult | null])[] = [
    ['code=c-1', { type: 'code', code: 'c-1' }],
    ['error=access_denied', { type: 'denied' }],
    ['code=c-1&error=access_denied', { type: 'denied' }],
    ['code=', null],
    ['', null],
  ];
  for (const [query, result] of callbacks) {
    test(`a callback with ${query || 'nothing'} is ${result?.type ?? 'no answer'}`, () => {
      assert.deepEqual(readCallback(new URLSearchParams(query)), result);
    });
  }

  const pasted: readonly (readonly [string, string | null])[] = [
    ['  auth_code-123.x~  ', 'auth_code-123.x~'],
    ['https://openrouter.ai/auth/done?code=abcdefgh&x=1', 'abcdefgh'],
    ['https://openrouter.ai/auth/done', null],
    ['https://openrouter.ai/auth/done?code=', null],
    ['', null],
    ['short', null],
    ['two words of text', null],
    ['x'.repeat(513), null],
  ];
  for (const [text, code] of pasted) {
    test(`pasting ${JSON.stringify(text.slice(0, 60))} gives ${code ?? 'nothing'}`, () => {
      assert.equal(readPastedCode(text), code);
    });
  }
});
