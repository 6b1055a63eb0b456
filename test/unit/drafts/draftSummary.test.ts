import assert from 'node:assert/strict';
import { changeSize, verdictOf } from '../../../src/drafts/draftSummary';
import { reduceDraft } from '../../../src/drafts/draft';
import type { ProofResult } from '../../../src/drafts/proof/proofResult';
import { MARKS, readyDraft, runningDraft, VERIFIED } from './exampleDraft';

const CHANGED: ProofResult = {
  verdict: 'changed',
  claim: null,
  differences: [],
  differenceCount: 0,
  keepsAllLines: false,
  counts: {
    trailingCommasAdded: 1,
    trailingCommasRemoved: 0,
    semicolonsAdded: 0,
    semicolonsRemoved: 0,
    quotesChanged: 0,
    otherPunctuation: 0,
    comments: 0,
    directives: 0,
    structure: 0,
    code: 0,
  },
};

suite('changeSize', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a\nb\n', 'a\nb\n', '0 lines, 0 by indentation'],
    ['a\nb\nc\n', 'a\nB\nX\nc\n', '2 lines, 0 by indentation'],
    ['a\nb\nc\nd\n', 'A\nb\nc\n', '2 lines, 0 by indentation'],
    ['a\r\nb\r\n', 'a\nb\n', '0 lines, 0 by indentation'],
    ['', 'a\n', '1 lines, 0 by indentation'],
    ['  a\n  b\n  c=1\n', '    a\n    b\n    c = 1\n', '3 lines, 2 by indentation'],
    ['a \nb\n', 'a\nb\n', '1 lines, 1 by indentation'],
    ['a\n', '\ta\n\tb\n', '2 lines, 1 by indentation'],
  ];
  for (const [base, proposed, expected] of cases) {
    test(JSON.stringify([base, proposed]), () => {
      const { lines, byIndentation } = changeSize(base, proposed);
      assert.equal(`${String(lines)} lines, ${String(byIndentation)} by indentation`, expected);
    });
  }
});

suite('verdictOf', () => {
  test('a conflict is doubtful until the last marker is gone', () => {
    const verdict = (text: string): string | null =>
      verdictOf(
        reduceDraft(readyDraft(), {
          type: 'conflicted',
          range: { state: 'untouched', start: 0, end: 1 },
          mine: 'x',
          text,
          marks: MARKS,
        }),
      );
    assert.equal(verdict('<<<<<<< a (n0nce)\n'), 'doubtful');
    assert.equal(verdict('=======\n'), 'doubtful');
    assert.equal(verdict('resolved\n'), 'unproven');
  });

  test('says nothing of a draft that cannot be applied', () => {
    assert.equal(verdictOf(runningDraft()), null);
    const stale = reduceDraft(runningDraft(), { type: 'failed', reason: 'interrupted' });
    assert.equal(verdictOf(stale), null);
  });

  test('follows the proof of the present text', () => {
    const verified = reduceDraft(readyDraft(), { type: 'proved', proof: VERIFIED });
    assert.equal(verdictOf(verified), 'verified');
    const edited = reduceDraft(verified, { type: 'edited', text: 'something else' });
    assert.equal(verdictOf(edited), 'unproven');
    assert.equal(verdictOf(reduceDraft(edited, { type: 'proved', proof: CHANGED })), 'doubtful');
  });

  test('a broken-off answer is doubtful whatever its proof says', () => {
    const partial = reduceDraft(runningDraft(), { type: 'partial-text', text: 'begun' });
    const stale = reduceDraft(partial, { type: 'failed', reason: 'interrupted' });
    const accepted = reduceDraft(stale, { type: 'partial-accepted' });
    assert.equal(verdictOf(accepted), 'doubtful');
    assert.equal(verdictOf(reduceDraft(accepted, { type: 'proved', proof: VERIFIED })), 'doubtful');
  });
});
