import assert from 'node:assert/strict';
import type { ErrorText } from '../../../../src/editor/messages/errorText';
import { withQuote } from '../../../../src/editor/messages/quoted';
import { plainEnglish } from '../../../../src/common/translate';

suite('withQuote', () => {
  const describe = (said: string): ErrorText => ({
    message: `The provider failed.${said} Run it again.`,
    actions: [],
  });
  const message = (words: string | null): string =>
    withQuote(describe, words, plainEnglish).message;

  test('adds what was said as a sentence', () => {
    assert.equal(
      message('Over\nloaded'),
      'The provider failed. It said: “Over loaded”. Run it again.',
    );
  });

  test('ends in one full stop', () => {
    assert.match(message('User not found.'), /It said: “User not found”\. Run/);
  });

  test('adds nothing that the message says already', () => {
    for (const words of [null, '', ' ', 'The provider failed', 'the provider failed!']) {
      assert.equal(message(words), 'The provider failed. Run it again.');
    }
  });

  test('shortens a long one', () => {
    assert.match(message('x'.repeat(500)), /It said: “x{200}…”\./);
  });
});
