import assert from 'node:assert/strict';
import {
  type Draft,
  type DraftEvent,
  DraftTransitionError,
  isEnded,
  reduceDraft,
  withDocumentChanges,
  withDocumentUri,
} from '../../../src/drafts/draft';
import { MARKS, readyDraft, runningDraft, VERIFIED } from './exampleDraft';

const applied: DraftEvent = { type: 'applied', atMs: 5 };
const discarded: DraftEvent = { type: 'discarded', atMs: 6 };
const failed: DraftEvent = { type: 'failed', reason: 'run-failed' };
const interrupted: DraftEvent = { type: 'failed', reason: 'interrupted' };
const edited: DraftEvent = { type: 'edited', text: 'mine\n' };
const revived: DraftEvent = {
  type: 'revived',
  range: { start: 7, end: 9 },
  documentVersion: 12,
};
const conflicted: DraftEvent = {
  type: 'conflicted',
  range: { start: 4, end: 8 },
  mine: 'now\n',
  text: '<<<<<<<',
  marks: MARKS,
};

function after(draft: Draft, ...events: readonly DraftEvent[]): Draft {
  return events.reduce(reduceDraft, draft);
}

const drafts = {
  running: after(runningDraft(), { type: 'partial-text', text: 'par' }),
  ready: readyDraft(),
  applied: after(readyDraft(), applied),
  discarded: after(readyDraft(), discarded),
  'stale run': after(runningDraft(), { type: 'partial-text', text: 'par' }, interrupted),
  'stale proposal': after(readyDraft(), { type: 'failed', reason: 'document-deleted' }),
};

const events: readonly DraftEvent[] = [
  { type: 'partial-text', text: 'x' },
  { type: 'proposed', text: 'x', proof: null },
  edited,
  { type: 'proved', proof: VERIFIED },
  conflicted,
  failed,
  { type: 'partial-accepted' },
  revived,
  applied,
  discarded,
];

/** Every event that a state takes; all others must throw. */
const taken: Record<keyof typeof drafts, readonly DraftEvent['type'][]> = {
  running: ['partial-text', 'proposed', 'failed', 'discarded'],
  ready: ['edited', 'proved', 'conflicted', 'failed', 'applied', 'discarded'],
  applied: [],
  discarded: [],
  'stale run': ['partial-accepted', 'discarded'],
  'stale proposal': ['revived', 'discarded'],
};

suite('reduceDraft', () => {
  for (const [name, draft] of Object.entries(drafts)) {
    test(`takes what a ${name} draft takes, and throws for the rest`, () => {
      for (const event of events) {
        if (taken[name as keyof typeof drafts].includes(event.type)) {
          reduceDraft(draft, event);
        } else {
          assert.throws(() => reduceDraft(draft, event), DraftTransitionError, event.type);
        }
      }
    });
  }

  test('does not change the draft it is given', () => {
    const draft = readyDraft();
    const before = structuredClone(draft);
    for (const event of [edited, conflicted, failed, applied]) reduceDraft(draft, event);
    assert.deepEqual(draft, before);
  });

  test('an edit takes the proof away, the same text does not', () => {
    const proved = after(readyDraft(), { type: 'proved', proof: VERIFIED });
    const same = after(proved, { type: 'edited', text: 'proposed\n' });
    assert.equal(same, proved);
    const { state } = after(proved, edited);
    assert.deepEqual(state, {
      status: 'ready',
      proposed: 'mine\n',
      completeness: 'complete',
      proof: null,
      conflict: null,
    });
  });

  test('a conflict makes the text of now the base', () => {
    const draft = after(readyDraft(), conflicted);
    assert.equal(draft.base, 'now\n');
    assert.deepEqual(draft.range, { state: 'untouched', start: 4, end: 8 });
    assert.equal(draft.state.status === 'ready' && draft.state.conflict, MARKS);
  });

  test('conflict marks survive edits, staleness and revival', () => {
    const draft = after(readyDraft(), conflicted, edited, failed, revived);
    assert.deepEqual(draft.state, {
      status: 'ready',
      proposed: 'mine\n',
      completeness: 'complete',
      proof: null,
      conflict: MARKS,
    });
    assert.deepEqual(draft.range, { state: 'touched', start: 7, end: 9 });
    assert.equal(draft.documentVersion, 12);
  });

  test('a failed run keeps what had arrived, and the user may go on with it', () => {
    const stale = drafts['stale run'];
    assert.deepEqual(stale.state, {
      status: 'stale',
      reason: 'interrupted',
      text: 'par',
      proposal: null,
    });
    const draft = after(stale, { type: 'partial-accepted' });
    assert.equal(draft.state.status === 'ready' && draft.state.completeness, 'partial');
    const again = after(draft, failed, revived);
    assert.equal(again.state.status === 'ready' && again.state.completeness, 'partial');
  });

  test('ends by apply and discard alone', () => {
    const ended = Object.entries(drafts).filter(([, draft]) => isEnded(draft));
    assert.deepEqual(
      ended.map(([name]) => name),
      ['applied', 'discarded'],
    );
  });
});

suite('Draft and its document', () => {
  test('follows changes in every state', () => {
    const change = { offset: 0, deletedLength: 0, insertedText: 'xy' };
    for (const draft of Object.values(drafts)) {
      const moved = withDocumentChanges(draft, [change], 9);
      assert.equal(moved.range.start, draft.range.start + 2);
      assert.equal(moved.documentVersion, 9);
      assert.equal(moved.state, draft.state);
    }
  });

  test('follows a new name', () => {
    assert.equal(withDocumentUri(readyDraft(), 'file:///b.ts').documentUri, 'file:///b.ts');
  });
});
