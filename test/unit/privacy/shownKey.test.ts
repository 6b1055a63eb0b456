import assert from 'node:assert/strict';
import { shownKey } from '../../../src/privacy/knownTokens';

suite('a key as it is shown', () => {
  test('has what the keys of its provider begin with, and its end', () => {
    assert.equal(shownKey(`sk-or-v1-${'a'.repeat(60)}1234`), 'sk-or-…1234');
    assert.equal(shownKey(`other-${'b'.repeat(60)}5678`), '…5678');
    assert.equal(shownKey(`gsk_${'c'.repeat(60)}9012`), 'gsk_…9012');
    assert.equal(shownKey('sk-or-v1-short'), '…');
  });
});
