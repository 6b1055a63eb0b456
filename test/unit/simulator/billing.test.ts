import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../src/simulator/index';
import { realTokenizer } from '../../support/tokenizer';
import { at, delegationsOf, get, post, readEvents, textOf, usageOf } from './http';
import {
  chatBody,
  instructions,
  NONCE,
  responsesBody,
  userMessage,
  workerInstructions,
} from './prompts';

const { count } = realTokenizer;

/** Published prices of the default pair in nano-USD per token. */
const OPUS = { in: 4000, out: 20_000 };
const HAIKU = { in: 100, out: 500 };
const DEFINITION = 480;

suite('Simulator: bills', () => {
  let simulator: Simulator;

  setup(async () => {
    simulator = await startSimulator({ tokenizer: realTokenizer });
  });
  teardown(() => simulator.close());

  function lastBill(): number {
    return [...simulator.bills.values()].at(-1) ?? -1;
  }

  test('a delegated run costs what its steps cost by hand', async () => {
    const { text } = await post(simulator, '/responses', { body: responsesBody() });
    const { events } = readEvents(text);
    const outcome = String(delegationsOf(events)[0]?.['outcome']);
    assert.equal(textOf(events), `[[outcome:${NONCE}:summarize]]`);

    const description = 'Do your job on the pinned selection.';
    const callTokens = count(
      `{"name":"delegate-worker","arguments":{"task_name":"summarize","task_description":"${description}"}}`,
    );
    const resultTokens = count(
      JSON.stringify({
        status: 'ok',
        model: 'anthropic/claude-haiku-5.5',
        task_name: 'summarize',
        outcome,
      }),
    );
    const firstPrompt = DEFINITION + count(instructions()) + count(userMessage());
    const secondPrompt = firstPrompt + callTokens + resultTokens;
    const marker = count(`[[outcome:${NONCE}:summarize]]`);
    const workerPrompt = count(workerInstructions()) + count(description);
    const expected =
      (firstPrompt + secondPrompt) * OPUS.in +
      (callTokens + marker) * OPUS.out +
      workerPrompt * HAIKU.in +
      count(outcome) * HAIKU.out;

    assert.equal(lastBill(), expected);
    const usage = usageOf(events);
    assert.equal(usage?.['cost'], expected / 1e9);
    assert.equal(usage['input_tokens'], firstPrompt + secondPrompt);
    assert.equal(usage['output_tokens'], callTokens + marker);
    assert.equal(
      at(usage, 'cost_details.upstream_inference_cost'),
      ((firstPrompt + secondPrompt) * OPUS.in + (callTokens + marker) * OPUS.out) / 1e9,
    );
    assert.equal('is_byok' in usage, false);
    assert.equal(at(usage, 'server_tool_use_details.tool_calls_executed'), 1);
    const steps = simulator.requests[0]?.steps.map((step) => [step.kind, step.promptTokens]);
    assert.deepEqual(steps, [
      ['orchestrator', firstPrompt],
      ['worker', workerPrompt],
      ['orchestrator', secondPrompt],
    ]);
  });

  test('both protocols bill the same request alike', async () => {
    const responses = await post(simulator, '/responses', { body: responsesBody() });
    const chat = await post(simulator, '/chat/completions', { body: chatBody() });
    const [first, second] = [...simulator.bills.values()];
    assert.ok(first);
    assert.equal(first, second);
    const usage = [responses, chat].map(({ text }) => usageOf(readEvents(text).events)?.['cost']);
    assert.deepEqual(usage, [first / 1e9, first / 1e9]);
  });

  test('each worker entry adds its definition to each step', async () => {
    await post(simulator, '/responses', { body: responsesBody() });
    const one = simulator.requests[0]?.steps[0]?.promptTokens ?? 0;
    const [tool] = responsesBody()['tools'] as Record<string, unknown>[];
    const second = {
      type: 'openrouter:subagent',
      parameters: { ...(tool?.['parameters'] as object), name: 'another' },
    };
    await post(simulator, '/responses', { body: { ...responsesBody(), tools: [tool, second] } });
    assert.equal(simulator.requests[1]?.steps[0]?.promptTokens, one + DEFINITION);
  });

  test('the copier pays for writing the selection and the outcome', async () => {
    const options = { model: 'simulator/copier', integrated: true, showsSelection: true };
    const { text } = await post(simulator, '/responses', { body: responsesBody(options) });
    const steps = simulator.requests[0]?.steps ?? [];
    const answer = textOf(readEvents(text).events);
    assert.equal(steps[2]?.completionTokens, count(answer));
    assert.ok((steps[0]?.completionTokens ?? 0) > count(userMessage(options)));
    assert.equal(answer, delegationsOf(readEvents(text).events)[0]?.['outcome']);
  });

  test("a worker's limit cuts its outcome and its bill", async () => {
    const body = responsesBody();
    const [tool] = body['tools'] as { parameters: object }[];
    const tools = [{ ...tool, parameters: { ...tool?.parameters, max_completion_tokens: 3 } }];
    const { text } = await post(simulator, '/responses', { body: { ...body, tools } });
    const worker = simulator.requests[0]?.steps.find((step) => step.kind === 'worker');
    assert.equal(worker?.completionTokens, 3);
    assert.equal(worker.finishReason, 'length');
    assert.equal(count(String(delegationsOf(readEvents(text).events)[0]?.['outcome'])), 3);
  });

  test('an output limit below the call ends the first turn with length', async () => {
    const body = { ...responsesBody(), max_output_tokens: 4 };
    const { text } = await post(simulator, '/responses', { body });
    const { events } = readEvents(text);
    const terminal = events.at(-1);
    assert.equal(terminal?.['type'], 'response.incomplete');
    assert.equal(at(terminal, 'response.incomplete_details.reason'), 'max_output_tokens');
    assert.deepEqual(delegationsOf(events), []);
    assert.equal(simulator.requests[0]?.steps[0]?.completionTokens, 4);
  });

  test('max_cost lets pending calls run and gives one last turn without tools', async () => {
    const body = {
      ...responsesBody({ model: 'simulator/redelegator' }),
      stop_server_tools_when: [{ type: 'max_cost', max_cost_in_dollars: 0.000001 }],
    };
    const { text } = await post(simulator, '/responses', { body });
    const kinds = simulator.requests[0]?.steps.map((step) => step.kind);
    assert.deepEqual(kinds, ['orchestrator', 'worker', 'orchestrator']);
    assert.match(textOf(readEvents(text).events), /outcome/);
  });

  test('step_count_is ends a loop that would have gone on', async () => {
    const request = (steps: number): Record<string, unknown> => ({
      ...responsesBody({ model: 'simulator/redelegator' }),
      stop_server_tools_when: [{ type: 'step_count_is', step_count: steps }],
    });
    await post(simulator, '/responses', { body: request(1) });
    await post(simulator, '/responses', { body: request(12) });
    const turns = simulator.requests.map(
      ({ steps }) => steps.filter((step) => step.kind === 'orchestrator').length,
    );
    assert.deepEqual(turns, [2, 3]);
  });

  test('a prompt of 4096 tokens is written to the cache once and read in the next step', async () => {
    const long = `${instructions()}\n${'Check every declaration with care. '.repeat(900)}`;
    const body = { ...responsesBody(), instructions: long, cache_control: { type: 'ephemeral' } };
    await post(simulator, '/responses', { body });
    const turns = (simulator.requests[0]?.steps ?? []).filter(
      (step) => step.kind === 'orchestrator',
    );
    const [first, second] = turns;
    assert.ok(first && second);
    assert.ok(first.promptTokens > 4096);
    assert.equal(first.cacheWriteTokens, first.promptTokens);
    assert.equal(second.cachedTokens, first.promptTokens);
    assert.equal(second.cacheWriteTokens, second.promptTokens - first.promptTokens);
    assert.equal(first.promptNanoUsd, first.promptTokens * 5000);
    assert.equal(second.promptNanoUsd, second.cachedTokens * 200 + second.cacheWriteTokens * 5000);
  });

  test('a short prompt is not cached', async () => {
    const body = { ...responsesBody(), cache_control: { type: 'ephemeral' } };
    await post(simulator, '/responses', { body });
    assert.deepEqual(
      simulator.requests[0]?.steps.map((step) => step.cacheWriteTokens + step.cachedTokens),
      [0, 0, 0],
    );
  });

  test('the key pays, and has less left', async () => {
    await post(simulator, '/responses', { body: responsesBody() });
    const key: unknown = JSON.parse((await get(simulator, '/key')).text);
    assert.equal(at(key, 'data.usage'), lastBill() / 1e9);
    assert.equal(at(key, 'data.limit_remaining'), (100e9 - lastBill()) / 1e9);
  });

  test('on an own provider key the account pays the fee and the provider the rest', async () => {
    const byok = await startSimulator({
      tokenizer: realTokenizer,
      keys: [{ key: 'sk-or-v1-own', isByok: true }],
    });
    try {
      await post(simulator, '/responses', { body: responsesBody() });
      const headers = { authorization: 'Bearer sk-or-v1-own' };
      const { text } = await post(byok, '/responses', { body: responsesBody(), headers });
      const usage = usageOf(readEvents(text).events);
      assert.equal(usage?.['is_byok'], true);
      assert.equal(at(usage, 'cost_details.upstream_inference_cost'), lastBill() / 1e9);
      assert.equal(usage['cost'], Math.round(lastBill() * 0.05) / 1e9);
    } finally {
      await byok.close();
    }
  });

  test('a request that the account cannot pay is refused with what it could', async () => {
    const poor = await startSimulator({
      tokenizer: realTokenizer,
      keys: [{ key: 'sk-or-v1-poor', limitNanoUsd: 20_000_000 }],
    });
    try {
      const headers = { authorization: 'Bearer sk-or-v1-poor' };
      const answer = await post(poor, '/responses', { body: responsesBody(), headers });
      assert.equal(answer.status, 402);
      const prompt = DEFINITION + count(instructions()) + count(userMessage());
      const affordable = Math.floor((20_000_000 - prompt * OPUS.in) / OPUS.out);
      assert.match(answer.text, new RegExp(`can only afford ${affordable}\\b`));
    } finally {
      await poor.close();
    }
  });

  test('a repeated request comes out of the response cache for nothing', async () => {
    const headers = { 'x-openrouter-cache': 'true' };
    const first = await post(simulator, '/responses', { body: responsesBody(), headers });
    const second = await post(simulator, '/responses', { body: responsesBody(), headers });
    assert.equal(first.headers.get('x-openrouter-cache-status'), 'MISS');
    assert.equal(second.headers.get('x-openrouter-cache-status'), 'HIT');
    assert.equal(
      second.headers.get('x-openrouter-cache-source-id'),
      first.headers.get('x-generation-id'),
    );
    assert.notEqual(second.headers.get('x-generation-id'), first.headers.get('x-generation-id'));
    const usage = usageOf(readEvents(second.text).events);
    assert.deepEqual([usage?.['cost'], usage?.['total_tokens']], [0, 0]);
    assert.equal(textOf(readEvents(second.text).events), textOf(readEvents(first.text).events));
    const cleared = { ...headers, 'x-openrouter-cache-clear': 'true' };
    const third = await post(simulator, '/responses', { body: responsesBody(), headers: cleared });
    assert.equal(third.headers.get('x-openrouter-cache-status'), 'MISS');
  });
});
