import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { countTokens, estimateTokens } from '../../../src/text/tokens';
import { projectRoot } from '../../support/projectFiles';
import { realTokenizer } from '../../support/tokenizer';

/** Texts of the kinds that go over the wire. */
const SAMPLES = [
  'src/editor/output/transcript.ts',
  'src/openrouter/errors.ts',
  'src/delegation/run/markers.ts',
  'esbuild.js',
  'package.json',
  'ARCHITECTURE.md',
];

suite('token estimate', () => {
  for (const sample of SAMPLES) {
    test(`holds its margin for ${sample}`, () => {
      const text = readFileSync(path.join(projectRoot, sample), 'utf8');
      const real = realTokenizer.count(text);
      const { low, expected, high } = estimateTokens(text);
      assert.ok(low <= real && real <= high, `${low} ≤ ${real} ≤ ${high}`);
      const share = expected / real;
      assert.ok(share > 0.88 && share < 1.15, `${expected} expected, ${real} real`);
    });
  }

  test('nothing costs nothing', () => {
    assert.deepEqual(estimateTokens(''), { low: 0, expected: 0, high: 0 });
  });

  test('low ≤ expected ≤ high, and more text is never fewer tokens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, more) => {
        const { low, expected, high } = estimateTokens(text);
        assert.ok(low <= expected && expected <= high);
        assert.ok(countTokens(`${text}\n${more}`) >= countTokens(text));
      }),
    );
  });
});
