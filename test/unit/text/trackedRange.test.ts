import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type TextChange } from '../../../src/text/offsets';
import { trackRange, updateTrackedRange } from '../../../src/text/trackedRange';
import { readScene, writeRange } from './rangeNotation';

function textAfter(text: string, changes: readonly TextChange[]): string {
  return applyEdits(
    text,
    changes.map((change) => ({
      offset: change.offset,
      length: change.deletedLength,
      text: change.insertedText,
    })),
  );
}

suite('updateTrackedRange', () => {
  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    ['typed above', 'a{|X}b[cd]e', 'aXb[cd]e untouched'],
    ['deleted above', '{ab|}c[de]f', 'c[de]f untouched'],
    ['typed below', 'a[bc]d{|X}', 'a[bc]dX untouched'],
    ['typed at the left edge', 'ab{|X}[cd]e', 'abX[cd]e untouched'],
    ['typed at the right edge', 'ab[cd]{|X}e', 'ab[cd]Xe untouched'],
    ['replaced up to the left edge', '{ab|X}[cd]e', 'X[cd]e untouched'],
    ['replaced from the right edge', 'ab[cd]{e|XY}', 'ab[cd]XY untouched'],
    ['typed inside', 'a[b{|X}c]d', 'a[bXc]d touched'],
    ['replaced at the start of the inside', 'a[{b|XY}c]d', 'a[XYc]d touched'],
    ['deleted at the end of the inside', 'a[b{c|}]d', 'a[b]d touched'],
    ['replaced exactly', 'a[{bc|XYZ}]d', 'a[XYZ]d touched'],
    ['deleted exactly', 'a[{bc|}]d', 'a[]d gone'],
    ['over the left edge', 'a{b[c|X}d]e', 'aX[d]e touched'],
    ['over the right edge', 'a[b{c]d|X}e', 'a[b]Xe touched'],
    ['deleted over the left edge', '{ab[c|}d]e', '[d]e touched'],
    ['the range and more before', '{a[bc|X}]d', '[X]d gone'],
    ['the range and more behind', 'a[{bc]d|X}', 'a[X] gone'],
    ['the whole document', '{a[bc]d|WXYZ}', '[WXYZ] gone'],
    ['an empty range, typed at it', 'a{|X}[]b', 'aX[]b untouched'],
    ['an empty range, deleted around it', '{a[]b|}c', '[]c gone'],
    ['above and below at once', '{a|}b[c]d{e|XY}', 'b[c]dXY untouched'],
    ['above and inside at once', '{|X}a[b{|Y}c]d', 'Xa[bYc]d touched'],
    ['many cursors', '{|X}a[{|X}b{|X}c]{|X}d', 'XaX[bXc]Xd touched'],
    ['two changes that meet inside', '{a[b|X}{c]d|Y}', '[X]Y gone'],
    ['both ends cut', '{a[b|X}c{d]e|Y}', 'X[c]Y touched'],
    ['a change of nothing', 'a[b{|}c]d', 'a[bc]d untouched'],
    ['no change at all', 'a[bc]d', 'a[bc]d untouched'],
  ];
  for (const [name, before, after] of cases) {
    test(name, () => {
      const { text, range, changes } = readScene(before);
      for (const order of [changes, [...changes].reverse()]) {
        const updated = updateTrackedRange(trackRange(range), order);
        assert.equal(writeRange(textAfter(text, changes), updated), after);
      }
    });
  }

  test('touched stays touched, gone stays gone', () => {
    const above: TextChange = { offset: 0, deletedLength: 0, insertedText: 'XY' };
    for (const state of ['touched', 'gone'] as const) {
      assert.deepEqual(updateTrackedRange({ state, start: 3, end: 5 }, [above]), {
        state,
        start: 5,
        end: 7,
      });
    }
  });

  test('keeps exactly the characters it held, over any sequence of events', () => {
    fc.assert(
      fc.property(scenario(), ({ length, from, to, events }) => {
        // Each character knows where it comes from: an independent account of what moves where.
        let characters: Origin[] = Array.from({ length }, (_, index) =>
          index >= from && index < to ? 'inside' : 'outside',
        );
        let range = trackRange({ start: from, end: to });
        for (const event of events) {
          const changes = placeChanges(characters.length, event);
          characters = applyToOrigins(characters, changes);
          range = updateTrackedRange(range, changes);
          if (range.state === 'gone') return;
          const held = characters.slice(range.start, range.end);
          assert.ok(range.start <= range.end && range.end <= characters.length);
          assert.ok(!held.includes('outside'), 'holds a character from outside');
          assert.equal(count(held, 'inside'), count(characters, 'inside'), 'lost a character');
          if (range.state === 'untouched') assert.equal(count(held, 'inside'), to - from);
          if (range.state === 'untouched') assert.ok(!held.includes('typed'));
        }
      }),
      { numRuns: 3000 },
    );
  });
});

type Origin = 'inside' | 'outside' | 'typed';

/** Numbers from 0 to 1 that become cuts of a text of any length: [start, end, start, end, …]. */
interface RandomEvent {
  readonly cuts: readonly number[];
  readonly insertedLengths: readonly number[];
}

function scenario(): fc.Arbitrary<{
  length: number;
  from: number;
  to: number;
  events: RandomEvent[];
}> {
  const event = fc.record({
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 }),
    insertedLengths: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
  });
  return fc
    .record({
      length: fc.integer({ min: 1, max: 30 }),
      edges: fc.tuple(fc.nat(29), fc.nat(29)),
      events: fc.array(event, { minLength: 1, maxLength: 5 }),
    })
    .map(({ length, edges, events }) => {
      const [from = 0, to = 0] = edges.map((edge) => edge % length).sort((a, b) => a - b);
      return { length, from, to: to + 1, events };
    });
}

function placeChanges(length: number, event: RandomEvent): TextChange[] {
  const cuts = event.cuts
    .map((cut) => Math.floor(cut * (length + 1)))
    .map((cut) => Math.min(cut, length));
  cuts.sort((a, b) => a - b);
  const changes: TextChange[] = [];
  for (let index = 0; index + 1 < cuts.length; index += 2) {
    const offset = cuts[index] ?? 0;
    // Two changes at one offset have no order of their own.
    if (changes.some((change) => change.offset === offset)) continue;
    changes.push({
      offset,
      deletedLength: (cuts[index + 1] ?? offset) - offset,
      insertedText: 'x'.repeat(event.insertedLengths[index / 2] ?? 0),
    });
  }
  return changes;
}

function applyToOrigins(origins: readonly Origin[], changes: readonly TextChange[]): Origin[] {
  const result: Origin[] = [];
  let position = 0;
  for (const { offset, deletedLength, insertedText } of changes) {
    result.push(...origins.slice(position, offset));
    result.push(...Array.from(insertedText, (): Origin => 'typed'));
    position = offset + deletedLength;
  }
  return [...result, ...origins.slice(position)];
}

function count(origins: readonly Origin[], wanted: Origin): number {
  return origins.filter((origin) => origin === wanted).length;
}
