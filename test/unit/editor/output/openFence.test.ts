import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OpenFence } from '../../../../src/text/openFence';

function closingOf(...pieces: readonly string[]): string | null {
  const fence = new OpenFence();
  for (const piece of pieces) fence.add(piece);
  return fence.closing;
}

suite('Open fence', () => {
  test('text without fences, and fences in pairs, need no end', () => {
    for (const text of [
      '',
      'a `b` c',
      '```js\nx\n```',
      '~~~\n```\n~~~\n',
      '    ```\n',
      '``` a`b\n',
    ]) {
      assert.equal(closingOf(text), null, text);
    }
  });

  test('an open fence ends with its own mark', () => {
    assert.equal(closingOf('text\n```js\nx'), '```');
    assert.equal(closingOf('````md\n```js\nx\n```\n'), '````');
    assert.equal(closingOf('~~~\n```\n'), '~~~');
    assert.equal(closingOf('```\n``` not its end\n'), '```');
    assert.equal(closingOf('```js\r\nx\r\n```\r\n```\r\n'), '```');
  });

  test('however the text is cut, what it says of it is the same', () => {
    const line = fc.constantFrom('```', '````', '~~~', '```js', 'x', '', '   ```', '``');
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
        const text = lines.join('\n');
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length];
        places.sort((a, b) => a - b);
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        assert.equal(closingOf(...pieces), closingOf(text));
      }),
    );
  });

  test('with the end that it names, the text needs none', () => {
    const line = fc.constantFrom('```', '````', '~~~~', '```js', 'x', '', ' ~~~', '``');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = `${lines.join('\n')}\n`;
        const end = closingOf(text);
        assert.equal(end === null ? null : closingOf(text, `${end}\n`), null);
      }),
    );
  });
});
