import assert from 'node:assert/strict';
import { followDocument } from '../../../src/drafts/followDocument';
import { relocateRange } from '../../../src/drafts/relocate';
import { readyDraft } from './exampleDraft';

const TEXT = 'base\nabove\nbase\nbelow\n';
const DRAFT = {
  ...readyDraft(),
  range: { state: 'untouched' as const, start: 11, end: 16 },
  surroundings: { before: 'above\n', after: 'below\n' },
};

suite('followDocument', () => {
  test('moves the range and renews its surroundings', () => {
    const next = followDocument(DRAFT, {
      changes: [{ offset: 0, deletedLength: 11, insertedText: 'other\n' }],
      text: 'other\nbase\nbelow\n',
      version: 8,
    });
    assert.deepEqual(next.range, { state: 'untouched', start: 6, end: 11 });
    assert.deepEqual(next.surroundings, { before: 'other\n', after: 'below\n' });
    assert.equal(next.documentVersion, 8);
  });

  test('line endings switched, which replaces the whole document, lose nothing', () => {
    const text = TEXT.replaceAll('\n', '\r\n');
    const next = followDocument(DRAFT, {
      changes: [{ offset: 0, deletedLength: TEXT.length, insertedText: text }],
      text,
      version: 8,
    });
    assert.equal(next.range.state, 'gone');
    const found = relocateRange(text, next);
    assert.deepEqual(found, { state: 'untouched', start: 13, end: 19 });
  });

  test('a deletion that is undone is found again', () => {
    const gone = followDocument(DRAFT, {
      changes: [{ offset: 5, deletedLength: 17, insertedText: '' }],
      text: 'base\n',
      version: 8,
    });
    // The same text at the start of the document is a copy, not the draft's own.
    assert.equal(relocateRange('base\n', gone), null);
    const back = followDocument(gone, {
      changes: [{ offset: 5, deletedLength: 0, insertedText: TEXT.slice(5) }],
      text: TEXT,
      version: 9,
    });
    assert.equal(back.range.state, 'gone');
    assert.deepEqual(relocateRange(TEXT, back), DRAFT.range);
  });
});
