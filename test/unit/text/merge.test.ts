import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type MergeInput, mergeThreeWay } from '../../../src/text/merge';
import { assertEndsWithin } from '../../support/cpuTime';

/** `|` ends a line, so that versions are readable in a table. */
function lines(notation: string): string {
  return notation.replaceAll('|', '\n');
}

function merge(base: string, mine: string, theirs: string): string {
  const result = mergeThreeWay({ base: lines(base), mine: lines(mine), theirs: lines(theirs) });
  if (result.kind === 'merged') return result.text.replaceAll('\n', '|');
  return result.regions
    .map((region) =>
      region.kind === 'agreed' ? region.text : `<${region.mine}^${region.base}^${region.theirs}>`,
    )
    .join('')
    .replaceAll('\n', '|');
}

suite('mergeThreeWay', () => {
  const cases: readonly (readonly [
    name: string,
    base: string,
    mine: string,
    theirs: string,
    merged: string,
  ])[] = [
    ['nothing changed', 'a|b|', 'a|b|', 'a|b|', 'a|b|'],
    ['mine alone', 'a|b|c|', 'a|B|c|', 'a|b|c|', 'a|B|c|'],
    ['theirs alone', 'a|b|c|', 'a|b|c|', 'a|B|c|', 'a|B|c|'],
    ['both, apart', 'a|b|c|', 'A|b|c|', 'a|b|C|', 'A|b|C|'],
    ['both the same', 'a|b|c|', 'a|X|c|', 'a|X|c|', 'a|X|c|'],
    ['both the same, and theirs more', 'a|b|c|d|e|', 'a|X|c|d|e|', 'a|X|c|d|E|', 'a|X|c|d|E|'],
    ['both, one line', 'a|b|c|', 'a|X|c|', 'a|Y|c|', 'a|<X|^b|^Y|>c|'],
    ['lines that meet', 'a|b|c|d|', 'a|X|c|d|', 'a|b|Y|d|', 'a|<X|c|^b|c|^b|Y|>d|'],
    ['one deletes what the other changes', 'a|b|c|', 'a|c|', 'a|X|c|', 'a|<^b|^X|>c|'],
    ['two insertions at one place', 'a|b|', 'a|X|b|', 'a|Y|b|', 'a|<X|^^Y|>b|'],
    ['insertions at both ends', 'a|b|', 'X|a|b|', 'a|b|Y|', 'X|a|b|Y|'],
    ['deletions apart', 'a|b|c|d|e|', 'a|c|d|e|', 'a|b|c|e|', 'a|c|e|'],
    ['mine deletes all', 'a|b|', '', 'a|B|', '<^a|b|^a|B|>'],
    ['from nothing', '', 'X|', 'Y|', '<X|^^Y|>'],
    ['no final line ending', 'a|b|c', 'A|b|c', 'a|b|C', 'A|b|C'],
    ['theirs adds the final line ending', 'a|b|c', 'A|b|c', 'a|b|c|', 'A|b|c|'],
    ['indentation counts', 'a| b|c|', 'a|\tb|c|', 'a|  b|c|', 'a|<\tb|^ b|^  b|>c|'],
    ['blank lines', 'a||b||c|', 'a||b|||c|', 'A||b||c|', 'A||b|||c|'],
  ];
  for (const [name, base, mine, theirs, merged] of cases) {
    test(name, () => {
      assert.equal(merge(base, mine, theirs), merged);
    });
  }

  test('keeps line endings, byte order mark and tabs of each line', () => {
    const base = '\uFEFFa\r\n\tb\nc\rd';
    const merged = mergeThreeWay({
      base,
      mine: '\uFEFFa\r\n\tB\nc\rd',
      theirs: '\uFEFFa\r\n\tb\nc\rD',
    });
    assert.deepEqual(merged, { kind: 'merged', text: '\uFEFFa\r\n\tB\nc\rD' });
  });

  test('takes another line ending for another line', () => {
    const merged = mergeThreeWay({ base: 'a\nb\n', mine: 'a\r\nb\n', theirs: 'A\nb\n' });
    assert.equal(merged.kind, 'conflicts');
  });

  test('takes names of object members for lines like any other', () => {
    assert.equal(
      merge('__proto__|x|constructor|', '__proto__|y|constructor|', '__proto__|x|toString|'),
      '__proto__|<y|constructor|^x|constructor|^x|toString|>',
    );
  });

  test('merges a long text of like lines in little time', () => {
    const base = Array.from({ length: 6000 }, (_, index) =>
      index % 3 === 0 ? '}\n' : `line ${String(index)}\n`,
    );
    const mine = base.with(100, 'mine\n');
    const theirs = base.with(5900, 'theirs\n');
    const expected = mine.with(5900, 'theirs\n');
    const result = mergeThreeWay({
      base: base.join(''),
      mine: mine.join(''),
      theirs: theirs.join(''),
    });
    assert.deepEqual(result, { kind: 'merged', text: expected.join('') });
  });
});

const text = fc
  .array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', '\t}\n', 'a'), { maxLength: 8 })
  .map((parts) => parts.join(''));

suite('mergeThreeWay, laws', () => {
  test('a side that changed nothing, and two sides that agree', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        const merged = { kind: 'merged', text: other };
        assert.deepEqual(mergeThreeWay({ base, mine: base, theirs: other }), merged);
        assert.deepEqual(mergeThreeWay({ base, mine: other, theirs: base }), merged);
        assert.deepEqual(mergeThreeWay({ base, mine: other, theirs: other }), merged);
      }),
      { numRuns: 1000 },
    );
  });

  test('regions cover each side completely, and no conflict is one', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const result = mergeThreeWay({ base, mine, theirs });
        if (result.kind === 'merged') return;
        for (const region of result.regions) {
          if (region.kind === 'agreed') continue;
          assert.notEqual(region.mine, region.theirs);
          assert.notEqual(region.base, region.mine);
          assert.notEqual(region.base, region.theirs);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('does not prefer a side', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const one = mergeThreeWay({ base, mine, theirs });
        const other = mergeThreeWay({ base, mine: theirs, theirs: mine });
        assert.equal(one.kind, other.kind);
        if (one.kind === 'merged') assert.deepEqual(one, other);
      }),
      { numRuns: 1500 },
    );
  });
});

/** What becomes of one line of the base on one side; `insert` adds a line before it. */
type LineEdit = 'keep' | 'change' | 'delete' | 'insert';

interface LinePlan {
  readonly mine: LineEdit;
  readonly theirs: LineEdit;
}

suite('mergeThreeWay, against a merge that is known', () => {
  const edit = fc.constantFrom<LineEdit>('keep', 'keep', 'change', 'delete', 'insert');
  const plan = fc.oneof(
    fc.record({ mine: edit, theirs: fc.constant<LineEdit>('keep') }),
    fc.record({ mine: fc.constant<LineEdit>('keep'), theirs: edit }),
  );

  test('changes with an unchanged line between them are all taken', () => {
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 12 }), (plans) => {
        const { base, mine, theirs, merged } = build(plans.flatMap((each) => [each, KEEP]));
        assert.deepEqual(mergeThreeWay({ base, mine, theirs }), { kind: 'merged', text: merged });
      }),
      { numRuns: 2000 },
    );
  });

  test('one line that both change differently is exactly one conflict', () => {
    fc.assert(
      fc.property(
        fc.array(plan, { maxLength: 6 }),
        fc.array(plan, { maxLength: 6 }),
        (above, below) => {
          const both: LinePlan = { mine: 'change', theirs: 'change' };
          const apart = (plans: readonly LinePlan[]): LinePlan[] =>
            plans.flatMap((each) => [each, KEEP]);
          const { base, mine, theirs } = build([...apart(above), both, KEEP, ...apart(below)]);
          const result = mergeThreeWay({ base, mine, theirs });
          assert.equal(result.kind, 'conflicts');
          const conflicts = result.regions.filter(({ kind }) => kind === 'conflict');
          const line = String(2 * above.length);
          assert.deepEqual(conflicts, [
            {
              kind: 'conflict',
              base: `line ${line}\n`,
              mine: `mine ${line}\n`,
              theirs: `theirs ${line}\n`,
            },
          ]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const KEEP: LinePlan = { mine: 'keep', theirs: 'keep' };

/** Makes three versions of distinct lines, in which a diff has no choice, and their merge. */
function build(plans: readonly LinePlan[]): MergeInput & { readonly merged: string } {
  const write = (edit: LineEdit, side: string, index: number): string => {
    const kept = `line ${String(index)}\n`;
    const own = `${side} ${String(index)}\n`;
    return { keep: kept, change: own, delete: '', insert: own + kept }[edit];
  };
  const joined = (lineOf: (each: LinePlan, index: number) => string): string =>
    plans.map(lineOf).join('');
  return {
    base: joined((_, index) => write('keep', '', index)),
    mine: joined(({ mine }, index) => write(mine, 'mine', index)),
    theirs: joined(({ theirs }, index) => write(theirs, 'theirs', index)),
    merged: joined(({ mine, theirs }, index) =>
      mine === 'keep' ? write(theirs, 'theirs', index) : write(mine, 'mine', index),
    ),
  };
}

suite('merging what is hard to compare', () => {
  const base = Array.from(
    { length: 30_000 },
    (_, index) => `line ${index % 97} ${index % 3 || index}`,
  );
  const text = (lines: readonly string[]): string => lines.join('\n');
  const shapes: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
    'turned round': [base.toReversed(), base.map((line, index) => (index % 2 ? `${line}!` : line))],
    shuffled: [
      base.map((_, index) => base[(index * 7919) % base.length] ?? ''),
      base.map((_, index) => base[(index * 104729) % base.length] ?? ''),
    ],
    'of equal lines': [base.map(() => '}'), base.map(() => '{')],
    'changed everywhere': [base.map((line) => `${line}a`), base.map((line) => `${line}b`)],
  };
  for (const [name, [mine, theirs]] of Object.entries(shapes)) {
    test(`${name} ends soon, and loses nothing`, () => {
      const texts = { base: text(base), mine: text(mine), theirs: text(theirs) };
      assertEndsWithin(3_000, () => assert.equal(mergeThreeWay(texts).kind, 'conflicts'));
    });
  }

  test('larger texts are shown beside each other', () => {
    const large = 'x\n'.repeat(400_000);
    const result = mergeThreeWay({ base: large, mine: `${large}a`, theirs: `b${large}` });
    assert.equal(result.kind, 'conflicts');
  });

  test('so are more lines than can be merged in one turn, however short', () => {
    const sides = (count: number): string =>
      mergeThreeWay({
        base: 'x\n'.repeat(count),
        mine: `${'x\n'.repeat(count)}a\n`,
        theirs: `b\n${'x\n'.repeat(count)}`,
      }).kind;
    assert.deepEqual([sides(9_900), sides(10_100)], ['merged', 'conflicts']);
  });
});
