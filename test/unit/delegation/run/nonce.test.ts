import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NONCE_PATTERN } from '../../../../src/delegation/run/markers';
import { drawNonce, randomFromTexts } from '../../../../src/delegation/run/nonce';
import { seededRandom } from '../kit';

suite('nonce', () => {
  test('is drawn again while it occurs in a text', () => {
    const first = drawNonce(seededRandom(3), []);
    assert.ok(first !== null);
    const second = drawNonce(seededRandom(3), ['some code', `x = "${first}"`]);
    assert.ok(second !== null);
    assert.notEqual(second, first);
    assert.match(second, NONCE_PATTERN);
  });

  test('gives up when every draw occurs', () => {
    assert.equal(
      drawNonce(() => 0, ['aaaaaaaa']),
      null,
    );
  });

  test('from texts: the same texts give the same, others another', () => {
    const nonceOf = (...texts: string[]): string | null => drawNonce(randomFromTexts(texts), texts);
    assert.equal(nonceOf('a', 'b'), nonceOf('a', 'b'));
    assert.notEqual(nonceOf('ab', 'c'), nonceOf('a', 'bc'));
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        assert.match(nonceOf(...texts) ?? '', NONCE_PATTERN);
      }),
    );
  });
});
