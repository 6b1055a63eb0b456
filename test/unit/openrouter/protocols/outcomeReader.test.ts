import assert from 'node:assert/strict';
import { readOutcome } from '../../../../src/openrouter/protocols/outcomeReader';
import {
  readServerToolCall,
  readSubagentItem,
} from '../../../../src/openrouter/protocols/delegationReader';

suite("a worker's result", () => {
  const forms: readonly (readonly [what: string, value: unknown, text: string | null])[] = [
    ['text', 'Adds two.', 'Adds two.'],
    ['nothing', undefined, null],
    ['empty text', '', ''],
    [
      'content parts',
      [
        { type: 'output_text', text: 'Adds ' },
        { type: 'text', text: 'two.' },
      ],
      'Adds two.',
    ],
    ['one content part', { type: 'output_text', text: 'Adds two.' }, 'Adds two.'],
    [
      'a message',
      { role: 'assistant', content: [{ type: 'text', text: 'Adds two.' }] },
      'Adds two.',
    ],
    ['an object', { line: 1, text: 'Adds.' }, '{"line":1,"text":"Adds."}'],
    ['a list', [[1, 'Adds.']], '[[1,"Adds."]]'],
    [
      'the envelope',
      { status: 'ok', model: 'a/b', task_name: 't', outcome: 'Adds two.' },
      'Adds two.',
    ],
    [
      'the envelope as text',
      '{"status":"ok","model":"a/b","task_name":"t","outcome":"Adds two."}',
      'Adds two.',
    ],
    [
      'the envelope with another name',
      { status: 'success', task_name: 't', result: 'Adds two.' },
      'Adds two.',
    ],
    [
      'the envelope with a list',
      { status: 'completed', model: 'a/b', output: [[1, 'Adds.']] },
      '[[1,"Adds."]]',
    ],
    ['JSON that resembles it', '{"status":"ok","result":[1]}', '{"status":"ok","result":[1]}'],
    [
      'JSON with a status of its own',
      '{"status":"open","outcome":"x"}',
      '{"status":"open","outcome":"x"}',
    ],
    [
      'JSON with more in it',
      '{"status":"ok","outcome":"x","id":1}',
      '{"status":"ok","outcome":"x","id":1}',
    ],
  ];
  for (const [what, value, text] of forms) {
    test(`as ${what}`, () => assert.equal(readOutcome(value).text, text));
  }

  test('that is an envelope with an error is a failure', () => {
    const item = {
      status: 'completed',
      outcome: { status: 'error', task_name: 't', error: 'Too long' },
    };
    const { status, outcome, error, taskName } = readSubagentItem(item, { key: 'k', isDone: true });
    assert.deepEqual([status, outcome, error, taskName], ['failed', null, 'Too long', 't']);
  });

  for (const status of ['completed', 'success', 'ok', 'OK', 'succeeded']) {
    test(`with the status ${status} is one`, () => {
      const read = readSubagentItem({ status, result: 'Adds.' }, { key: 'k', isDone: false });
      assert.deepEqual([read.status, read.outcome], ['ok', 'Adds.']);
    });
  }

  const names: readonly (readonly [object, string | null])[] = [
    [{ name: 'delegate-worker' }, 'delegate-worker'],
    [{ name: 'delegate-worker', instance_name: 'openrouter_subagent__1' }, 'delegate-worker'],
    [{ name: 'openrouter:subagent', instance_name: 'delegate-worker-2' }, 'delegate-worker-2'],
    [{ instance_name: 'openrouter_subagent__1' }, 'openrouter_subagent__1'],
    [{}, null],
  ];
  for (const [fields, name] of names) {
    test(`comes from ${name} when the item has ${JSON.stringify(fields)}`, () => {
      assert.equal(readSubagentItem({ ...fields }, { key: 'k', isDone: true }).workerName, name);
    });
  }

  test('of a tool call in a chat stream may be an object, text or missing', () => {
    const entry = { tool_name: 'openrouter:subagent', arguments: '{"task_name":"t"}' };
    const read = (result: unknown): unknown => {
      const delegation = readServerToolCall({ ...entry, result });
      return [delegation?.status, delegation?.outcome, delegation?.error, delegation?.taskName];
    };
    assert.deepEqual(read('{"status":"ok","task_name":"t","outcome":"Adds."}'), [
      'ok',
      'Adds.',
      null,
      't',
    ]);
    assert.deepEqual(read({ status: 'error', task_name: 't', error: 'no' }), [
      'failed',
      null,
      'no',
      't',
    ]);
    assert.deepEqual(read(undefined), ['running', null, null, 't']);
  });
});
