import assert from 'node:assert/strict';
import {
  type Draft,
  type DraftEvent,
  DraftTransitionError,
  isEnded,
  reduceDraft,
  withDocumentChanges,
  withRenamedFile,
} from '../../../src/drafts/draft';
import { APPLIED, MARKS, readyDraft, runningDraft, VERIFIED } from './exampleDraft';

const applied = APPLIED;
const discarded: DraftEvent = { type: 'discarded', atMs: 6 };
const failed: DraftEvent = { type: 'failed', reason: 'run-failed' };
const interrupted: DraftEvent = { type: 'failed', reason: 'interrupted' };
const edited: DraftEvent = { type: 'edited', text: 'mine\n' };
const conflicted: DraftEvent = {
  type: 'conflicted',
  range: { state: 'untouched', start: 4, end: 8 },
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
  'discarded while running': after(runningDraft(), discarded),
  stale: after(runningDraft(), { type: 'partial-text', text: 'par' }, interrupted),
};

const events: readonly DraftEvent[] = [
  { type: 'partial-text', text: 'x' },
  { type: 'proposed', text: 'x', proof: null },
  edited,
  { type: 'proved', proof: VERIFIED },
  conflicted,
  failed,
  { type: 'partial-accepted' },
  applied,
  discarded,
];

/** Every event that a state takes; all others must throw. */
const taken: Record<keyof typeof drafts, readonly DraftEvent['type'][]> = {
  running: ['partial-text', 'proposed', 'failed', 'discarded'],
  ready: ['edited', 'proved', 'conflicted', 'applied', 'discarded'],
  applied: ['edited', 'applied'],
  discarded: ['edited', 'applied'],
  'discarded while running': [],
  stale: ['partial-accepted', 'discarded'],
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
    for (const event of [edited, conflicted, applied]) reduceDraft(draft, event);
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

  test('what the user takes is not in doubt for want of the orchestrator, but for all else', () => {
    const proposed: DraftEvent = {
      type: 'proposed',
      text: 'new\n',
      proof: null,
      doubts: ['unaccepted', 'syntax-errors'],
    };
    const accepted: DraftEvent = { type: 'accepted' };
    assert.deepEqual(after(runningDraft(), proposed, accepted).doubts, ['syntax-errors']);
    const alone: DraftEvent = { ...proposed, doubts: ['unaccepted'] };
    assert.equal(after(runningDraft(), alone, accepted).doubts, undefined);
    assert.equal(after(runningDraft(), alone).doubts?.length, 1);
  });

  test('a conflict makes the text of now the base', () => {
    const draft = after(readyDraft(), conflicted);
    assert.equal(draft.base, 'now\n');
    assert.deepEqual(draft.range, { state: 'untouched', start: 4, end: 8 });
    assert.equal(draft.state.status === 'ready' && draft.state.conflict, MARKS);
  });

  test('conflict marks survive edits, and an end that typing undoes', () => {
    for (const draft of [
      after(readyDraft(), conflicted, edited),
      after(readyDraft(), conflicted, discarded, edited),
    ]) {
      assert.deepEqual(draft.state, {
        status: 'ready',
        proposed: 'mine\n',
        completeness: 'complete',
        proof: null,
        conflict: MARKS,
      });
    }
  });

  test('what is typed after Apply is a change to what was applied', () => {
    const same = after(readyDraft(), applied, { type: 'edited', text: 'proposed\n' });
    assert.equal(same.state.status, 'applied');
    for (const draft of [
      after(readyDraft(), applied, edited),
      after(readyDraft(), edited, applied),
    ]) {
      assert.equal(draft.base, 'proposed\n');
      assert.deepEqual(draft.range, applied.place.range);
      assert.equal(draft.state.status === 'ready' && draft.state.proposed, 'mine\n');
    }
  });

  test('what is typed after Discard brings the draft back as it was', () => {
    const draft = after(readyDraft(), discarded, edited);
    assert.deepEqual(draft, after(readyDraft(), edited));
  });

  test('a failed run keeps what had arrived, and the user may go on with it', () => {
    const { stale } = drafts;
    assert.deepEqual(stale.state, {
      status: 'stale',
      reason: 'interrupted',
      text: 'par',
    });
    const draft = after(stale, { type: 'partial-accepted' });
    assert.equal(draft.state.status === 'ready' && draft.state.completeness, 'partial');
  });

  test('ends by apply and discard alone', () => {
    const ended = Object.entries(drafts).filter(([, draft]) => isEnded(draft));
    assert.deepEqual(
      ended.map(([name]) => name),
      ['applied', 'discarded', 'discarded while running'],
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

  test('follows a new name of its file, or of a folder above it', () => {
    const name = (from: string, to: string): string =>
      withRenamedFile(readyDraft(), from, to).documentUri;
    assert.equal(name('file:///a.ts', 'file:///b.ts'), 'file:///b.ts');
    assert.equal(name('file://', 'memory://'), 'memory:///a.ts');
    assert.equal(name('file:///a', 'file:///b'), 'file:///a.ts');
  });

  test('of a notebook’s cell the notebook is renamed', () => {
    const cell = { ...readyDraft(), notebookUri: 'file:///n.ipynb' };
    const renamed = withRenamedFile(cell, 'file:///n.ipynb', 'file:///m.ipynb');
    assert.equal(renamed.notebookUri, 'file:///m.ipynb');
    assert.equal(renamed.documentUri, cell.documentUri);
  });
});
