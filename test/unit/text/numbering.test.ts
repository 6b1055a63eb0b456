import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countLines, numberLines, numberLinesBy } from '../../../src/text/numbering';
import { splitLines } from '../../../src/text/lines';

suite('numbering', () => {
  test('numbers lines from where they start', () => {
    assert.equal(numberLines('a\n\n  b', 9), '9| a\n10|\n11|   b');
  });

  test('numbers lines by any rule and leaves out those without a number', () => {
    const numbers = [3, null, 9];
    assert.equal(
      numberLinesBy('a\n…\nb', (index) => numbers[index] ?? null),
      '3| a\n…\n9| b',
    );
  });

  test('counts lines as an editor does', () => {
    assert.equal(countLines(''), 0);
    assert.equal(countLines('a'), 1);
    assert.equal(countLines('a\n'), 1);
    assert.equal(countLines('a\n\n'), 2);
  });

  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '\t', '|', '1', '\r') }));

  test('lines joined are the text', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), (parts, eol) => {
        const text = parts.join(eol);
        assert.equal(splitLines(text).join(''), text);
      }),
    );
  });

  test('without the numbers the lines are the text', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 9999 }), (parts, first) => {
        const text = parts.join('\n');
        const bare = splitLines(numberLines(text, first)).map((line) =>
          line.replace(/^\d+\|(?: (?=.*\S))?/s, ''),
        );
        assert.equal(bare.join(''), text);
      }),
    );
  });
});
