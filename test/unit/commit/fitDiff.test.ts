import assert from 'node:assert/strict';
import fc from 'fast-check';
import { newFileDiff } from '../../../src/commit/diff';
import { fitDiff } from '../../../src/commit/fitDiff';
import { countTokens } from '../../../src/text/tokens';

const lines = (count: number, word: string): string => `${word} = ${word} + 1;\n`.repeat(count);

suite('a diff that is too long', () => {
  test('short files are kept whole, the long one is named with its size', () => {
    const files = [
      newFileDiff('long.ts', lines(20_000, 'a')),
      newFileDiff('short.ts', lines(3, 'b')),
    ];
    const { text, leftOut } = fitDiff(files, 2_000);
    assert.deepEqual(
      leftOut.map(({ path }) => path),
      ['long.ts'],
    );
    assert.ok(text.startsWith('added: long.ts +20000 -0 (not shown)\n'));
    assert.ok(text.includes('+b = b + 1;'));
    assert.ok(!text.includes('+a = a + 1;'));
  });

  test('lock files are only named, however short', () => {
    const { text, leftOut } = fitDiff([newFileDiff('web/package-lock.json', '{}\n')], 2_000);
    assert.equal(leftOut.length, 1);
    assert.match(text, /web\/package-lock\.json/);
    assert.ok(!text.includes('+{}'));
  });

  test('every file is there whole or named, and the limit holds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 30 }), (sizes) => {
        const files = sizes.map((size, index) => newFileDiff(`f${index}.ts`, lines(size, 'x')));
        const { text, leftOut } = fitDiff(files, 3_000);
        for (const file of files) {
          assert.notEqual(text.includes(file.text), leftOut.includes(file), file.path);
        }
        assert.ok(countTokens(text) <= 3_000 * 1.05, String(countTokens(text)));
      }),
    );
  });
});
