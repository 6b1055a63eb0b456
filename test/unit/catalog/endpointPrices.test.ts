import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  EndpointCatalog,
  endpointSlug,
  priceRange,
  readEndpoints,
} from '../../../src/catalog/endpointPrices';
import { ManualClock } from '../../support/manualClock';

function endpoint(prompt: string, completion: string, more: object = {}): object {
  return { provider_name: 'P', pricing: { prompt, completion, ...more }, context_length: 1000 };
}

const THREE = [
  endpoint('0.0000001', '0.0000005'),
  endpoint('0.0000004', '0.0000002'),
  endpoint('0.0000002', '0.0000009'),
];

suite('endpoints', () => {
  test('the range takes in the cheapest and the dearest, each price by itself', () => {
    assert.deepEqual(priceRange(readEndpoints(THREE), 1, 0), {
      promptNanoPerMillion: { low: 100_000_000, high: 400_000_000 },
      completionNanoPerMillion: { low: 200_000_000, high: 900_000_000 },
    });
  });

  test('rows bare or in an answer', () => {
    const answer = { data: { id: 'a/b', endpoints: THREE } };
    assert.deepEqual(readEndpoints(answer), readEndpoints(THREE));
  });

  test('conditional prices of an endpoint', () => {
    const rows = [
      endpoint('0.0000001', '0.0000005', {
        overrides: [{ min_prompt_tokens: 10, prompt: '0.000001' }],
      }),
    ];
    assert.equal(priceRange(readEndpoints(rows), 10, 0)?.promptNanoPerMillion.high, 100_000_000);
    assert.equal(priceRange(readEndpoints(rows), 11, 0)?.promptNanoPerMillion.high, 1_000_000_000);
  });

  test('a discount lowers the low end only', () => {
    const rows = [endpoint('0.000001', '0.000002', { discount: 0.25 })];
    assert.deepEqual(priceRange(readEndpoints(rows), 1, 0), {
      promptNanoPerMillion: { low: 750_000_000, high: 1_000_000_000 },
      completionNanoPerMillion: { low: 1_500_000_000, high: 2_000_000_000 },
    });
  });

  test('endpoints without prices say nothing', () => {
    assert.equal(priceRange(readEndpoints([endpoint('-1', '0.1')]), 1, 0), null);
    assert.equal(priceRange([], 1, 0), null);
    const mixed = readEndpoints([...THREE, endpoint('-1', '5')]);
    assert.deepEqual(priceRange(mixed, 1, 0), priceRange(readEndpoints(THREE), 1, 0));
  });

  test('whatever comes is read as far as it goes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => {
        const range = priceRange(readEndpoints(answer), 1, 0);
        if (range) assert.ok(range.promptNanoPerMillion.low <= range.promptNanoPerMillion.high);
      }),
    );
  });

  test('the slug whose endpoints are listed', () => {
    assert.equal(endpointSlug({ id: 'a/b', aliasTarget: null }), 'a/b');
    assert.equal(endpointSlug({ id: '~a/b-latest', aliasTarget: 'a/b-2' }), 'a/b-2');
    assert.equal(endpointSlug({ id: '~a/b-latest', aliasTarget: null }), null);
    assert.equal(endpointSlug({ id: 'plain', aliasTarget: null }), null);
  });
});

suite('endpoint catalog', () => {
  const model = { id: 'a/b', aliasTarget: null };

  async function settled(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }

  test('answers at once with what it knows and fetches in the background', async () => {
    const clock = new ManualClock(0);
    const asked: string[] = [];
    let rows: unknown = THREE;
    const catalog = new EndpointCatalog({
      clock,
      fetchEndpoints: (slug) => {
        asked.push(slug);
        return rows ? Promise.resolve(rows) : Promise.reject(new Error('offline'));
      },
    });
    assert.deepEqual(catalog.find(model), []);
    catalog.find(model);
    await settled();
    assert.equal(catalog.find(model).length, 3);
    assert.deepEqual(asked, ['a/b']);
    clock.advance(3_600_000);
    rows = null;
    assert.equal(catalog.find(model).length, 3);
    await settled();
    assert.equal(catalog.find(model).length, 3);
    assert.equal(asked.length, 2);
    clock.advance(60_000);
    catalog.find(model);
    await settled();
    assert.equal(asked.length, 3);
  });
});
