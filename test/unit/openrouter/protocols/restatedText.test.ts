import assert from 'node:assert/strict';
import { decodeBody, describeEvents } from '../stream/decodeStream';
import type { Protocol } from '../../../../src/openrouter/wire';

const message = (id: string, text: string): object => ({
  type: 'message',
  id,
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text }],
});
const delta = (id: string, text: string, place = 0): object => ({
  type: 'response.output_text.delta',
  item_id: id,
  output_index: place,
  content_index: 0,
  delta: text,
});
const completed = (...output: readonly object[]): object => ({
  type: 'response.completed',
  response: { id: 'gen-1', status: 'completed', output },
});
const call = { type: 'openrouter:subagent', id: 'call', status: 'completed', result: 'Outcome.' };

/** What a stream of these frames tells of its text. */
function texts(protocol: Protocol, frames: readonly (object | string)[]): string[] {
  const lines = frames.map(
    (frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`,
  );
  const events = decodeBody({
    protocol,
    contentType: 'text/event-stream',
    chunks: [Buffer.from(lines.join(''))],
  });
  return describeEvents(events).filter((line) => /^(?:text|restated|preamble-end|end)/.test(line));
}

suite('an answer whose pieces were damaged', () => {
  const end = 'end stop completed gen-1';

  test('is told again as it was finished, when a piece was lost', () => {
    const frames = [
      delta('m', 'Adds two '),
      delta('m', 'and more.'),
      completed(message('m', 'Adds two numbers and more.')),
    ];
    assert.deepEqual(texts('responses', frames), [
      'text "Adds two and more."',
      'restated "Adds two numbers and more."',
      end,
    ]);
  });

  test('and when a piece came twice, or the first was lost', () => {
    for (const pieces of [['Hel', 'Hel', 'lo'], ['lo']]) {
      const frames = [
        ...pieces.map((piece) => delta('m', piece)),
        completed(message('m', 'Hello')),
      ];
      assert.equal(texts('responses', frames)[1], 'restated "Hello"');
    }
  });

  test('by its finished item where the stream ends without a response', () => {
    const added = {
      type: 'response.output_item.added',
      output_index: 0,
      item: { type: 'message', id: 'm' },
    };
    const done = {
      type: 'response.output_item.done',
      output_index: 0,
      item: message('m', 'a b c'),
    };
    const lines = texts('responses', [added, delta('m', 'a '), delta('m', 'c'), done, '[DONE]']);
    assert.deepEqual(lines, ['text "a c"', 'restated "a b c"', 'end stop - -']);
  });

  test('without what was said before a call', () => {
    const frames = [
      delta('m1', 'I will ask.'),
      { type: 'response.output_item.done', output_index: 1, item: call },
      delta('m2', 'a ', 2),
      delta('m2', 'c', 2),
      completed(message('m1', 'I will ask.'), call, message('m2', 'a b c')),
    ];
    assert.deepEqual(texts('responses', frames), [
      'text "I will ask."',
      'preamble-end',
      'text "\\n\\na c"',
      'restated "a b c"',
      end,
    ]);
  });

  test('with each of its messages', () => {
    const output = completed(message('m1', 'One.'), message('m2', 'Two and three.'));
    const frames = [delta('m1', 'One.'), delta('m2', 'Two three.', 1), output];
    assert.equal(texts('responses', frames)[1], 'restated "One.\\n\\nTwo and three."');
  });

  test('is left as it came where the response has more, less or nothing of the same', () => {
    for (const whole of ['Hello world', 'Hello', '', '\nHello there \n']) {
      const frames = [delta('m', 'Hello there'), completed(message('m', whole))];
      const restated = texts('responses', frames).filter((line) => line.startsWith('restated'));
      assert.deepEqual(restated, whole === 'Hello world' ? ['restated "Hello world"'] : []);
    }
  });

  test('is not taken from a message that may be another one', () => {
    const frames = [delta('x', 'The answer.'), completed(message('m1', 'I will ask.'), call)];
    assert.deepEqual(
      texts('responses', frames).filter((line) => line.startsWith('restated')),
      [],
    );
  });

  test('is told again from the message that a chat ends with', () => {
    const chunk = (choice: object): object => ({ id: 'gen-1', choices: [{ index: 0, ...choice }] });
    const frames = [
      chunk({ delta: { content: 'a ' } }),
      chunk({ delta: { content: 'c' } }),
      chunk({ finish_reason: 'stop', message: { content: 'a b c' } }),
      '[DONE]',
    ];
    assert.deepEqual(texts('chat', frames), [
      'text "a c"',
      'restated "a b c"',
      'end stop stop gen-1',
    ]);
  });
});
