import assert from 'node:assert/strict';
import { readUsage } from '../../../src/openrouter/usage';

/** Usage as it came over the wire: through JSON, so that number formats are those of JSON. */
function cost(json: string): number | null | undefined {
  return readUsage(JSON.parse(json))?.costNanoUsd;
}

suite('usage: what is billed', () => {
  test('credit-billed with the upstream cost repeated: not doubled', () => {
    // Seen live: the provider's charge is there although the account's credits paid it.
    assert.equal(
      cost('{"cost":0.00012,"is_byok":false,"cost_details":{"upstream_inference_cost":0.00012}}'),
      120_000,
    );
  });

  test('credit-billed without is_byok and with the upstream cost repeated: not doubled', () => {
    assert.equal(
      cost('{"cost":0.000123,"cost_details":{"upstream_inference_cost":0.000123}}'),
      123_000,
    );
  });

  test('credit-billed with upstream null', () => {
    assert.equal(
      cost('{"cost":0.01234,"is_byok":false,"cost_details":{"upstream_inference_cost":null}}'),
      12_340_000,
    );
  });

  test('own provider key: fee and provider charge are added', () => {
    assert.equal(
      cost('{"cost":0.0005,"is_byok":true,"cost_details":{"upstream_inference_cost":0.01}}'),
      10_500_000,
    );
  });

  test('own provider key within the free allowance: the real money is upstream', () => {
    assert.equal(
      cost('{"cost":0,"is_byok":true,"cost_details":{"upstream_inference_cost":0.01}}'),
      10_000_000,
    );
  });

  test('own provider key without the provider charge: unknown, not the fee alone', () => {
    assert.equal(cost('{"cost":0,"is_byok":true}'), null);
    assert.equal(
      cost('{"cost":0.01,"is_byok":true,"cost_details":{"upstream_inference_cost":null}}'),
      null,
    );
  });

  test('a cost of 0 is 0: free model or response cache', () => {
    assert.equal(cost('{"cost":0,"is_byok":false}'), 0);
    assert.equal(cost('{"cost":0,"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}'), 0);
  });

  test('cost null or absent is unknown, never 0', () => {
    assert.equal(cost('{"cost":null,"prompt_tokens":10,"completion_tokens":1}'), null);
    assert.equal(cost('{"prompt_tokens":10,"completion_tokens":1,"total_tokens":11}'), null);
    assert.equal(cost('{}'), null);
  });

  test('cost null is unknown although an upstream cost is there', () => {
    assert.equal(
      cost('{"cost":null,"is_byok":false,"cost_details":{"upstream_inference_cost":0.5}}'),
      null,
    );
  });

  test('exponent form', () => {
    assert.equal(cost('{"cost":3.75e-06}'), 3_750);
    assert.equal(cost('{"cost":1e-9}'), 1);
  });

  test('decimal text', () => {
    assert.equal(cost('{"cost":"0.0061"}'), 6_100_000);
  });

  test('amounts that binary fractions cannot hold stay exact, also in sums', () => {
    assert.equal(cost('{"cost":0.1}'), 100_000_000);
    assert.equal(
      cost('{"cost":0.1,"is_byok":true,"cost_details":{"upstream_inference_cost":0.2}}'),
      300_000_000,
    );
  });

  test('digits below a nano-dollar are rounded half up', () => {
    assert.equal(cost('{"cost":0.0000000015}'), 2);
    assert.equal(cost('{"cost":0.00000000149}'), 1);
  });

  test('what is no amount is unknown', () => {
    for (const bad of ['-0.5', '"free"', 'true', '[]', '{}', '"NaN"', '""', '1e300']) {
      assert.equal(cost(`{"cost":${bad}}`), null, bad);
    }
  });

  test('without the flag a request is on credits, whatever the provider charged', () => {
    assert.equal(cost('{"cost":0,"cost_details":{"upstream_inference_cost":0.01}}'), 0);
  });

  test('is_byok may be text, but has to say yes', () => {
    const billed = (isByok: string): number | null | undefined =>
      cost(`{"cost":0.1,"is_byok":${isByok},"cost_details":{"upstream_inference_cost":0.1}}`);
    for (const yes of ['true', '"true"', '"True"', '1'])
      assert.equal(billed(yes), 200_000_000, yes);
    for (const no of ['false', '"false"', '"no"', '""', '0', 'null', '{}', '[]']) {
      assert.equal(billed(no), 100_000_000, no);
    }
  });

  test('server tool cost and split upstream costs are parts of the cost, not added', () => {
    assert.equal(
      cost(
        '{"cost":0.02,"is_byok":false,"cost_details":{"upstream_inference_cost":0.015,"upstream_inference_prompt_cost":0.01,"upstream_inference_completions_cost":0.005,"server_tool_cost":0.005}}',
      ),
      20_000_000,
    );
  });

  test('usage that is no object is no usage', () => {
    for (const value of [null, undefined, 'usage', 3, []]) assert.equal(readUsage(value), null);
  });
});

suite('usage: tokens', () => {
  test('chat', () => {
    const usage = readUsage({
      prompt_tokens: 1200,
      completion_tokens: 340,
      total_tokens: 1540,
      prompt_tokens_details: { cached_tokens: 800, cache_write_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 64, audio_tokens: null },
      cost: 0.01234,
      is_byok: false,
      server_tool_use_details: { tool_calls_requested: 3, tool_calls_executed: 2 },
    });
    assert.deepEqual(usage, {
      promptTokens: 1200,
      completionTokens: 340,
      totalTokens: 1540,
      cachedTokens: 800,
      costNanoUsd: 12_340_000,
      isByok: false,
      toolCallsExecuted: 2,
    });
  });

  test('responses', () => {
    const usage = readUsage({
      input_tokens: 1200,
      input_tokens_details: { cached_tokens: 10 },
      output_tokens: 340,
      output_tokens_details: { reasoning_tokens: 64 },
      total_tokens: 1540,
      cost: 0.5,
      cost_details: {
        upstream_inference_cost: null,
        upstream_inference_input_cost: 0.3,
        upstream_inference_output_cost: 0.2,
      },
      server_tool_use: { web_search_requests: 1 },
    });
    assert.deepEqual(usage, {
      promptTokens: 1200,
      completionTokens: 340,
      totalTokens: 1540,
      cachedTokens: 10,
      costNanoUsd: 500_000_000,
      isByok: false,
      toolCallsExecuted: null,
    });
  });

  test('the counter of server tool calls under either name', () => {
    assert.equal(readUsage({ server_tool_use: { tool_calls_executed: 4 } })?.toolCallsExecuted, 4);
    assert.equal(
      readUsage({ server_tool_use_details: { tool_calls_executed: 5 } })?.toolCallsExecuted,
      5,
    );
  });

  test('counts that are none are unknown', () => {
    const usage = readUsage({ prompt_tokens: -1, completion_tokens: 1.5, total_tokens: '7' });
    assert.ok(usage);
    assert.equal(usage.promptTokens, null);
    assert.equal(usage.completionTokens, null);
    assert.equal(usage.totalTokens, null);
  });

  test('counts of details null', () => {
    assert.equal(readUsage({ prompt_tokens_details: null })?.cachedTokens, null);
  });
});
