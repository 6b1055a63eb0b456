import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../src/simulator/index';
import { at, post } from './http';
import { chatBody, responsesBody } from './prompts';

type Body = Record<string, unknown>;

/** What the API refuses, with the status and a word of the reason. */
suite('Simulator: refused requests', () => {
  let simulator: Simulator;

  suiteSetup(async () => {
    simulator = await startSimulator({ disabledServerTools: ['openrouter:web_fetch'] });
  });
  suiteTeardown(() => simulator.close());

  /** The usual request with the first worker entry's parameters changed. */
  function withParameters(changes: Body, body: Body = responsesBody()): Body {
    const [tool] = body['tools'] as { parameters: Body }[];
    return { ...body, tools: [{ ...tool, parameters: { ...tool?.parameters, ...changes } }] };
  }

  function refused(
    name: string,
    body: unknown,
    expected: readonly [status: number, reason: RegExp],
    path = '/responses',
  ): void {
    test(name, async () => {
      const before = simulator.bills.size;
      const answer = await post(simulator, path, { body });
      assert.equal(answer.status, expected[0], answer.text);
      const error: unknown = JSON.parse(answer.text);
      assert.match(String(at(error, 'error.message')), expected[1]);
      assert.equal(at(error, 'error.code'), expected[0]);
      assert.equal(simulator.bills.size, before, 'nothing is billed');
    });
  }

  refused('text that is not JSON', '{"model"', [400, /JSON/]);
  refused('no model', { input: 'x' }, [400, /No models/]);
  refused('an unknown model', responsesBody({ model: 'nobody/nothing' }), [
    400,
    /not a valid model/,
  ]);
  refused('an alias without its tilde', responsesBody({ model: 'anthropic/claude-opus-latest' }), [
    400,
    /anthropic\/claude-opus-latest is not a valid model ID/,
  ]);
  refused('an orchestrator without tools', responsesBody({ model: 'simulator/no-tools' }), [
    404,
    /tool use/,
  ]);
  refused('no input', { model: 'simulator/well-behaved' }, [400, /input/]);
  refused(
    'no messages',
    { model: 'simulator/well-behaved', messages: [] },
    [400, /messages/],
    '/chat/completions',
  );
  refused('store', { ...responsesBody(), store: true }, [400, /store/]);
  refused('an earlier response', { ...responsesBody(), previous_response_id: 'gen-1' }, [
    400,
    /stateless/,
  ]);
  refused("chat's limit on responses", { ...responsesBody(), max_tokens: 5 }, [400, /max_tokens/]);
  refused(
    "responses' limit on chat",
    { ...chatBody(), max_output_tokens: 5 },
    [400, /max_output_tokens/],
    '/chat/completions',
  );
  refused('a limit of nothing', { ...responsesBody(), max_output_tokens: 0 }, [400, /between/]);
  refused('a temperature of 3', { ...responsesBody(), temperature: 3 }, [400, /temperature/]);
  refused('31 tool calls', { ...responsesBody(), max_tool_calls: 31 }, [400, /max_tool_calls/]);
  refused('no stop condition', { ...responsesBody(), stop_server_tools_when: [] }, [400, /one/]);
  refused(
    'a made-up stop condition',
    { ...responsesBody(), stop_server_tools_when: [{ type: 'boredom' }] },
    [400, /stop condition/],
  );
  refused('an unknown tool', { ...responsesBody(), tools: [{ type: 'openrouter:magic' }] }, [
    400,
    /unknown tool/,
  ]);
  refused(
    'a switched-off tool',
    { ...responsesBody(), tools: [{ type: 'openrouter:web_fetch' }] },
    [403, /disabled/],
  );
  refused(
    'the shell on chat',
    { ...chatBody(), tools: [{ type: 'openrouter:shell' }] },
    [400, /Chat Completions/],
    '/chat/completions',
  );
  refused('max_tokens in a worker entry', withParameters({ max_tokens: 5 }), [400, /max_tokens/]);
  refused('text as a limit', withParameters({ max_completion_tokens: '5' }), [400, /number/]);
  refused('26 worker tool calls', withParameters({ max_tool_calls: 26 }), [400, /1 and 25/]);
  refused('a worker temperature of 3', withParameters({ temperature: 3 }), [400, /temperature/]);
  refused('a name with a dot', withParameters({ name: 'a.b' }), [400, /name/]);
  refused('a name of 65 characters', withParameters({ name: 'a'.repeat(65) }), [400, /1 to 64/]);
  refused('an unknown worker model', withParameters({ model: 'nobody/nothing' }), [
    400,
    /nobody\/nothing is not a valid model/,
  ]);
  refused('the tool as its own model', withParameters({ model: 'openrouter:subagent' }), [
    400,
    /own model/,
  ]);
  refused('a function in a worker', withParameters({ tools: [{ type: 'function' }] }), [
    400,
    /not functions/,
  ]);
  refused('a subagent in a worker', withParameters({ tools: [{ type: 'openrouter:subagent' }] }), [
    400,
    /subagent/,
  ]);
  refused('a third reasoning field', withParameters({ reasoning: { exclude: true } }), [
    400,
    /reasoning\.exclude/,
  ]);
  refused(
    'inherited functions on chat',
    withParameters({ inherit_functions: true }, chatBody()),
    [400, /Responses API/],
    '/chat/completions',
  );
  const [tool] = responsesBody()['tools'] as Body[];
  refused('two workers of one name', { ...responsesBody(), tools: [tool, tool] }, [400, /unique/]);
  const unnamed = { type: 'openrouter:subagent' };
  refused('two workers without a name', { ...responsesBody(), tools: [unnamed, unnamed] }, [
    400,
    /unnamed/,
  ]);
  refused(
    'a prompt beyond the context',
    { ...responsesBody({ model: 'simulator/free-worker:free' }), input: 'word '.repeat(40_000) },
    [400, /context length/],
  );
  refused(
    'a price limit below every endpoint',
    { ...responsesBody(), provider: { max_price: { prompt: '3' } } },
    [404, /routing preferences/],
  );
  refused(
    'a provider that does not serve the model',
    { ...responsesBody(), provider: { only: ['openai'] } },
    [404, /routing preferences/],
  );

  test('a missing and a wrong key', async () => {
    const missing = await fetch(`${simulator.baseUrl}/responses`, { method: 'POST', body: '{}' });
    assert.equal(missing.status, 401);
    const headers = { authorization: 'Bearer sk-or-v1-nobody' };
    const wrong = await post(simulator, '/responses', { body: responsesBody(), headers });
    assert.equal(wrong.status, 401);
    assert.match(wrong.text, /User not found/);
  });

  test('a body of more than 20 MB', async () => {
    const body = { ...responsesBody(), input: 'x'.repeat(20_000_000) };
    assert.equal((await post(simulator, '/responses', { body })).status, 413);
  });

  test('GET where only POST is', async () => {
    const response = await fetch(`${simulator.baseUrl}/responses`);
    assert.equal(response.status, 405);
  });

  test('zero retention is served by an endpoint that has it, at its price', async () => {
    const body = { ...responsesBody({ model: 'openai/gpt-6-sol' }), provider: { zdr: true } };
    assert.equal((await post(simulator, '/responses', { body })).status, 200);
    const [step] = simulator.requests.at(-1)?.steps ?? [];
    // Azure asks 105 percent of 2 USD per million tokens.
    assert.equal(step?.promptNanoUsd, (step?.promptTokens ?? 0) * 2100);
  });

  test('names are trimmed', async () => {
    const answer = await post(simulator, '/responses', {
      body: withParameters({ name: '  delegate-worker ' }),
    });
    assert.equal(answer.status, 200);
    assert.equal(simulator.requests.at(-1)?.steps.length, 3);
  });
});
