import assert from 'node:assert/strict';
import { compileSchema } from '../../../../src/delegation/answer/reading/schema';
import { OutcomeError } from '../../../../src/delegation/answer/outcomeError';
import type { JsonObject } from '../../../../src/openrouter/wire';

async function messagesOf(schema: JsonObject, value: unknown): Promise<readonly string[]> {
  const compiled = await compileSchema(schema);
  if (compiled instanceof OutcomeError) return compiled.problems.map(({ message }) => message);
  return compiled.problemsOf(value).map(({ message }) => message);
}

const dates = { type: 'array', items: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } };

suite('the work that patterns of a schema may take', () => {
  test('thousands of dates are checked, each different one once', async () => {
    const many = Array.from({ length: 8000 }, (_, index) => `20${10 + (index % 90)}-01-02`);
    assert.deepEqual(await messagesOf(dates, many), []);
    assert.equal((await messagesOf(dates, [...many, 'soon'])).length, 1);
  });

  test('what would take longer than a turn is not checked, and said to be so', async () => {
    const words = Array.from({ length: 50_000 }, (_, index) => `${'a'.repeat(30)}${index}`);
    const nested = { type: 'array', items: { type: 'string', pattern: '(a?){30}a{30}x' } };
    for (const value of [words, ['a'.repeat(1_000_000)]]) {
      assert.deepEqual(await messagesOf(nested, value), ['cannot be checked']);
    }
  });

  test('patterns that are too large together are refused with the schema', async () => {
    const pattern = '[a-c]{900}';
    const properties = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`p${index}`, { pattern: `${pattern}${index}` }]),
    );
    const [message] = await messagesOf({ type: 'object', properties }, {});
    assert.match(message ?? '', /too large/);
  });
});
