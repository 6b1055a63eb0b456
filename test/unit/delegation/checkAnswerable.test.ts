import assert from 'node:assert/strict';
import { builtInTasks } from '../../../src/tasks/catalog';
import type { RequestChange } from './kit';
import { begin, goodScript } from './runKit';

const docstring = (languageId: string, hasComments?: boolean): RequestChange => ({
  task: builtInTasks.docstring,
  text: '{\n  "a": 1\n}\n',
  selection: { languageId, ...(hasComments === undefined ? {} : { hasComments }) },
});

const extract = (schema: object): RequestChange => ({
  task: builtInTasks.extract,
  instruction: 'x',
  schema: schema as NonNullable<RequestChange['schema']>,
});

suite('what no answer could satisfy', () => {
  const refused: readonly (readonly [string, RequestChange, string])[] = [
    ['comments in JSON', docstring('json'), 'refused-no-comments'],
    ['comments in plain text', docstring('plaintext'), 'refused-no-comments'],
    [
      'comments where the editor knows of none',
      docstring('unheard-of', false),
      'refused-no-comments',
    ],
    ['a schema of no type', extract({ type: 'nothing' }), 'refused-schema'],
    ['a schema elsewhere', extract({ $ref: 'https://example.com/a.json' }), 'refused-schema'],
  ];
  for (const routing of ['delegated', 'direct', 'worker-first', 'auto'] as const) {
    for (const [name, change, code] of refused) {
      test(`is refused before anything is sent: ${name}, ${routing}`, async () => {
        const { client, events, result } = begin({
          scripts: [goodScript],
          change: { ...change, settings: { routing } },
        });
        const { status, error, record } = await result;
        assert.deepEqual([status, error?.code, record.wasSent], ['refused', code, false]);
        assert.deepEqual([client.requests, events], [[], []]);
      });
    }
  }

  test('is asked of what may be satisfied', async () => {
    for (const change of [
      docstring('jsonc'),
      docstring('unheard-of'),
      docstring('typescript', false),
      extract({ type: 'array' }),
    ]) {
      const { client, result } = begin({ scripts: [goodScript], change });
      await result;
      assert.equal(client.requests.length > 0, true);
    }
  });
});
