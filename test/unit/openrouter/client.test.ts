import assert from 'node:assert/strict';
import { OpenRouterError } from '../../../src/openrouter/errors';
import type { WireRequest } from '../../../src/openrouter/wire';
import {
  type Answer,
  TEST_KEY,
  TestRig,
  beginStream,
  chatRequest,
  doneMarker,
  finishFrame,
  readAll,
  textFrame,
} from './testRig';

const json =
  (body: unknown, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

const answerHi: Answer = (response) => {
  beginStream(response);
  response.end(textFrame('Hi') + finishFrame + doneMarker);
};

async function rejection(promise: Promise<unknown>): Promise<OpenRouterError> {
  const error: unknown = await promise.then(
    () => assert.fail('it should have failed'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof OpenRouterError, String(error));
  return error;
}

suite('requests', () => {
  let rig: TestRig;
  setup(() => {
    rig = new TestRig();
  });
  teardown(() => rig.close());

  test('go to the path of their protocol below the base URL, with key, headers and body', async () => {
    const server = await rig.serve(answerHi);
    const headers = { 'HTTP-Referer': 'https://example.com', 'X-OpenRouter-Title': 'Delegate' };
    const client = rig.client(server.origin, { headers, baseUrl: `${server.origin}/api/v1/` });
    const responses: WireRequest = {
      protocol: 'responses',
      headers: { 'X-OpenRouter-Cache': 'false' },
      body: { model: 'a/b', stream: true, instructions: 'Plan.', input: 'ä', max_output_tokens: 9 },
    };
    await readAll(client.stream(chatRequest));
    await readAll(client.stream(responses));
    const [first, second] = server.requests;
    assert.ok(first && second);
    assert.equal(`${first.method} ${first.path}`, 'POST /api/v1/chat/completions');
    assert.deepEqual(JSON.parse(first.body), chatRequest.body);
    assert.equal(first.headers.authorization, `Bearer ${TEST_KEY}`);
    assert.equal(first.headers['content-type'], 'application/json');
    assert.equal(first.headers['http-referer'], 'https://example.com');
    assert.equal(first.headers['x-openrouter-title'], 'Delegate');
    assert.equal(first.headers['x-openrouter-cache'], undefined);
    assert.equal(second.path, '/api/v1/responses');
    assert.deepEqual(JSON.parse(second.body), responses.body);
    assert.equal(second.headers['x-openrouter-cache'], 'false');
  });

  test('cannot have their key replaced by a header', async () => {
    const server = await rig.serve(answerHi);
    const headers = { authorization: 'Bearer other' };
    await readAll(rig.client(server.origin).stream({ ...chatRequest, headers }));
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${TEST_KEY}`);
  });

  test('ask for the key of exactly the origin they go to, each time again', async () => {
    const server = await rig.serve(answerHi);
    const asked: string[] = [];
    const keys = ['sk-or-v1-one', 'sk-or-v1-two'];
    const getApiKey = (origin: string): Promise<string | null> => {
      asked.push(origin);
      return Promise.resolve(keys.shift() ?? null);
    };
    const client = rig.client(server.origin, { getApiKey });
    await readAll(client.stream(chatRequest));
    await readAll(client.stream(chatRequest));
    assert.deepEqual(await readAll(client.stream(chatRequest)), [
      'error authentication no-key - - null free',
    ]);
    assert.deepEqual(asked, [server.origin, server.origin, server.origin]);
    assert.deepEqual(
      server.requests.map(({ headers }) => headers.authorization),
      ['Bearer sk-or-v1-one', 'Bearer sk-or-v1-two'],
    );
  });

  test('are not sent with a key that is none, and do not repeat it', async () => {
    const server = await rig.serve(answerHi);
    for (const key of ['two words', 'line\nbreak', 'ключ']) {
      const client = rig.client(server.origin, { getApiKey: () => Promise.resolve(key) });
      const error = await rejection(client.getKey());
      assert.equal(error.code, 'authentication');
      assert.equal(error.reason, 'malformed-key');
      assert.ok(!`${error.message}${JSON.stringify(error)}`.includes(key));
    }
    assert.equal(server.requests.length, 0);
  });

  test('end in an error when the storage of keys fails', async () => {
    const getApiKey = (): Promise<never> => Promise.reject(new Error('locked'));
    const lines = await readAll(
      rig.client('http://127.0.0.1:9', { getApiKey }).stream(chatRequest),
    );
    assert.deepEqual(lines, ['error authentication key-storage - - null free']);
  });
});

suite('calls for JSON', () => {
  let rig: TestRig;
  setup(() => {
    rig = new TestRig();
  });
  teardown(() => rig.close());

  test('models come as rows, without a key too', async () => {
    const server = await rig.serve(json({ data: [{ id: 'a/b' }, { id: 'c/d' }], total_count: 2 }));
    const client = rig.client(server.origin, { getApiKey: () => Promise.resolve(null) });
    assert.deepEqual(await client.listModels(), [{ id: 'a/b' }, { id: 'c/d' }]);
    const [request] = server.requests;
    assert.ok(request);
    assert.equal(request.path, '/api/v1/models');
    assert.equal(request.headers.authorization, undefined);
  });

  test('endpoints of a slug, whatever is in it', async () => {
    const server = await rig.serve(json({ data: { id: 'a/b', endpoints: [{ tag: 'x' }] } }));
    const client = rig.client(server.origin);
    assert.deepEqual(await client.listEndpoints('~anthropic/claude-haiku-latest'), [{ tag: 'x' }]);
    await client.listEndpoints('a?x=1#/b c');
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      [
        '/api/v1/models/~anthropic/claude-haiku-latest/endpoints',
        '/api/v1/models/a%3Fx%3D1%23/b%20c/endpoints',
      ],
    );
    for (const slug of ['../key', 'a/..', 'a', '', 'a/b/c', '/a']) {
      assert.equal((await rejection(client.listEndpoints(slug))).code, 'not-found', slug);
    }
    assert.equal(server.requests.length, 2);
  });

  test('the key with its limits', async () => {
    const data = {
      label: 'sk-or-v1-0ab…12c',
      limit: 20,
      limit_remaining: 12.345678901,
      limit_reset: 'monthly',
      usage: 7.65,
      is_free_tier: false,
    };
    const server = await rig.serve(json({ data }));
    assert.deepEqual(await rig.client(server.origin).getKey(), {
      label: 'sk-or-v1-0ab…12c',
      limitNanoUsd: 20_000_000_000,
      limitRemainingNanoUsd: 12_345_678_901,
      limitReset: 'monthly',
      usageNanoUsd: 7_650_000_000,
      isFreeTier: false,
    });
    assert.equal(server.requests[0]?.path, '/api/v1/key');
  });

  test('a key without a limit, and one that is overdrawn', async () => {
    const free = await rig.serve(json({ data: { limit: null, limit_remaining: null } }));
    const key = await rig.client(free.origin).getKey();
    assert.deepEqual([key.limitNanoUsd, key.limitRemainingNanoUsd], [null, null]);
    const overdrawn = await rig.serve(json({ data: { limit: 1, limit_remaining: -0.25 } }));
    assert.equal((await rig.client(overdrawn.origin).getKey()).limitRemainingNanoUsd, 0);
  });

  test('a key that is not valid', async () => {
    const server = await rig.serve(json({ error: { code: 401, message: 'User not found.' } }, 401));
    assert.equal((await rejection(rig.client(server.origin).getKey())).code, 'authentication');
  });

  test('a generation with its bill', async () => {
    const data = {
      id: 'gen-1',
      model: 'anthropic/claude-haiku-5.5',
      total_cost: 0.0123,
      usage: 0.0123,
      tokens_prompt: 10,
      tokens_completion: 20,
      native_tokens_prompt: 11,
      native_tokens_completion: 21,
      cancelled: true,
      is_byok: false,
      upstream_inference_cost: 0.0123,
    };
    const server = await rig.serve(json({ data }));
    assert.deepEqual(await rig.client(server.origin).getGeneration('gen-1&x=y'), {
      id: 'gen-1',
      costNanoUsd: 12_300_000,
      promptTokens: 11,
      completionTokens: 21,
      model: 'anthropic/claude-haiku-5.5',
      wasCancelled: true,
    });
    assert.equal(server.requests[0]?.path, '/api/v1/generation?id=gen-1%26x%3Dy');
  });

  test("a generation on the user's own provider key costs both charges, or nobody knows", async () => {
    const data = { id: 'gen-1', total_cost: 0.001, is_byok: true };
    const both = await rig.serve(json({ data: { ...data, upstream_inference_cost: 0.02 } }));
    const bill = await rig.client(both.origin).getGeneration('gen-1');
    assert.equal(bill?.costNanoUsd, 21_000_000);
    const half = await rig.serve(json({ data: { ...data, upstream_inference_cost: null } }));
    const unknown = await rig.client(half.origin).getGeneration('gen-1');
    assert.equal(unknown?.costNanoUsd, null);
  });

  test('a generation that is not filed yet is null, other errors are errors', async () => {
    const error = { code: 404, message: 'Generation gen-1 not found' };
    const missing = await rig.serve(json({ error }, 404));
    assert.equal(await rig.client(missing.origin).getGeneration('gen-1'), null);
    const broken = await rig.serve(json({ error: { code: 500 } }, 500));
    const failure = await rejection(rig.client(broken.origin).getGeneration('gen-1'));
    assert.equal(failure.code, 'provider');
  });

  test('a code becomes a key, and no key is sent for it', async () => {
    const server = await rig.serve(json({ key: 'sk-or-v1-new', user_id: null }));
    const client = rig.client(server.origin);
    const issued = await client.exchangeCode({ code: 'c-1', verifier: 'v-1' });
    assert.deepEqual(issued, { key: 'sk-or-v1-new', userId: null });
    const [request] = server.requests;
    assert.ok(request);
    assert.equal(`${request.method} ${request.path}`, 'POST /api/v1/auth/keys');
    assert.equal(request.headers.authorization, undefined);
    assert.deepEqual(JSON.parse(request.body), {
      code: 'c-1',
      code_verifier: 'v-1',
      code_challenge_method: 'S256',
    });
  });

  test('a code that is not accepted', async () => {
    const server = await rig.serve(json({ error: { code: 403, message: 'Invalid code' } }, 403));
    const call = rig.client(server.origin).exchangeCode({ code: 'c', verifier: 'v' });
    assert.equal((await rejection(call)).code, 'forbidden');
  });

  test('bodies of another shape are errors and not crashes', async () => {
    for (const body of [null, 7, [], {}, { data: null }, { data: 7 }]) {
      const server = await rig.serve(json(body));
      const client = rig.client(server.origin);
      const calls = [
        () => client.listModels(),
        () => client.listEndpoints('a/b'),
        () => client.getKey(),
        () => client.getGeneration('gen-1'),
        () => client.exchangeCode({ code: 'c', verifier: 'v' }),
      ];
      for (const call of calls) {
        const { code, reason } = await rejection(call());
        assert.deepEqual([code, reason], ['unexpected-answer', 'unknown-shape']);
      }
    }
  });

  test('a page that calls itself a success', async () => {
    const server = await rig.serve((response) => response.end('<html>Please log in</html>'));
    const { code, reason } = await rejection(rig.client(server.origin).listModels());
    assert.deepEqual([code, reason], ['unexpected-answer', 'invalid-json']);
  });
});
