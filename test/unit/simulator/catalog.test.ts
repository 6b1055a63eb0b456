import assert from 'node:assert/strict';
import { get as httpGet } from 'node:http';
import { asArray } from '../../../src/common/json';
import { nanoUsdFromDecimal } from '../../../src/common/money';
import { startSimulator, type Simulator } from '../../../src/simulator/index';
import { publishedPrices } from '../../../src/simulator/prices';
import { at, get, post } from './http';
import { responsesBody } from './prompts';

suite('Simulator: catalog', () => {
  let simulator: Simulator;

  suiteSetup(async () => {
    simulator = await startSimulator();
  });
  suiteTeardown(() => simulator.close());

  async function models(query = ''): Promise<readonly unknown[]> {
    const { text } = await get(simulator, `/models${query}`);
    return asArray(at(JSON.parse(text), 'data'));
  }

  async function model(id: string): Promise<unknown> {
    return (await models()).find((row) => at(row, 'id') === id);
  }

  test('prices are decimal text per token, as published per million', async () => {
    for (const published of publishedPrices) {
      const row = await model(published.slug);
      for (const [key, price] of [
        ['prompt', published.prompt],
        ['completion', published.completion],
        ['input_cache_read', published.cacheRead],
        ['input_cache_write', published.cacheWrite],
      ] as const) {
        const text = String(at(row, `pricing.${key}`));
        assert.match(text, /^\d+(\.\d+)?$/, 'no exponent');
        const perMillion = nanoUsdFromDecimal(`${text}e6`);
        assert.equal(perMillion, nanoUsdFromDecimal(price), `${published.slug} ${key}`);
      }
    }
  });

  test('the default pair is forty times apart, and a worker four times cheaper is there', async () => {
    const prompt = async (id: string): Promise<number> =>
      Number(at(await model(id), 'pricing.prompt'));
    const opus = await prompt('~anthropic/claude-opus-latest');
    assert.equal(Math.round(opus / (await prompt('~anthropic/claude-haiku-latest'))), 40);
    assert.equal(Math.round(opus / (await prompt('anthropic/claude-haiku-4.5'))), 4);
  });

  test('rows of every kind', async () => {
    const alias = await model('~anthropic/claude-opus-latest');
    assert.equal(at(alias, 'alias_target.slug'), 'anthropic/claude-opus-5.5');
    const haiku = await model('anthropic/claude-haiku-5.5');
    assert.equal(at(haiku, 'pricing.overrides.0.min_prompt_tokens'), 200_000);
    assert.equal(at(haiku, 'pricing.overrides.0.prompt'), '0.0000002');
    assert.equal(at(await model('simulator/free-worker:free'), 'pricing.prompt'), '0');
    assert.ok(Number(at(await model('openrouter/auto'), 'pricing.prompt')) < 0);
    const noTools = asArray(at(await model('simulator/no-tools'), 'supported_parameters'));
    assert.ok(!noTools.includes('tools'));
    assert.ok((await models()).every((row) => /simulat/i.test(String(at(row, 'name')))));
  });

  test('pages and filters', async () => {
    const all = await models();
    const page = await get(simulator, '/models?offset=2&limit=3');
    const ids = (rows: readonly unknown[]): unknown[] => rows.map((row) => at(row, 'id'));
    assert.deepEqual(ids(asArray(at(JSON.parse(page.text), 'data'))), ids(all.slice(2, 5)));
    assert.match(String(at(JSON.parse(page.text), 'links.next')), /offset=5&limit=3/);
    const withTools = ids(await models('?supported_parameters=tools'));
    assert.ok(withTools.length === all.length - 1 && !withTools.includes('simulator/no-tools'));
  });

  test('endpoints of a model differ in price', async () => {
    const { text } = await get(simulator, '/models/anthropic/claude-opus-5.5/endpoints');
    const endpoints = asArray(at(JSON.parse(text), 'data.endpoints'));
    const prices = new Set(endpoints.map((endpoint) => at(endpoint, 'pricing.prompt')));
    assert.deepEqual([...prices], ['0.000004', '0.0000044']);
    const alias = await get(simulator, '/models/~anthropic/claude-opus-latest/endpoints');
    assert.equal(alias.status, 200);
    assert.equal((await get(simulator, '/models/nobody/nothing/endpoints')).status, 404);
  });

  test('own prices reach list and alias', async () => {
    const own = await startSimulator({
      prices: { 'anthropic/claude-opus-5.5': { prompt: '7', completion: '9' } },
      listFaultModels: false,
    });
    try {
      const { text } = await get(own, '/models');
      const rows = asArray(at(JSON.parse(text), 'data'));
      const priced = rows.filter((row) => at(row, 'pricing.prompt') === '0.000007');
      assert.deepEqual(
        priced.map((row) => at(row, 'id')),
        ['anthropic/claude-opus-5.5', '~anthropic/claude-opus-latest'],
      );
      assert.ok(rows.every((row) => !String(at(row, 'id')).includes('fault-')));
    } finally {
      await own.close();
    }
  });

  test('the front page says that no model answers here', async () => {
    const page = await (await fetch(simulator.origin)).text();
    assert.match(page, /simulator of the OpenRouter API/);
    assert.match(page, /no language model/);
  });

  test('only clients on this machine are served, and the control endpoint shows no content', async () => {
    const { port } = new URL(simulator.origin);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'rebound.example' };
      httpGet({ host: '127.0.0.1', port, path: '/api/v1/models', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    assert.equal(status, 403);
    await post(simulator, '/responses', { body: responsesBody() });
    const listing = await (await fetch(`${simulator.origin}/__simulator/requests`)).text();
    assert.match(listing, /"billedNanoUsd":\d+/);
    assert.doesNotMatch(listing, /You plan and check|sk-or-v1/);
  });

  test('a second simulator lives beside the first', async () => {
    const other = await startSimulator();
    try {
      assert.notEqual(other.origin, simulator.origin);
      assert.equal((await get(other, '/key')).status, 200);
    } finally {
      await other.close();
    }
    await assert.rejects(fetch(other.origin), /fetch failed/, 'and is gone once closed');
  });
});
