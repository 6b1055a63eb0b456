import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitIntoParts } from '../../../../src/delegation/plan/splitSelection';
import { countTokens } from '../../../../src/text/tokens';
import { sampleCode, selectionOf } from '../kit';

suite('split', () => {
  const fitsTokens =
    (limit: number) =>
    (text: string): boolean =>
      countTokens(text) <= limit;

  test('parts joined are the selection, and each fits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '(', '\t'), maxLength: 40 }), {
          minLength: 20,
          maxLength: 120,
        }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (lines, eol, endsWithEol) => {
          const text = lines.join(eol) + (endsWithEol ? eol : '');
          const limit = countTokens(text) / 3;
          const parts = splitIntoParts(selectionOf(text), {
            maxParts: 10,
            partCount: 3,
            fits: fitsTokens(limit),
          });
          if (parts === null) return;
          assert.equal(parts.map((part) => part.text).join(''), text);
          assert.ok(parts.every((part) => fitsTokens(limit)(part.text)));
          assert.equal(parts[0]?.startLine, 1);
          parts.slice(1).forEach((part, index) => {
            assert.equal(part.startLine, (parts[index]?.endLine ?? 0) + 1);
          });
        },
      ),
    );
  });

  test('cuts before declarations, with the comment above them', () => {
    const text = [
      'function one() {',
      ...Array.from({ length: 20 }, () => '  step(1, 2, 3);'),
      '}',
      '// What two does.',
      'function two() {',
      ...Array.from({ length: 18 }, () => '  step(1, 2, 3);'),
      '}',
    ]
      .map((line) => `${line}\n`)
      .join('');
    const symbols = [
      { name: 'one', kind: 'function', startLine: 1, endLine: 22, depth: 0 },
      { name: 'two', kind: 'function', startLine: 24, endLine: 43, depth: 0 },
    ];
    const parts = splitIntoParts(selectionOf(text, { symbols }), {
      maxParts: 2,
      partCount: 2,
      fits: () => true,
    });
    assert.deepEqual(
      parts?.map((part) => part.startLine),
      [1, 23],
    );
  });

  test('without symbols it cuts at blank lines before unindented code', () => {
    const parts = splitIntoParts(selectionOf(sampleCode(100)), {
      maxParts: 4,
      partCount: 4,
      fits: () => true,
    });
    assert.ok(parts !== null && parts.length === 4);
    for (const part of parts) assert.match(part.text, /^export function/);
  });

  test('gives up on a single line that does not fit', () => {
    const parts = splitIntoParts(selectionOf(`${'word '.repeat(4000)}\nend\n`), {
      maxParts: 10,
      partCount: 2,
      fits: fitsTokens(100),
    });
    assert.equal(parts, null);
  });
});
