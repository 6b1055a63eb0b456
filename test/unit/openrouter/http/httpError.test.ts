import assert from 'node:assert/strict';
import type { OpenRouterError, OpenRouterErrorCode } from '../../../../src/openrouter/errors';
import type { StreamEvent } from '../../../../src/openrouter/streamEvent';
import { type Answer, TEST_KEY, TestRig, chatRequest } from '../testRig';

suite('HTTP errors', () => {
  let rig: TestRig;
  setup(() => {
    rig = new TestRig();
  });
  teardown(() => rig.close());

  /** The one event that a stream request gets for this answer. */
  async function errorOf(answer: Answer): Promise<OpenRouterError> {
    const server = await rig.serve(answer);
    const events: StreamEvent[] = [];
    for await (const batch of rig.client(server.origin).stream(chatRequest)) events.push(...batch);
    assert.equal(events.length, 1);
    const [event] = events;
    assert.ok(event?.type === 'stream-error');
    return event.error;
  }

  const json =
    (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
    (response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };

  const statuses: readonly (readonly [number, OpenRouterErrorCode, 'free' | 'billed'])[] = [
    [400, 'invalid-request', 'free'],
    [401, 'authentication', 'free'],
    [402, 'insufficient-credits', 'free'],
    [403, 'forbidden', 'free'],
    [404, 'not-found', 'free'],
    [405, 'invalid-request', 'free'],
    [407, 'connection', 'free'],
    [408, 'provider', 'billed'],
    [413, 'too-large', 'free'],
    [422, 'invalid-request', 'free'],
    [429, 'rate-limit', 'free'],
    [500, 'provider', 'free'],
    [502, 'provider', 'free'],
    [503, 'provider', 'free'],
    [504, 'provider', 'billed'],
    [524, 'provider', 'billed'],
    [529, 'provider', 'free'],
    [599, 'provider', 'free'],
  ];
  for (const [status, code, bill] of statuses) {
    test(`${status} is ${code}, ${bill}`, async () => {
      const message = `The API's words on ${status}`;
      const error = await errorOf(
        json(status, { error: { code: status, message, metadata: null } }),
      );
      assert.equal(error.code, code);
      assert.equal(error.status, status);
      assert.equal(error.apiMessage, message);
      assert.equal(error.mayHaveBilled, bill === 'billed');
      assert.ok(!error.message.includes(message), "the API's words may quote the request");
    });
  }

  test('a proxy that asks for credentials is told apart from a line that is down', async () => {
    const error = await errorOf((response) => response.writeHead(407).end());
    assert.deepEqual([error.code, error.reason], ['connection', 'PROXY_407']);
  });

  test('a generation id says that something may have been billed', async () => {
    const error = await errorOf(json(500, { error: {} }, { 'x-generation-id': 'gen-9' }));
    assert.equal(error.generationId, 'gen-9');
    assert.ok(error.mayHaveBilled);
  });

  test('the type in the metadata refines a refused request', async () => {
    const metadata = { error_type: 'context_length_exceeded' };
    const error = await errorOf(json(400, { error: { code: 400, message: 'Too long', metadata } }));
    assert.equal(error.code, 'too-large');
    assert.equal(error.errorType, 'context_length_exceeded');
  });

  test('the type in the metadata does not overrule a clear status', async () => {
    const metadata = { error_type: 'authentication' };
    const error = await errorOf(json(502, { error: { code: 502, message: 'Bad', metadata } }));
    assert.equal(error.code, 'provider');
  });

  test('the newer shape with the type and the status beside each other', async () => {
    const error = await errorOf(
      json(404, {
        error: {
          error_type: 'not_found',
          http_status: 404,
          message: 'No endpoint is left',
          availability: { code: 'no_endpoints', retryable: true, retry_after: 2.5 },
        },
      }),
    );
    assert.equal(error.code, 'not-found');
    assert.equal(error.errorType, 'not_found');
    assert.equal(error.retryAfterMs, 2500);
  });

  test('an error that is a plain string, and one without its envelope', async () => {
    assert.equal((await errorOf(json(401, { error: 'No auth' }))).apiMessage, 'No auth');
    assert.equal((await errorOf(json(403, { message: 'Blocked' }))).apiMessage, 'Blocked');
  });

  test("the provider's own words, and the reasons of a moderation", async () => {
    const raw = JSON.stringify({ error: { message: 'input too spicy' } });
    const metadata = { provider_name: 'Anthropic', raw, reasons: ['violence', 'self-harm', 7] };
    const { apiMessage } = await errorOf(
      json(403, { error: { code: 403, message: 'Provider returned error', metadata } }),
    );
    assert.equal(
      apiMessage,
      'Provider returned error — Anthropic: input too spicy — violence, self-harm',
    );
    const prose = await errorOf(
      json(502, { error: { message: 'Bad', metadata: { raw: 'boom' } } }),
    );
    assert.equal(prose.apiMessage, 'Bad — boom');
  });

  test('what the account can still pay', async () => {
    const message = 'You requested up to 65536 tokens, but can only afford 12,003.';
    const error = await errorOf(json(402, { error: { code: 402, message } }));
    assert.equal(error.affordableTokens, 12_003);
    const other = await errorOf(json(429, { error: { code: 429, message } }));
    assert.equal(other.affordableTokens, null);
  });

  const retryAfter: readonly (readonly [string, number | null])[] = [
    ['7', 7_000],
    ['0.5', 500],
    ['Wed, 23 Sep 2026 00:00:20 GMT', 20_000],
    ['Tue, 22 Sep 2026 23:00:00 GMT', 0],
    ['soon', null],
    ['-3', null],
  ];
  for (const [value, expected] of retryAfter) {
    test(`Retry-After: ${value}`, async () => {
      const error = await errorOf(json(429, { error: { code: 429 } }, { 'retry-after': value }));
      assert.equal(error.retryAfterMs, expected);
    });
  }

  test('the reset time of a rate limit, from a header or from the metadata', async () => {
    const reset = String(rig.clock.now() + 12_345);
    const inHeader = await errorOf(json(429, { error: {} }, { 'x-ratelimit-reset': reset }));
    assert.equal(inHeader.retryAfterMs, 12_345);
    const metadata = { headers: { 'X-RateLimit-Reset': reset } };
    const inBody = await errorOf(json(429, { error: { code: 429, metadata } }));
    assert.equal(inBody.retryAfterMs, 12_345);
    const inSeconds = await errorOf(
      json(429, { error: {} }, { 'x-ratelimit-reset': '1790000000' }),
    );
    assert.equal(inSeconds.retryAfterMs, null);
  });

  test("a page from the network's edge", async () => {
    const error = await errorOf((response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end(
        '<!DOCTYPE html>\n<html><head><title>openrouter.ai |\n 502: Bad gateway</title>',
      );
    });
    assert.equal(error.code, 'provider');
    assert.equal(error.apiMessage, 'openrouter.ai | 502: Bad gateway');
  });

  test('plain text, nothing at all, and JSON that is no object', async () => {
    const text = await errorOf((response) => response.writeHead(503).end('upstream connect error'));
    assert.equal(text.apiMessage, 'upstream connect error');
    const nothing = await errorOf((response) => response.writeHead(503).end());
    assert.equal(nothing.apiMessage, null);
    assert.equal((await errorOf(json(500, [1]))).code, 'provider');
  });

  test('a body that never ends is read only so far', async () => {
    const server = await rig.serve((response) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      const write = (): void => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', write);
      };
      write();
    });
    const events: StreamEvent[] = [];
    for await (const batch of rig.client(server.origin).stream(chatRequest)) events.push(...batch);
    const [event] = events;
    assert.ok(event?.type === 'stream-error');
    assert.equal(event.error.status, 500);
    assert.equal(event.error.apiMessage, 'x'.repeat(300));
    await server.closed;
  });

  test('a body that breaks off still has its status', async () => {
    const error = await errorOf((response) => {
      response.writeHead(401, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"error":{"code":401,', () => response.socket?.destroy());
    });
    assert.equal(error.code, 'authentication');
    assert.equal(error.status, 401);
  });

  test('a redirect is not followed, and no key goes anywhere else', async () => {
    const elsewhere = await rig.serve((response) => response.end());
    for (const status of [301, 302, 303, 307, 308]) {
      const error = await errorOf((response) => {
        response.writeHead(status, { location: `${elsewhere.origin}/api/v1/chat/completions` });
        response.end();
      });
      assert.equal(error.code, 'unexpected-answer');
      assert.equal(error.reason, 'redirect');
      assert.equal(error.status, status);
    }
    assert.deepEqual(elsewhere.requests, []);
  });

  test('a success that is not 200', async () => {
    const error = await errorOf((response) => response.writeHead(204).end());
    assert.equal(error.code, 'unexpected-answer');
    assert.equal(error.status, 204);
  });

  test('no part of an error has the key in it', async () => {
    const error = await errorOf(json(401, { error: { code: 401, message: 'User not found.' } }));
    const everything = JSON.stringify(error) + String(error.stack) + String(error.cause);
    assert.ok(!everything.includes(TEST_KEY));
  });
});
