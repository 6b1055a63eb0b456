import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ModelPricing, PricingOverride } from '../../../src/catalog/model';
import { priceFor, tokenCostNanoUsd } from '../../../src/catalog/pricing';
import { nanoPerMillion, readPricing } from '../../../src/catalog/readPricing';

function priced(overrides: unknown): { pricing: ModelPricing } {
  return { pricing: readPricing({ prompt: '0.000001', completion: '0.000002', overrides }) };
}

function promptPrice(overrides: unknown, promptTokens: number, at: string): number | null {
  return priceFor(priced(overrides), promptTokens, Date.parse(at)).promptNanoPerMillion;
}

const BASE = 1_000_000_000;
const DEAR = 3_000_000_000;
const MONDAY = '2026-03-16T';
const SUNDAY = '2026-03-15T';

suite('prices', () => {
  test('dollars per token are nano-USD per million tokens, exactly', () => {
    assert.equal(nanoPerMillion('0.000004'), 4_000_000_000);
    assert.equal(nanoPerMillion('0.0000001'), 100_000_000);
    assert.equal(nanoPerMillion('0.00000000012'), 120_000);
    assert.equal(nanoPerMillion('1e-7'), 100_000_000);
    assert.equal(nanoPerMillion('1.5E-6'), 1_500_000_000);
    assert.equal(nanoPerMillion(0.000004), 4_000_000_000);
    assert.equal(nanoPerMillion(1e-7), 100_000_000);
    assert.equal(nanoPerMillion('0'), 0);
  });

  test('any decimal keeps its digits', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), (digits) => {
        const text = `0.${String(digits).padStart(15, '0')}`;
        assert.equal(nanoPerMillion(text), digits);
      }),
    );
  });

  test('negative, absent and strange prices are unknown', () => {
    for (const value of ['-1', -1, undefined, null, '', 'free', {}, NaN, '1e', 'e', '1e5e5']) {
      assert.equal(nanoPerMillion(value), null, JSON.stringify(value));
    }
  });

  test('all keys of a price', () => {
    assert.deepEqual(
      readPricing({
        prompt: '0.000004',
        completion: '0.00002',
        input_cache_read: '0.0000002',
        input_cache_write: '0.000005',
        request: '0.001',
        web_search: '0.01',
        image: '0.1',
      }),
      {
        promptNanoPerMillion: 4_000_000_000,
        completionNanoPerMillion: 20_000_000_000,
        cacheReadNanoPerMillion: 200_000_000,
        cacheWriteNanoPerMillion: 5_000_000_000,
        requestNano: 1_000_000,
        webSearchNano: 10_000_000,
        overrides: [],
      },
    );
  });

  test('what is no price object has no prices', () => {
    for (const value of [null, undefined, 'free', [], 7]) {
      const pricing = readPricing(value);
      assert.equal(pricing.promptNanoPerMillion, null);
      assert.deepEqual(pricing.overrides, []);
    }
  });

  test('tokens are priced without rounding until the end, then up', () => {
    assert.equal(tokenCostNanoUsd(1_000_000, 20_000_000_000), 20_000_000_000);
    assert.equal(tokenCostNanoUsd(1_840, 4_000_000_000), 7_360_000);
    assert.equal(tokenCostNanoUsd(1, 1), 1);
    assert.equal(tokenCostNanoUsd(0, 1), 0);
    assert.equal(tokenCostNanoUsd(10_000_000, 999_999_999_999), 9_999_999_999_990);
  });
});

suite('conditional prices', () => {
  test('a threshold of prompt tokens is exceeded strictly', () => {
    const overrides = [{ min_prompt_tokens: 200_000, prompt: '0.000003' }];
    assert.equal(promptPrice(overrides, 200_000, `${MONDAY}12:00:00Z`), BASE);
    assert.equal(promptPrice(overrides, 200_001, `${MONDAY}12:00:00Z`), DEAR);
  });

  test('a key that is absent keeps the list price', () => {
    const model = priced([{ min_prompt_tokens: 0, prompt: '0.000003' }]);
    assert.equal(priceFor(model, 1, 0).completionNanoPerMillion, 2_000_000_000);
  });

  test('of several that apply the later one wins, key by key', () => {
    const model = priced([
      { min_prompt_tokens: 10, prompt: '0.000003', completion: '0.000009' },
      { min_prompt_tokens: 20, prompt: '0.000005' },
    ]);
    assert.deepEqual(priceFor(model, 15, 0), {
      promptNanoPerMillion: DEAR,
      completionNanoPerMillion: 9_000_000_000,
    });
    assert.deepEqual(priceFor(model, 25, 0), {
      promptNanoPerMillion: 5_000_000_000,
      completionNanoPerMillion: 9_000_000_000,
    });
  });

  test('a window of the day has its start and not its end', () => {
    const overrides = [{ utc_start: 130, utc_end: 1030, prompt: '0.000003' }];
    assert.equal(promptPrice(overrides, 1, `${MONDAY}01:29:59Z`), BASE);
    assert.equal(promptPrice(overrides, 1, `${MONDAY}01:30:00Z`), DEAR);
    assert.equal(promptPrice(overrides, 1, `${MONDAY}10:29:59Z`), DEAR);
    assert.equal(promptPrice(overrides, 1, `${MONDAY}10:30:00Z`), BASE);
  });

  test('a window past midnight', () => {
    const overrides = [{ utc_start: 2200, utc_end: 400, prompt: '0.000003' }];
    assert.equal(promptPrice(overrides, 1, `${MONDAY}21:59:59Z`), BASE);
    assert.equal(promptPrice(overrides, 1, `${MONDAY}22:00:00Z`), DEAR);
    assert.equal(promptPrice(overrides, 1, `${MONDAY}00:00:00Z`), DEAR);
    assert.equal(promptPrice(overrides, 1, `${MONDAY}03:59:59Z`), DEAR);
    assert.equal(promptPrice(overrides, 1, `${MONDAY}04:00:00Z`), BASE);
  });

  test('a window from midnight, whose number is 0', () => {
    const overrides = [{ utc_start: 0, utc_end: 100, prompt: '0.000003' }];
    assert.equal(promptPrice(overrides, 1, `${MONDAY}00:59:00Z`), DEAR);
    assert.equal(promptPrice(overrides, 1, `${MONDAY}01:00:00Z`), BASE);
    const evening = [{ utc_start: 2300, utc_end: 0, prompt: '0.000003' }];
    assert.equal(promptPrice(evening, 1, `${MONDAY}23:30:00Z`), DEAR);
    assert.equal(promptPrice(evening, 1, `${MONDAY}00:00:00Z`), BASE);
  });

  test('days, with a window and without', () => {
    const days = [{ utc_days: ['saturday', 'sunday'], prompt: '0.000003' }];
    assert.equal(promptPrice(days, 1, `${SUNDAY}00:00:00Z`), DEAR);
    assert.equal(promptPrice(days, 1, `${MONDAY}00:00:00Z`), BASE);
    const both = [{ utc_days: ['sunday'], utc_start: 100, utc_end: 200, prompt: '0.000003' }];
    assert.equal(promptPrice(both, 1, `${SUNDAY}01:00:00Z`), DEAR);
    assert.equal(promptPrice(both, 1, `${SUNDAY}02:00:00Z`), BASE);
    assert.equal(promptPrice(both, 1, `${MONDAY}01:00:00Z`), BASE);
  });

  test('all conditions must hold', () => {
    const overrides = [
      {
        min_prompt_tokens: 10,
        utc_days: ['monday'],
        utc_start: 0,
        utc_end: 1200,
        prompt: '0.000003',
      },
    ];
    assert.equal(promptPrice(overrides, 11, `${MONDAY}11:00:00Z`), DEAR);
    assert.equal(promptPrice(overrides, 10, `${MONDAY}11:00:00Z`), BASE);
    assert.equal(promptPrice(overrides, 11, `${MONDAY}12:00:00Z`), BASE);
    assert.equal(promptPrice(overrides, 11, `${SUNDAY}11:00:00Z`), BASE);
  });

  test('overrides that make no sense do no harm', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.nat(), (overrides, tokens, atMs) => {
        const { promptNanoPerMillion } = priceFor(priced(overrides), tokens, atMs);
        assert.ok(promptNanoPerMillion !== null && promptNanoPerMillion >= 0);
      }),
    );
  });

  test('clock numbers are kept as four digits', () => {
    const [override] = readPricing({ overrides: [{ utc_start: 30, utc_end: 1030 }] }).overrides;
    assert.deepEqual(
      [override?.utcStart, override?.utcEnd] satisfies (PricingOverride['utcStart'] | undefined)[],
      ['0030', '1030'],
    );
  });
});
