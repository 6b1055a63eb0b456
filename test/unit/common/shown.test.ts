import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shown, shownLines } from '../../../src/common/shown';
import { assertEndsWithin } from '../../support/cpuTime';
import { assertPlain, hostile } from '../editor/messages/hostileWords';

suite('Words of others, as they are shown', () => {
  test('hold no link, icon, line end or unseen character, and stay as they are when shown again', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const plain = shown(text);
        assertPlain(plain);
        assert.equal(shown(plain), plain);
      }),
      { numRuns: 2000 },
    );
  });

  test('break a link for every scheme, also one that hides behind an unseen character', () => {
    for (const text of [
      '[Fix it](command:workbench.action.terminal.sendSequence?%5B%5D)',
      '[Fix it]\u200B(command:x)',
      '[Fix it]\u2060(https://example.com)',
      '[a[b]](file:///etc/passwd)',
    ]) {
      assertPlain(shown(text));
    }
  });

  test('stay readable', () => {
    assert.equal(shown('app.ts:10-52 · 14.2 s “done”'), 'app.ts:10-52 · 14.2 s “done”');
    assert.equal(shown('one\r\n\ttwo\u2028three'), 'one two three');
    assert.equal(shown('items[i](x)'), 'items[i] (x)');
    assert.equal(shown('$(sync~spin) 12s', { hasIcons: true }), '$(sync~spin) 12s');
    assert.equal(shown('😀'.repeat(300)).length, 499);
  });

  test('take no longer for a million characters than for a hundred', () => {
    assertEndsWithin(200, () => {
      shown('['.repeat(1_000_000));
      shown(' \u200B'.repeat(500_000));
    });
  });

  test('of several lines keep their lines and no more than forty', () => {
    assert.equal(shownLines('a [x](command:y)\nb'), 'a [x] (command:y)\nb');
    assert.equal(shownLines('x\n'.repeat(90)).split('\n').length, 41);
  });
});
