import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Clock, systemClock } from '../../../src/common/clock';
import { startSimulator, type Simulator } from '../../../src/simulator/index';
import { realTokenizer } from '../../support/tokenizer';
import { at, delegationsOf, get, post, readEvents, usageOf } from './http';
import { responsesBody } from './prompts';

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-0123456789';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

suite('Simulator: sign-in', () => {
  let simulator: Simulator;
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, now: () => Date.now() + aheadMs };

  suiteSetup(async () => {
    simulator = await startSimulator({ clock });
  });
  suiteTeardown(() => simulator.close());
  setup(() => {
    aheadMs = 0;
  });

  function open(query: Record<string, string>): Promise<Response> {
    const search = new URLSearchParams(query).toString();
    return fetch(`${simulator.origin}/auth?${search}`, { redirect: 'manual' });
  }

  /** Signs in as far as the code, by redirect. */
  async function signIn(query: Record<string, string> = {}): Promise<string> {
    const response = await open({
      callback_url: 'http://localhost:4321/back?state=mine',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...query,
    });
    assert.equal(response.status, 302);
    const location = new URL(response.headers.get('location') ?? '');
    assert.equal(location.searchParams.get('state'), 'mine', 'the callback keeps its own query');
    return location.searchParams.get('code') ?? '';
  }

  async function exchange(body: Record<string, unknown>): Promise<Response> {
    return fetch(`${simulator.baseUrl}/auth/keys`, { method: 'POST', body: JSON.stringify(body) });
  }

  test('code and verifier become a key that works', async () => {
    const code = await signIn({ key_label: 'My editor' });
    const answer = await exchange({
      code,
      code_verifier: VERIFIER,
      code_challenge_method: 'S256',
    });
    assert.equal(answer.status, 200);
    const key = String(at(await answer.json(), 'key'));
    assert.match(key, /^sk-or-v1-[0-9a-f]{64}$/);
    const response = await fetch(`${simulator.baseUrl}/key`, {
      headers: { authorization: `Bearer ${key}` },
    });
    assert.equal(at(await response.json(), 'data.label'), 'My editor');
  });

  test('the plain method compares as it is', async () => {
    const code = await signIn({ code_challenge: VERIFIER, code_challenge_method: 'plain' });
    const answer = await exchange({
      code,
      code_verifier: VERIFIER,
      code_challenge_method: 'plain',
    });
    assert.equal(answer.status, 200);
  });

  test('without a callback the page shows the code', async () => {
    const page = await open({ code_challenge: CHALLENGE });
    const code = /<code id="code">([^<]+)<\/code>/.exec(await page.text())?.[1];
    assert.equal((await exchange({ code, code_verifier: VERIFIER })).status, 200);
  });

  test('refusals: verifier, reuse, age, method, verb', async () => {
    const code = await signIn();
    assert.equal((await exchange({ code, code_verifier: 'wrong' })).status, 403);
    assert.equal((await exchange({ code, code_verifier: VERIFIER })).status, 403, 'used up');
    const old = await signIn();
    aheadMs = 600_000;
    assert.equal((await exchange({ code: old, code_verifier: VERIFIER })).status, 403);
    aheadMs = 0;
    const other = await signIn();
    const plain = { code: other, code_verifier: VERIFIER, code_challenge_method: 'plain' };
    assert.equal((await exchange(plain)).status, 400);
    assert.equal((await exchange({ ...plain, code_challenge_method: 'md5' })).status, 400);
    assert.equal((await exchange({ code_verifier: VERIFIER })).status, 400);
    assert.equal((await fetch(`${simulator.baseUrl}/auth/keys`)).status, 405);
  });

  test('the page refuses what is not documented', async () => {
    assert.equal((await open({})).status, 400);
    assert.equal((await open({ callback_url: 'vscode://publisher.name' })).status, 400);
    assert.equal((await open({ callback_url: 'http://example.com/back' })).status, 400);
    const md5 = { code_challenge: CHALLENGE, code_challenge_method: 'md5' };
    assert.equal((await open(md5)).status, 400);
  });
});

const ORCHESTRATOR_MS = 40;
const WORKER_MS = 3_600_000;

suite('Simulator: generations and cancelling', () => {
  let simulator: Simulator;
  /** Pauses of this length do not end by themselves; others are short, whatever they say. */
  let frozenMs: number | null;
  let aheadMs: number;
  const clock: Clock = {
    now: () => Date.now() + aheadMs,
    after: (delayMs, callback) =>
      delayMs === frozenMs ? () => undefined : systemClock.after(Math.min(delayMs, 20), callback),
  };

  setup(async () => {
    frozenMs = null;
    aheadMs = 0;
    simulator = await startSimulator({
      clock,
      tokenizer: realTokenizer,
      pacing: { generationMisses: 2, workerMs: WORKER_MS, orchestratorMs: ORCHESTRATOR_MS },
    });
  });
  teardown(() => simulator.close());

  /** Leaves a stream at a certain text, and waits until the simulator has booked it. */
  async function leaveAt(
    model: string,
    sign: string,
    onLeave: () => void = () => undefined,
  ): Promise<string> {
    const controller = new AbortController();
    await post(simulator, '/responses', {
      body: responsesBody({ model }),
      signal: controller.signal,
      onText: (text) => {
        if (!text.includes(sign)) return;
        onLeave();
        controller.abort();
      },
    });
    const [request] = simulator.requests;
    while (request?.billedNanoUsd === null) await new Promise(setImmediate);
    return request?.generationId ?? '';
  }

  async function generation(id: string): Promise<unknown> {
    for (let index = 0; index < 2; index += 1) {
      const miss = await get(simulator, `/generation?id=${id}`);
      assert.equal(miss.status, 404);
      assert.match(miss.text, new RegExp(`Generation ${id} not found`));
    }
    return JSON.parse((await get(simulator, `/generation?id=${id}`)).text);
  }

  test('a record is found only after some look-ups, and agrees with the stream', async () => {
    const { text, headers } = await post(simulator, '/responses', { body: responsesBody() });
    const usage = usageOf(readEvents(text).events);
    const record = await generation(headers.get('x-generation-id') ?? '');
    assert.equal(at(record, 'data.total_cost'), usage?.['cost']);
    assert.equal(at(record, 'data.tokens_prompt'), usage?.['input_tokens']);
    assert.deepEqual(
      [at(record, 'data.cancelled'), at(record, 'data.finish_reason')],
      [false, 'stop'],
    );
    assert.equal((await get(simulator, '/generation?id=gen-unknown')).status, 404);
  });

  test('time counts too', async () => {
    const pacing = { generationMisses: 0, generationLagMs: 3_600_000 };
    const lagging = await startSimulator({ clock, pacing });
    try {
      const { headers } = await post(lagging, '/responses', { body: responsesBody() });
      const path = `/generation?id=${headers.get('x-generation-id') ?? ''}`;
      assert.equal((await get(lagging, path)).status, 404);
      aheadMs = 3_600_000;
      assert.equal((await get(lagging, path)).status, 200);
    } finally {
      await lagging.close();
    }
  });

  test('leaving half-way through a worker bills half of its outcome', async () => {
    const whole = await post(simulator, '/responses', { body: responsesBody() });
    const outcome = delegationsOf(readEvents(whole.text).events)[0]?.['outcome'];
    const cost = Number(usageOf(readEvents(whole.text).events)?.['cost']);
    simulator.reset();
    frozenMs = WORKER_MS;
    const id = await leaveAt('simulator/well-behaved', '"openrouter:subagent"', () => {
      aheadMs = WORKER_MS / 2;
    });
    const [request] = simulator.requests;
    assert.equal(request?.isCancelled, true);
    assert.deepEqual(
      request.steps.map((step) => [step.kind, step.finishReason]),
      [
        ['orchestrator', 'tool_calls'],
        ['worker', 'cancelled'],
      ],
    );
    const tokens = realTokenizer.count(String(outcome));
    assert.equal(request.steps[1]?.completionTokens, Math.floor(tokens / 2));
    const record = await generation(id);
    assert.equal(at(record, 'data.cancelled'), true);
    const cancelledCost = Number(at(record, 'data.total_cost'));
    assert.ok(cancelledCost > 0 && cancelledCost < cost, `${cancelledCost} of ${cost}`);
  });

  test('leaving before the first turn is over bills its prompt', async () => {
    frozenMs = ORCHESTRATOR_MS;
    await leaveAt('simulator/well-behaved', ':\n');
    const steps = simulator.requests[0]?.steps ?? [];
    assert.deepEqual(
      steps.map((step) => [step.kind, step.completionTokens]),
      [['orchestrator', 0]],
    );
    assert.ok((steps[0]?.costNanoUsd ?? 0) > 0);
  });

  test('a provider that cannot be cancelled runs on and bills all', async () => {
    await leaveAt('simulator/runs-on', ':\n');
    const [request] = simulator.requests;
    assert.equal(request?.isCancelled, false);
    assert.deepEqual(
      request.steps.map((step) => step.kind),
      ['orchestrator', 'worker', 'orchestrator'],
    );
  });
});
