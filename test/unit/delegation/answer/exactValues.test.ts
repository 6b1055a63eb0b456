import assert from 'node:assert/strict';
import { ownPiece, readAnswer } from '../../../../src/delegation/answer/readAnswer';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { selectionOf } from '../kit';

const schema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      line: { type: 'integer' },
      price: { type: ['number', 'null'] },
    },
    required: ['name', 'line'],
    additionalProperties: false,
  },
};

/** The text without its layout, or the code of the error. */
async function read(answer: string): Promise<string> {
  const selection = selectionOf('a\n');
  const context = { task: builtInTasks.extract, selection, schema };
  const outcome = await readAnswer([ownPiece(selection, answer)], context);
  if (!('format' in outcome)) return outcome.code;
  assert.equal(outcome.format, 'json');
  return outcome.text.replace(/\s/g, '');
}

suite('values of a JSON answer are never changed', () => {
  const long = '12345678901234567890';
  const kept: readonly (readonly [name: string, answer: string, text: string])[] = [
    [
      'long numbers in an object around the list',
      `{"results":[{"name":"a","line":1,"price":${long}}]}`,
      `[{"name":"a","line":1,"price":${long}}]`,
    ],
    [
      'long and fine numbers on lines of their own',
      `{"name":"a","line":1,"price":${long}}\n{"name":"b","line":2,"price":0.12345678901234567891}`,
      `[{"name":"a","line":1,"price":${long}},{"name":"b","line":2,"price":0.12345678901234567891}]`,
    ],
    [
      'one that is larger than numbers are',
      '{"results":[{"name":"a","line":1,"price":1e400}]}',
      '[{"name":"a","line":1,"price":1e400}]',
    ],
    [
      'a number where a text is due, with all that was written',
      `[{"name":1.50,"line":1},{"name":${long},"line":2}]`,
      `[{"name":"1.50","line":1},{"name":"${long}","line":2}]`,
    ],
    [
      'the same number written in two ways',
      '{"results":[{"name":"a","line":1,"price":1.5},{"name":"b","line":2,"price":1.50}]}',
      '[{"name":"a","line":1,"price":1.5},{"name":"b","line":2,"price":1.5}]',
    ],
  ];
  for (const [name, answer, text] of kept) {
    test(name, async () => {
      assert.equal(await read(answer), text);
    });
  }

  const refused: readonly (readonly [name: string, answer: string, code: string])[] = [
    [
      'a text whose digits a number would lose',
      `[{"name":"a","line":1,"price":"${long}"}]`,
      'answer-invalid',
    ],
    [
      'numbers that reading makes the same',
      `{"results":[{"name":"a","line":1,"price":${long}},{"name":"b","line":2,"price":${long.slice(0, -1)}1}]}`,
      'answer-invalid',
    ],
    ['no number', '[{"name":NaN,"line":1}]', 'answer-invalid'],
    ['a number without end', '[{"name":"a","line":1,"price":-Infinity}]', 'answer-invalid'],
    ['two that mean the line', '[{"name":"a","lineno":3,"row":4}]', 'answer-invalid'],
    ['a last line that breaks off', '{"name":"a","line":1}\n{"name":"b"', 'answer-cut-short'],
  ];
  for (const [name, answer, code] of refused) {
    test(`${name} is refused`, async () => {
      assert.equal(await read(answer), code);
    });
  }
});

suite('a text that speaks of tags of thinking', () => {
  const summary = async (answer: string, text = 'a\n'): Promise<string> => {
    const selection = selectionOf(text);
    const context = { task: builtInTasks.summarize, selection, schema: null };
    const outcome = await readAnswer([ownPiece(selection, answer)], context);
    assert.ok('format' in outcome && outcome.format === 'text');
    return outcome.text;
  };

  test('is whole where it quotes one, or the code has it', async () => {
    const quoting = 'What comes before `</think>` is dropped.';
    assert.equal(await summary(quoting), quoting);
    const speaking = 'What comes before </think> is dropped.';
    assert.equal(await summary(speaking, "const end = '</think>';\n"), speaking);
  });

  test('thinking itself is dropped all the same', async () => {
    const answer = '<think>Hm.</think>It ends at `</think>`.';
    assert.equal(await summary(answer, "const end = '</think>';\n"), 'It ends at `</think>`.');
    assert.equal(await summary('Hm.\n</think>\nIt is.'), 'It is.');
  });
});
