import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { DeltaText } from '../../../../src/openrouter/protocols/deltaText';

/** What is given for the deltas of one message, in pieces. */
function given(deltas: readonly string[], whole?: string): string[] {
  const pieces: string[] = [];
  const text = new DeltaText((piece) => pieces.push(piece));
  for (const delta of deltas) text.add(delta);
  if (whole !== undefined) text.complete(whole);
  text.settle();
  return pieces;
}

const join = (deltas: readonly string[], whole?: string): string => given(deltas, whole).join('');

suite('DeltaText', () => {
  test('joins deltas that bring new text, whatever they are', () => {
    const alphabet = fc.constantFrom('a', 'b', ' ', '-', '\n', 'word', 'é');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: alphabet, minLength: 1, maxLength: 6 })), (deltas) => {
        // Deltas that each begin with all before cannot be told from text that is sent whole.
        fc.pre(!(deltas[1] ?? '').startsWith(deltas[0] ?? ''));
        assert.equal(join(deltas), deltas.join(''));
      }),
    );
  });

  test('of deltas that each repeat all before, takes what is new', () => {
    const words = fc.array(fc.stringMatching(/^ ?[a-z]{2,6}$/), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(words, (pieces) => {
        const text = pieces.join('');
        const deltas = pieces.map((_piece, index) => pieces.slice(0, index + 1).join(''));
        assert.equal(join(deltas), text);
        assert.equal(join([...deltas, text]), text, 'with the whole repeated at the end');
        assert.equal(join(deltas, text), text, 'with the whole as a message');
      }),
    );
  });

  const ambiguous: readonly (readonly [readonly string[], string])[] = [
    [['He', 'Hello'], 'Hello'],
    [['-', '---', '----'], '--------'],
    [['\n', '\n\n', '\n\n\n'], '\n\n\n\n\n\n'],
    [['1', '10', ' is'], '110 is'],
    [['a', 'ab'], 'aab'],
    [['ha', 'ha', 'ha'], 'hahaha'],
    [['is', 'isEmpty', '()'], 'isisEmpty()'],
  ];
  for (const [deltas, text] of ambiguous) {
    test(`reads ${JSON.stringify(deltas)} as ${JSON.stringify(text)}`, () => {
      assert.equal(join(deltas), text);
    });
  }

  test('holds nothing back but a second delta that begins with the first', () => {
    assert.deepEqual(given(['He', 'llo']), ['He', 'llo']);
    const pieces: string[] = [];
    const text = new DeltaText((piece) => pieces.push(piece));
    text.add('He');
    text.add('Hello');
    assert.deepEqual(pieces, ['He']);
    text.add('Hello you');
    assert.deepEqual(pieces, ['He', 'llo', ' you']);
  });

  test('takes from a whole text what the deltas have left out, and nothing that differs', () => {
    assert.equal(join(['Adds ', 'two'], 'Adds two numbers.'), 'Adds two numbers.');
    assert.equal(join([], 'Adds two.'), 'Adds two.');
    assert.equal(join(['Adds ', 'two'], 'Adds 2 numbers.'), 'Adds two');
  });
});
