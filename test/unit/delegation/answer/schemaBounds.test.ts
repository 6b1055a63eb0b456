import assert from 'node:assert/strict';
import { compileSchema } from '../../../../src/delegation/answer/reading/schema';
import { OutcomeError } from '../../../../src/delegation/answer/outcomeError';
import type { JsonObject } from '../../../../src/openrouter/wire';

async function messagesOf(schema: JsonObject, value: unknown): Promise<string[]> {
  const compiled = await compileSchema(schema);
  if (compiled instanceof OutcomeError) return compiled.problems.map(({ message }) => message);
  return compiled.problemsOf(value).map(({ message }) => message);
}

/** CPU time in milliseconds: what else runs on the machine does not count. */
async function cpuMs(action: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await action();
  return process.cpuUsage(before).user / 1000;
}

suite('A schema that somebody else wrote', () => {
  const evil = `${'a'.repeat(20_000)}!`;
  for (const pattern of ['^(a+)+$', '^(a|a)*$', '^(a*)*$', 'a+a+a+a+a+x']) {
    test(`takes no minutes with the pattern ${pattern}`, async () => {
      const pairs: [JsonObject, unknown][] = [
        [{ type: 'string', pattern }, evil],
        [{ type: 'object', patternProperties: { [pattern]: { type: 'null' } } }, { [evil]: null }],
      ];
      for (const [schema, value] of pairs) {
        assert.ok((await cpuMs(() => messagesOf(schema, value))) < 3000);
      }
    });
  }

  test('has patterns that mean what they mean elsewhere', async () => {
    const matches = async (pattern: string, text: string): Promise<boolean> =>
      (await messagesOf({ type: 'string', pattern }, text)).length === 0;
    assert.ok(await matches('^\\d+\\.\\d+\\.\\d+(?:-[\\w.]+)?$', '1.2.3-rc.1'));
    assert.ok(await matches('^\\p{L}+$', 'größe'));
    assert.ok(await matches('^[^\\/]+\\/x$', 'a/x'));
    assert.ok(await matches('b', 'abc'));
    assert.ok(!(await matches('^b', 'abc')));
  });

  test('is refused with the reason when only a backtracking engine could check it', async () => {
    const [message = ''] = await messagesOf({ type: 'string', pattern: '^(?!a)b' }, 'b');
    assert.match(message, /cannot be checked in bounded time/);
  });

  test('finds equal entries of a long list, whatever the order of their fields', async () => {
    const schema = { type: 'array', uniqueItems: true };
    const entries: unknown[] = Array.from({ length: 20_000 }, (_, index) => ({ a: index, b: [] }));
    assert.ok((await cpuMs(() => messagesOf(schema, entries))) < 3000);
    assert.deepEqual(await messagesOf(schema, entries), []);
    entries.push({ b: [], a: 7 });
    assert.deepEqual(await messagesOf(schema, entries), ['must NOT have duplicate items']);
  });

  test('that refers to itself again and again ends', async () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
    const branch = { type: 'object', properties: { a: { $ref: '#/$defs/n' } } };
    const doubling = {
      $defs: { n: { anyOf: [branch, { ...branch, required: ['b'] }] } },
      $ref: '#/$defs/n',
    };
    assert.deepEqual(await messagesOf(doubling, nested(40)), [
      'is nested too deeply to be checked',
    ]);
    assert.deepEqual(await messagesOf({ $ref: '#' }, {}), ['cannot be checked']);
    const chain = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `d${index}`,
        { anyOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] },
      ]),
    );
    const [message = ''] = await messagesOf({ $defs: chain, $ref: '#/$defs/d0' }, 1);
    assert.match(message, /references/);
  });

  test('of a tree holds trees of any depth that people write', async () => {
    const tree = {
      $defs: {
        node: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string' },
            children: { type: 'array', items: { $ref: '#/$defs/node' } },
          },
        },
      },
      $ref: '#/$defs/node',
    };
    const value = { name: 'a', children: [{ name: 'b', children: [{ name: 'c' }] }] };
    assert.deepEqual(await messagesOf(tree, value), []);
  });
});
