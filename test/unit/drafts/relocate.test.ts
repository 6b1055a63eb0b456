import assert from 'node:assert/strict';
import fc from 'fast-check';
import { relocateRange, surroundingsOf } from '../../../src/drafts/relocate';
import { withEol } from '../../../src/text/lines';
import { readScene, writeRange } from '../text/rangeNotation';

/** Where the range of `sent` is found in `now`, in range notation. */
function relocated(sent: string, now: string): string {
  const { text, range } = readScene(sent);
  const found = relocateRange(now, {
    base: text.slice(range.start, range.end),
    surroundings: surroundingsOf(text, range),
  });
  return found ? writeRange(now, found) : 'not found';
}

suite('relocateRange', () => {
  const cases: readonly (readonly [name: string, sent: string, now: string, found: string])[] = [
    ['the same document', 'a\n[b\n]c\n', 'a\nb\nc\n', 'a\n[b\n]c\n untouched'],
    ['moved down', 'a\n[b\n]c\n', 'x\ny\na\nb\nc\n', 'x\ny\na\n[b\n]c\n untouched'],
    ['below what it was below', 'a\n[b\n]c\n', 'a\nb\ny\n', 'a\n[b\n]y\n untouched'],
    ['above what it was above', 'a\n[b\n]c\n', 'x\nb\nc\n', 'x\n[b\n]c\n untouched'],
    ['alone, which may be a copy', 'a\n[b\n]c\n', 'x\nb\ny\n', 'not found'],
    [
      'twice, each beside one of them',
      'a\n[b\n]c\n',
      'a\nb\nx\nb\nc\n',
      'a\n[b\nx\nb\n]c\n touched',
    ],
    [
      'twice, once between its surroundings',
      'a\n[b\n]c\n',
      'b\na\nb\nc\n',
      'b\na\n[b\n]c\n untouched',
    ],
    ['twice, nowhere between them', 'a\n[b\n]c\n', 'x\nb\ny\nb\nz\n', 'not found'],
    ['twice, both between them', 'a\n[b\n]a\n', 'a\nb\na\nb\na\n', 'not found'],
    [
      'changed between its surroundings',
      'aa\n[b\n]cc\n',
      'x\naa\nB\nB\ncc\n',
      'x\naa\n[B\nB\n]cc\n touched',
    ],
    ['emptied between its surroundings', 'aa\n[b\n]cc\n', 'aa\ncc\n', 'aa\n[]cc\n touched'],
    ['changed, surroundings twice', 'a\n[b\n]c\n', 'a\nB\nc\na\n', 'not found'],
    ['changed, surroundings in the wrong order', 'aa\n[b\n]cc\n', 'cc\nB\naa\n', 'not found'],
    ['at the start of the document', '[b\n]cc\n', 'B\ncc\n', '[B\n]cc\n touched'],
    ['at the end of the document', 'aa\n[b\n]', 'aa\nB\n', 'aa\n[B\n] touched'],
    ['the whole document', '[a\nb\n]', 'a\nB\n', '[a\nB\n] touched'],
    ['nothing of it left', 'aa\n[b\n]cc\n', 'x\ny\n', 'not found'],
    ['other line endings', 'a\n[b\n]c\n', 'a\r\nb\r\nc\r\n', 'a\r\n[b\r\n]c\r\n untouched'],
    ['other line endings the other way', 'a\r\n[b\r\n]c\r\n', 'a\nb\nc\n', 'a\n[b\n]c\n untouched'],
  ];
  for (const [name, sent, now, found] of cases) {
    test(name, () => {
      assert.equal(relocated(sent, now), found);
    });
  }

  test('finds a text in any document in which it is once, in any line ending', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', '', '\t}'), { maxLength: 8 });
    const eol = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(
        fc.tuple(lines, lines, lines),
        eol,
        eol,
        ([before, after, added], sentEol, nowEol) => {
          const write = (each: readonly string[], end: string): string =>
            each.map((line) => line + end).join('');
          const base = write(['unique', 'text'], sentEol);
          const sent = write(before, sentEol) + base + write(after, sentEol);
          const start = write(before, sentEol).length;
          const now = write([...added, ...before, 'unique', 'text', ...after], nowEol);
          const found = relocateRange(now, {
            base,
            surroundings: surroundingsOf(sent, { start, end: start + base.length }),
          });
          assert.equal(found?.state, 'untouched');
          assert.equal(now.slice(found.start, found.end), withEol(base, nowEol));
        },
      ),
      { numRuns: 500 },
    );
  });
});

suite('surroundingsOf', () => {
  test('keeps a few whole lines', () => {
    const above = Array.from({ length: 50 }, (_, index) => `above ${String(index)}\n`).join('');
    const below = Array.from({ length: 50 }, (_, index) => `below ${String(index)}\n`).join('');
    const { before, after } = surroundingsOf(`${above}x${below}`, {
      start: above.length,
      end: above.length + 1,
    });
    assert.equal(before, 'above 46\nabove 47\nabove 48\nabove 49\n');
    assert.equal(after, 'below 0\nbelow 1\nbelow 2\nbelow 3\nbelow 4\n');
  });

  test('keeps a bounded part of a long line', () => {
    const { before, after } = surroundingsOf('y'.repeat(9000), { start: 4000, end: 5000 });
    assert.equal(before.length, 500);
    assert.equal(after.length, 500);
  });
});
