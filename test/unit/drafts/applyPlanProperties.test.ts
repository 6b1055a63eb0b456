import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planApply } from '../../../src/drafts/applyPlan';
import { withEol } from '../../../src/text/lines';
import { mergeThreeWay } from '../../../src/text/merge';
import { type TextChange, applyEdits, invertEdits } from '../../../src/text/offsets';
import { type TrackedRange, trackRange, updateTrackedRange } from '../../../src/text/trackedRange';

/** A document, a selection, what the user did while the run lasted, and what came back. */
interface World {
  readonly eol: '\n' | '\r\n';
  readonly documentText: string;
  readonly start: number;
  readonly end: number;
  readonly events: readonly TextChange[];
  /** Hunks of the answer, by line of the selection, and whether the user rejected each. */
  readonly hunks: readonly Hunk[];
  readonly proposedEol: '\n' | '\r\n';
}

interface Hunk {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
  readonly isRejected: boolean;
}

const LINE = fc.constantFrom(
  '',
  '}',
  'a',
  'b',
  '\treturn a;',
  '  if (b) {',
  '\u{1F600}',
  '=======',
);
const SHARE = fc.double({ min: 0, max: 1, noNaN: true });
const EOL = fc.constantFrom('\n' as const, '\r\n' as const);

const world: fc.Arbitrary<World> = fc
  .record({
    eol: EOL,
    lines: fc.array(LINE, { minLength: 1, maxLength: 14 }),
    hasFinalEol: fc.boolean(),
    edges: fc.tuple(SHARE, SHARE),
    events: fc.array(
      fc.record({ at: SHARE, deleted: fc.nat(6), inserted: fc.constantFrom('', 'x', 'y\n', '\n') }),
      { maxLength: 4 },
    ),
    hunks: fc.array(
      fc.record({
        at: fc.nat(12),
        removed: fc.nat(2),
        added: fc.array(LINE, { maxLength: 2 }),
        isRejected: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    proposedEol: EOL,
  })
  .map(({ lines, hasFinalEol, edges, events, ...rest }) => {
    const documentText = lines.join(rest.eol) + (hasFinalEol ? rest.eol : '');
    const [start = 0, end = 0] = edges
      .map((share) => boundary(documentText, share))
      .sort((a, b) => a - b);
    let text = documentText;
    const changes = events.map(({ at, deleted, inserted }) => {
      const offset = boundary(text, at);
      const to = boundary(text, Math.min(1, (offset + deleted) / Math.max(1, text.length)));
      const change = {
        offset,
        deletedLength: Math.max(0, to - offset),
        insertedText: withEol(inserted, rest.eol),
      };
      text = afterChange(text, change);
      return change;
    });
    return { ...rest, documentText, start, end, events: changes };
  });

/** An offset that an editor could give: not between CR and LF, nor inside a surrogate pair. */
function boundary(text: string, share: number): number {
  let offset = Math.min(text.length, Math.floor(share * (text.length + 1)));
  while (/^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(offset - 1, offset + 1))) {
    offset--;
  }
  return offset;
}

function afterChange(text: string, change: TextChange): string {
  const { offset, deletedLength, insertedText } = change;
  return applyEdits(text, [{ offset, length: deletedLength, text: insertedText }]);
}

/** The right side after the user rejected some of the answer's hunks. */
function proposedText(base: string, hunks: readonly Hunk[], eol: string): string {
  const lines = withEol(base, '\n').split('\n');
  for (const { at, removed, added } of hunks.filter(({ isRejected }) => !isRejected)) {
    lines.splice(at % (lines.length + 1), removed, ...added);
  }
  return lines.join(eol);
}

function play(given: World): { text: string; range: TrackedRange; base: string; proposed: string } {
  const { start, end, events, documentText, hunks, proposedEol } = given;
  const base = documentText.slice(start, end);
  return {
    base,
    proposed: proposedText(base, hunks, proposedEol),
    text: events.reduce(afterChange, documentText),
    range: events.reduce(
      (range, change) => updateTrackedRange(range, [change]),
      trackRange({ start, end }),
    ),
  };
}

suite('planApply, any document, selection, answer and concurrent edits', () => {
  test('gives the three-way merge, leaves the rest alone, and is undone exactly', () => {
    const seen = { edits: 0, merged: 0, conflicts: 0, refused: 0 };
    fc.assert(
      fc.property(world, (given) => {
        const { text, range, base, proposed } = play(given);
        const { eol } = given;
        const plan = planApply({ documentText: text, eol, range, base, proposed, conflict: null });
        if (plan.kind === 'refused') {
          seen.refused++;
          assert.equal(range.state, 'gone');
          return;
        }
        const mine = text.slice(range.start, range.end);
        const expected = mergeThreeWay({
          base: withEol(base, '\n'),
          mine: withEol(mine, '\n'),
          theirs: withEol(proposed, '\n'),
        });
        if (plan.kind === 'conflicts') {
          seen.conflicts++;
          assert.equal(expected.kind, 'conflicts');
          assert.equal(plan.mine, mine);
          return;
        }
        seen.edits++;
        if (plan.isMerged) seen.merged++;
        const after = applyEdits(text, plan.edits);
        assert.equal(expected.kind, 'merged');
        const merged = withEol(expected.text, eol);
        assert.equal(after, text.slice(0, range.start) + merged + text.slice(range.end));
        for (const edit of plan.edits) {
          assert.ok(edit.offset >= range.start && edit.offset + edit.length <= range.end);
          assert.notEqual(text.slice(edit.offset, edit.offset + edit.length), edit.text);
        }
        assert.equal(applyEdits(after, invertEdits(text, plan.edits)), text);
      }),
      { numRuns: 4000 },
    );
    // The generator must reach every outcome, or the property says little. The rarest of them comes
    // about 110 times, give or take 10.
    for (const [name, count] of Object.entries(seen))
      assert.ok(count > 30, `${name}: ${String(count)}`);
  });

  test('without concurrent edits the range becomes exactly the right side', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { base, proposed } = play(given);
        const { documentText, start, end, eol } = given;
        const plan = planApply({
          documentText,
          eol,
          range: trackRange({ start, end }),
          base,
          proposed,
          conflict: null,
        });
        assert.equal(plan.kind, 'edits');
        assert.equal(plan.text, withEol(proposed, eol));
        assert.equal(plan.isMerged, false);
      }),
      { numRuns: 2000 },
    );
  });

  test('with all hunks rejected nothing happens, whatever the user did', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { text, range, base } = play({ ...given, hunks: [] });
        const plan = planApply({
          documentText: text,
          eol: given.eol,
          range,
          base,
          proposed: withEol(base, given.proposedEol),
          conflict: null,
        });
        if (range.state === 'gone') assert.equal(plan.kind, 'refused');
        else assert.deepEqual(plan.kind === 'edits' && plan.edits, []);
      }),
      { numRuns: 1500 },
    );
  });

  test('edits of the user outside the range never keep a draft from being applied', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { base, proposed } = play(given);
        const { documentText, start, end, eol } = given;
        // An insertion at an empty range is always before it.
        fc.pre(start < end);
        const before = `above${eol}${documentText.slice(0, start)}`;
        const after = `${documentText.slice(end)}below`;
        const moved = updateTrackedRange(trackRange({ start, end }), [
          { offset: 0, deletedLength: 0, insertedText: `above${eol}` },
          { offset: documentText.length, deletedLength: 0, insertedText: 'below' },
        ]);
        const text = before + base + after;
        const plan = planApply({
          documentText: text,
          eol,
          range: moved,
          base,
          proposed,
          conflict: null,
        });
        assert.equal(plan.kind, 'edits');
        assert.equal(applyEdits(text, plan.edits), before + withEol(proposed, eol) + after);
      }),
      { numRuns: 1500 },
    );
  });
});
