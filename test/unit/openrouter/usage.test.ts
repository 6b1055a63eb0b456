import assert from 'node:assert/strict';
import { type Usage, mergeUsage, readUsage } from '../../../src/openrouter/usage';

suite('readUsage', () => {
  test('reads what Chat Completions and Responses spell differently', () => {
    const chat = readUsage({
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 4 },
      cost: 0.5,
    });
    const responses = readUsage({
      input_tokens: 10,
      output_tokens: 5,
      total_tokens: 15,
      input_tokens_details: { cached_tokens: 4 },
      cost: 0.5,
    });
    assert.deepEqual(chat, responses);
    assert.deepEqual(chat, {
      promptTokens: 10,
      completionTokens: 5,
      totalTokens: 15,
      cachedTokens: 4,
      costNanoUsd: 500_000_000,
      isByok: false,
      toolCallsExecuted: null,
    });
  });

  const costs: readonly (readonly [string, object, number | null])[] = [
    ['is what the account is charged', { cost: 0.0123 }, 12_300_000],
    ['of zero is zero', { cost: 0 }, 0],
    ['that is null is unknown', { cost: null }, null],
    ['that is missing is unknown', {}, null],
    ['that is negative is unknown', { cost: -1 }, null],
    ['as text is read too', { cost: '0.25' }, 250_000_000],
    [
      'does not count the upstream amount twice',
      { cost: 0.02, is_byok: false, cost_details: { upstream_inference_cost: 0.02 } },
      20_000_000,
    ],
    [
      "on the user's own provider key adds the upstream amount",
      { cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } },
      21_000_000,
    ],
    [
      "on the user's own provider key, all of it written as text, adds the upstream amount",
      { cost: '0.001', is_byok: 'true', cost_details: { upstream_inference_cost: '0.02' } },
      21_000_000,
    ],
    [
      "on the user's own provider key without the upstream amount is unknown",
      { cost: 0.001, is_byok: true, cost_details: {} },
      null,
    ],
    [
      "on the user's own provider key within the free allowance is the upstream amount",
      { cost: 0, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } },
      20_000_000,
    ],
  ];
  for (const [what, usage, expected] of costs) {
    test(`a cost ${what}`, () => assert.equal(readUsage(usage)?.costNanoUsd, expected));
  }

  test('reads the counter of tool calls under both of its names', () => {
    const counter = { tool_calls_executed: 3 };
    assert.equal(readUsage({ server_tool_use_details: counter })?.toolCallsExecuted, 3);
    assert.equal(readUsage({ server_tool_use: counter })?.toolCallsExecuted, 3);
    assert.equal(
      readUsage({ server_tool_use: { web_search_requests: 1 } })?.toolCallsExecuted,
      null,
    );
  });

  test('takes nothing for a count that is none', () => {
    const usage = readUsage({ prompt_tokens: -1, completion_tokens: 1.5, total_tokens: '15' });
    assert.deepEqual(
      [usage?.promptTokens, usage?.completionTokens, usage?.totalTokens],
      [null, null, null],
    );
  });

  test('is null for what is no usage', () => {
    for (const value of [null, undefined, 7, 'x', []]) assert.equal(readUsage(value), null);
  });
});

suite('mergeUsage', () => {
  const usage = (fields: object): Usage => {
    const read = readUsage(fields);
    assert.ok(read);
    return read;
  };
  const billed = usage({ prompt_tokens: 20, completion_tokens: 5, total_tokens: 25, cost: 0.0021 });

  test('a later record counts', () => {
    const later = usage({ prompt_tokens: 30, completion_tokens: 6, total_tokens: 36, cost: 0.003 });
    assert.deepEqual(mergeUsage(billed, later), later);
    assert.deepEqual(mergeUsage(null, billed), billed);
  });

  const silent: readonly (readonly [string, object])[] = [
    ['without a cost', { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 }],
    ['of zeros', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
    ['of zeros that cost nothing', { prompt_tokens: 0, completion_tokens: 0, cost: 0 }],
    ['that is empty', {}],
  ];
  for (const [what, fields] of silent) {
    test(`a later record ${what} takes nothing back`, () => {
      assert.deepEqual(mergeUsage(billed, usage(fields)), billed);
    });
  }

  test('a cost and a counter that come later are added', () => {
    const tokens = usage({ prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 });
    const counter = { server_tool_use_details: { tool_calls_executed: 2 } };
    assert.deepEqual(mergeUsage(tokens, usage({ cost: 0.0021, ...counter })), {
      ...billed,
      toolCallsExecuted: 2,
    });
  });

  test("a bill on the user's own key stays whole when a later record tells the fee alone", () => {
    const cost_details = { upstream_inference_cost: 0.02 };
    const whole = usage({ cost: 0.001, is_byok: true, cost_details });
    assert.equal(mergeUsage(whole, usage({ cost: 0.001 })).costNanoUsd, 21_000_000);
  });

  test("a bill on the user's own key that turns out incomplete is unknown", () => {
    assert.equal(mergeUsage(billed, usage({ cost: 0.0021, is_byok: true })).costNanoUsd, null);
  });
});
