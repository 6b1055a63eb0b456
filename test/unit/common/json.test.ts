import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { asArray, asRecord, parseJson, readCount, readString } from '../../../src/common/json';

suite('reading JSON', () => {
  test('parseJson gives the value, or the error as a value', () => {
    assert.deepEqual(parseJson('{"a":[1]}'), { ok: true, value: { a: [1] } });
    const failed = parseJson('{');
    assert.ok(!failed.ok);
    assert.ok(failed.error instanceof SyntaxError);
  });

  test('parseJson throws for no text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(typeof parseJson(text).ok, 'boolean');
      }),
    );
  });

  const rest = [null, undefined, 0, 1, '', 'a', true];

  test('asRecord takes objects and nothing else', () => {
    assert.deepEqual(asRecord({ a: 1 }), { a: 1 });
    for (const value of [...rest, [], [{}]]) assert.equal(asRecord(value), null);
  });

  test('asArray takes lists and makes an empty one of everything else', () => {
    assert.deepEqual(asArray([1, null]), [1, null]);
    for (const value of [...rest, {}, { length: 1 }]) assert.deepEqual(asArray(value), []);
  });

  test('readString takes text that is not empty', () => {
    assert.equal(readString('a'), 'a');
    for (const value of ['', null, undefined, 7, {}, ['a']]) assert.equal(readString(value), null);
  });

  test('readCount takes whole numbers from zero on', () => {
    assert.equal(readCount(0), 0);
    assert.equal(readCount(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
    for (const value of [-1, 0.5, Number.NaN, Infinity, 2 ** 53, '1', null, undefined, true]) {
      assert.equal(readCount(value), null);
    }
  });
});
