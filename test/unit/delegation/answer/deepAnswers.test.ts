import assert from 'node:assert/strict';
import { OutcomeError } from '../../../../src/delegation/answer/outcomeError';
import { readJson } from '../../../../src/delegation/answer/reading/tolerantJson';
import { assertEndsWithin } from '../../../support/cpuTime';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const anything = (): boolean => true;

suite('JSON with a name twice in an object', () => {
  for (const answer of [
    '{"a": [1], "a": []}',
    '[{"b": {"a": 1, "\\u0061": 2}}]',
    "{'a': 1, a: 2}",
  ]) {
    test(`is no answer: ${answer}`, () => {
      const read = readJson(answer, anything);
      assert.ok(read instanceof OutcomeError);
      assert.equal(read.code, 'answer-invalid');
    });
  }

  test('is an answer when the objects are two', () => {
    const answer = '[{"a": "\\"a\\": {", "b": {"a": 1}}, {"a": 2}]';
    const read = readJson(answer, anything);
    assert.ok(!(read instanceof OutcomeError));
    assert.deepEqual(read.value, JSON.parse(answer));
  });
});

suite('JSON that is nested deeper than anybody asks for', () => {
  const deep = nested(10_000);
  const answers: Readonly<Record<string, string>> = {
    'by itself': deep,
    'in a fence': `\`\`\`json\n${deep}\n\`\`\`\n`,
    'among sentences': `Here it is: ${deep} and once more ${deep}.`,
    'on lines of their own': `${deep}\n${deep}\n`,
    'without its end': deep.slice(0, -5000),
  };
  for (const [name, answer] of Object.entries(answers)) {
    test(`${name}, is no answer, and that is known at once`, () => {
      assertEndsWithin(1_000, () => {
        const read = readJson(answer, anything);
        assert.ok(read instanceof OutcomeError);
        assert.equal(read.code, 'answer-invalid');
      });
    });
  }

  test('what is nested a hundred deep is an answer', () => {
    const read = readJson(nested(100), anything);
    assert.ok(!(read instanceof OutcomeError));
  });
});
