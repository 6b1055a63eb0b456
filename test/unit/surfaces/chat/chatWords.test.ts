import assert from 'node:assert/strict';
import { withReferencesAs } from '../../../../src/surfaces/chat/chatWords';

/** A prompt whose `#words` are references, last one first as the editor gives them. */
function referring(prompt: string): Parameters<typeof withReferencesAs>[0] {
  const references = [...prompt.matchAll(/#\S+/g)].map(({ index, 0: name }) => ({
    range: [index, index + name.length] as [number, number],
  }));
  return { prompt, references: [...references.reverse(), {}] };
}

suite('words of a request in chat', () => {
  test('no reference stays in them', () => {
    const prompt = referring('compare #file:secret.ts with #selection briefly');
    assert.equal(withReferencesAs(prompt, 'the text'), 'compare the text with the text briefly');
  });

  test('what is attached changes nothing', () => {
    assert.equal(
      withReferencesAs({ prompt: ' explain  it ', references: [{}] }, 'x'),
      'explain it',
    );
  });

  test('references alone are no words', () => {
    assert.equal(withReferencesAs(referring('#selection #file:a.ts'), ''), '');
  });
});
