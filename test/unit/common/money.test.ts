import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatUsd, nanoUsdFromDecimal, usdDecimal } from '../../../src/common/money';

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

suite('nanoUsdFromDecimal', () => {
  const amounts: readonly (readonly [unknown, number | null])[] = [
    ['0', 0],
    ['1', 1_000_000_000],
    ['0.01234', 12_340_000],
    ['.5', 500_000_000],
    ['5.', 5_000_000_000],
    [' 0.25\n', 250_000_000],
    ['+2', 2_000_000_000],
    [0.1, 100_000_000],
    [0.3, 300_000_000],
    [0.1 + 0.2, 300_000_000],
    [3.75e-6, 3_750],
    ['3.75e-06', 3_750],
    ['1E3', 1_000_000_000_000],
    ['1e-10', 0],
    ['0.0000000004', 0],
    ['0.0000000005', 1],
    ['0.0000000014999', 1],
    ['123.456789012', 123_456_789_012],
    [-0, 0],
    ['9007199.254740991', Number.MAX_SAFE_INTEGER],
    ['9007199.254740992', null],
    ['1e999', null],
    ['-1', null],
    [-0.5, null],
    ['', null],
    ['.', null],
    ['e5', null],
    ['1,5', null],
    ['1 2', null],
    ['0x10', null],
    ['Infinity', null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [null, null],
    [undefined, null],
    [true, null],
    [{}, null],
    [['1'], null],
  ];
  for (const [value, expected] of amounts) {
    test(`reads ${typeof value} ${describe(value)} as ${expected}`, () => {
      assert.equal(nanoUsdFromDecimal(value), expected);
    });
  }

  test('reads back without loss what usdDecimal writes', () => {
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (nano) => {
        assert.equal(nanoUsdFromDecimal(usdDecimal(nano)), nano);
      }),
    );
  });

  test('reads any number that a sender wrote with nine decimals or fewer exactly', () => {
    fc.assert(
      fc.property(fc.nat(9_999_999_999), (nano) => {
        const sent = JSON.parse(usdDecimal(nano)) as number;
        assert.equal(nanoUsdFromDecimal(sent), nano);
      }),
    );
  });
});

suite('formatUsd', () => {
  const amounts: readonly (readonly [number, string])[] = [
    [0, '$0.00'],
    [6_100_000, '$0.0061'],
    [1_000_000, '$0.0010'],
    [999_000, '$0.000999'],
    [1_000, '$0.000001'],
    [999, '$0.000000999'],
    [1, '$0.000000001'],
    [1_005_000_000, '$1.01'],
    [9_007_199_254_740_991, '$9007199.25'],
    [123_400_000, '$0.1234'],
    [1_234_000_000, '$1.23'],
    [1_234_567_000_000_000, '$1234567.00'],
    [-6_100_000, '-$0.0061'],
  ];
  for (const [nano, expected] of amounts) {
    test(`${nano} is ${expected}`, () => assert.equal(formatUsd(nano), expected));
  }
});

suite('usdDecimal', () => {
  const amounts: readonly (readonly [number, string])[] = [
    [0, '0'],
    [1, '0.000000001'],
    [250_000_000, '0.25'],
    [1_000_000_000, '1'],
    [12_345_678_900, '12.3456789'],
    [-1_500_000_000, '-1.5'],
  ];
  for (const [nano, expected] of amounts) {
    test(`${nano} is ${expected}`, () => assert.equal(usdDecimal(nano), expected));
  }
});
