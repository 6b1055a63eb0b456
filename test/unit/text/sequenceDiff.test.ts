import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffSequences } from '../../../src/text/sequenceDiff';
import { type SequenceHunk, findShortestDiff } from '../../../src/text/shortestDiff';

suite('findShortestDiff', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['', '', ''],
    ['abc', 'abc', ''],
    ['', 'ab', '0-0:0-2'],
    ['ab', '', '0-2:0-0'],
    ['abcd', 'abXd', '2-3:2-3'],
    ['aXbYc', 'abc', '1-2:1-1 3-4:2-2'],
  ];
  for (const [before, after, expected] of cases) {
    test(`${before || 'nothing'} to ${after || 'nothing'}`, () => {
      const hunks = findShortestDiff(letters(before), letters(after), 100) ?? [];
      const written = hunks.map(
        (hunk) => `${hunk.beforeStart}-${hunk.beforeEnd}:${hunk.afterStart}-${hunk.afterEnd}`,
      );
      assert.equal(written.join(' '), expected);
    });
  }

  test('gives up beyond the limit', () => {
    assert.equal(findShortestDiff(letters('abc'), letters('xyz'), 5), null);
    assert.notEqual(findShortestDiff(letters('abc'), letters('xyz'), 6), null);
  });

  test('gives a shortest script, whose hunks are apart and rebuild the text', () => {
    const few = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 14 });
    fc.assert(
      fc.property(few, few, (before, after) => {
        const hunks = findShortestDiff(before, after, 100) ?? [];
        assert.deepEqual(rebuild(before, after, hunks), after);
        const edits = hunks.reduce(
          (sum, hunk) => sum + hunk.beforeEnd - hunk.beforeStart + hunk.afterEnd - hunk.afterStart,
          0,
        );
        assert.equal(edits, before.length + after.length - 2 * longestCommon(before, after));
        assertApart(hunks);
      }),
      { numRuns: 2000 },
    );
  });
});

suite('diffSequences', () => {
  const indices = Array.from({ length: 5000 }, (_, index) => index);
  const before = indices.map((index) => (index % 3 === 0 ? '}' : `  line ${String(index)}`));

  test('finds single changes in a long text of like lines', () => {
    const after = before.with(100, 'X').toSpliced(4000, 2, 'Y', 'Z', 'Z');
    assert.deepEqual(diffSequences(before, after), [
      { beforeStart: 100, beforeEnd: 101, afterStart: 100, afterEnd: 101 },
      { beforeStart: 4000, beforeEnd: 4002, afterStart: 4000, afterEnd: 4003 },
    ]);
  });

  test('beyond the limit, lines that occur once keep their places', () => {
    const after = before.map((line, index) => (index % 2 === 0 ? `\t${line.trimStart()}` : line));
    const hunks = diffSequences(before, after);
    assert.deepEqual(rebuild(before, after, hunks), after);
    assertApart(hunks);
    const kept = indices.filter((index) => index % 2 === 1 && index % 3 !== 0);
    for (const index of kept) {
      assert.ok(!hunks.some((hunk) => hunk.beforeStart <= index && index < hunk.beforeEnd));
    }
  });

  test('texts without a line in common are one hunk', () => {
    const after = before.map((line) => `${line} other`);
    assert.deepEqual(diffSequences(before, after), [
      { beforeStart: 0, beforeEnd: 5000, afterStart: 0, afterEnd: 5000 },
    ]);
  });

  test('like lines alone are not slow, and the hunks rebuild the text', () => {
    const few = (seed: number): string[] =>
      indices.map((index) => '{}()'[(index * seed) % 7] ?? '');
    const hunks = diffSequences(few(3), few(5));
    assert.deepEqual(rebuild(few(3), few(5), hunks), few(5));
  });
});

function rebuild(
  before: readonly string[],
  after: readonly string[],
  hunks: readonly SequenceHunk[],
): string[] {
  const result: string[] = [];
  let position = 0;
  for (const hunk of hunks) {
    result.push(...before.slice(position, hunk.beforeStart));
    result.push(...after.slice(hunk.afterStart, hunk.afterEnd));
    position = hunk.beforeEnd;
  }
  return [...result, ...before.slice(position)];
}

function assertApart(hunks: readonly SequenceHunk[]): void {
  hunks.slice(1).forEach((hunk, index) => {
    assert.ok(hunk.beforeStart > (hunks[index]?.beforeEnd ?? 0), 'hunks meet');
  });
}

/** Length of the longest common subsequence, by the table of the textbooks. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const item of a) {
    const next = [0];
    b.forEach((other, index) => {
      const best = Math.max(row[index + 1] ?? 0, next[index] ?? 0);
      next.push(item === other ? (row[index] ?? 0) + 1 : best);
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}

function letters(word: string): string[] {
  return word.split('');
}
