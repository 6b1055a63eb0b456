import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UnwrappedText } from '../../../../src/delegation/answer/unwrappedText';

/** What is shown of a text that comes in such pieces. */
function shown(...pieces: readonly string[]): string {
  const text = new UnwrappedText();
  return pieces.map((piece) => text.push(piece)).join('') + text.end();
}

suite('UnwrappedText', () => {
  test('shows the answer without the object around it', () => {
    assert.equal(shown('{"answer":[1,2]}'), '[1,2]');
    assert.equal(shown(' { "answer" :\n [{"a":{}}]\n}\n'), '[{"a":{}}]');
  });

  test('shows anything else as it came', () => {
    for (const text of [
      '[1]',
      '{"answers":[1]}',
      '{"a":{}}',
      'No {"answer":1}',
      '{"ans',
      '',
      '{}',
    ]) {
      assert.equal(shown(text), text);
    }
  });

  test('shows the same however it is cut', () => {
    const value = fc.jsonValue().map((each) => JSON.stringify([each]));
    fc.assert(
      fc.property(value, fc.array(fc.nat(40), { maxLength: 6 }), (list, cuts) => {
        const whole = `{"answer": ${list}}`;
        const pieces: string[] = [];
        let from = 0;
        for (const length of cuts) {
          pieces.push(whole.slice(from, from + length));
          from += length;
        }
        assert.equal(shown(...pieces, whole.slice(from)), list);
      }),
      { numRuns: 300 },
    );
  });

  test('takes any number of blanks in its stride', () => {
    const blanks = ' '.repeat(100_000);
    const text = new UnwrappedText();
    assert.equal(text.push('{"answer":['), '[');
    let length = 0;
    for (let piece = 0; piece < 200; piece += 1) length += text.push(blanks).length;
    assert.equal(length + text.push('1]}').length, 200 * blanks.length + 2);
    assert.equal(text.end(), '');
    assert.equal(shown(blanks, '{"answer":1}'), `${blanks}{"answer":1}`);
  });

  test('shows what has arrived at once, but for a brace that may be the last', () => {
    const text = new UnwrappedText();
    assert.equal(text.push('{"answer":'), '');
    assert.equal(text.push('[{"a":1}'), '[{"a":1');
    assert.equal(text.push(',{'), '},{');
  });
});
