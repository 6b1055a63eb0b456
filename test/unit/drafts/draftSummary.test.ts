import assert from 'node:assert/strict';
import { changeSize, summarizeDraft, verdictOf } from '../../../src/drafts/draftSummary';
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
    structure: 0,
    code: 0,
  },
};

suite('summarizeDraft', () => {
  test('a running draft has nothing to apply', () => {
    assert.deepEqual(summarizeDraft(runningDraft()), {
      status: 'running',
      originLabel: 'Refactor a.ts:2–3',
      staleReason: null,
      change: null,
      proof: null,
      isTouched: false,
      openConflicts: 0,
      confirmations: [],
    });
  });

  test('a stale draft says why', () => {
    const draft = reduceDraft(runningDraft(), { type: 'failed', reason: 'interrupted' });
    assert.equal(summarizeDraft(draft).staleReason, 'interrupted');
  });

  test('a proof that found changes, or a partial answer, asks once more', () => {
    const asks = (proof: ProofResult): readonly string[] =>
      summarizeDraft(reduceDraft(readyDraft(), { type: 'proved', proof })).confirmations;
    assert.deepEqual(asks(VERIFIED), []);
    assert.deepEqual(asks(CHANGED), ['proof-changed']);
    const stale = reduceDraft(runningDraft(), { type: 'failed', reason: 'interrupted' });
    const partial = reduceDraft(stale, { type: 'partial-accepted' });
    assert.deepEqual(summarizeDraft(partial).confirmations, ['partial-answer']);
  });

  test('counts conflicts, and a marker that is left over as one', () => {
    const open = (text: string): number =>
      summarizeDraft(
        reduceDraft(readyDraft(), {
          type: 'conflicted',
          range: { state: 'untouched', start: 0, end: 1 },
          mine: 'x',
          text,
          marks: MARKS,
        }),
      ).openConflicts;
    assert.equal(open('<<<<<<< a (n0nce)\n<<<<<<< a (n0nce)\n'), 2);
    assert.equal(open('=======\n'), 1);
    assert.equal(open('resolved\n'), 0);
  });

  test('says that applying will merge', () => {
    const draft = readyDraft();
    const touched = { ...draft, range: { ...draft.range, state: 'touched' as const } };
    assert.equal(summarizeDraft(draft).isTouched, false);
    assert.equal(summarizeDraft(touched).isTouched, true);
  });
});

suite('changeSize', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a\nb\n', 'a\nb\n', '0 hunks +0 -0'],
    ['a\nb\nc\n', 'a\nB\nX\nc\n', '1 hunks +2 -1'],
    ['a\nb\nc\nd\n', 'A\nb\nc\n', '2 hunks +1 -2'],
    ['a\r\nb\r\n', 'a\nb\n', '0 hunks +0 -0'],
    ['', 'a\n', '1 hunks +1 -0'],
  ];
  for (const [base, proposed, expected] of cases) {
    test(JSON.stringify([base, proposed]), () => {
      const { hunks, addedLines, removedLines } = changeSize(base, proposed);
      const written = `${String(hunks)} hunks +${String(addedLines)} -${String(removedLines)}`;
      assert.equal(written, expected);
    });
  }
});

suite('verdictOf', () => {
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
