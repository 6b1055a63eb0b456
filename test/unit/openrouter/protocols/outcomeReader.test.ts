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
    ['an object with nothing but the text', { text: 'Adds two.' }, 'Adds two.'],
    [
      'parts behind what the model thought',
      [
        { type: 'reasoning', summary: [{ text: 'Hm.' }] },
        { type: 'message', content: [{ type: 'output_text', text: 'Adds two.' }] },
      ],
      'Adds two.',
    ],
    [
      'a response of Chat Completions',
      {
        id: 'gen-1',
        choices: [{ index: 0, finish_reason: 'stop', message: { content: 'Adds.' } }],
      },
      'Adds.',
    ],
    [
      'a response of Responses',
      {
        output_text: '',
        output: [{ type: 'message', content: [{ type: 'output_text', text: 'Adds.' }] }],
      },
      'Adds.',
    ],
    ['texts of a list that is the outcome', [{ text: 'a' }], '[{"text":"a"}]'],
    [
      'an envelope in an envelope',
      JSON.stringify({ status: 'ok', outcome: '{"status":"ok","outcome":"Adds two."}' }),
      'Adds two.',
    ],
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

  const halves: readonly (readonly [what: string, item: object, error: string])[] = [
    ['its item says so', { outcome: 'Adds', finish_reason: 'length' }, 'length'],
    [
      'its item tells why',
      { outcome: 'Adds', incomplete_details: { reason: 'max_output_tokens' } },
      'max_output_tokens',
    ],
    [
      'its message says so',
      { outcome: { text: 'Adds', finish_reason: 'MAX_TOKENS' } },
      'MAX_TOKENS',
    ],
    [
      'its response says so',
      { outcome: { choices: [{ finish_reason: 'length', message: { content: 'Adds' } }] } },
      'length',
    ],
    [
      'its envelope holds half an answer',
      { outcome: { status: 'ok', outcome: { text: 'Adds', stop_reason: 'max_tokens' } } },
      'max_tokens',
    ],
  ];
  for (const [what, item, error] of halves) {
    test(`is a failure with what came of it when ${what}`, () => {
      const read = readSubagentItem({ status: 'completed', ...item }, { key: 'k', isDone: true });
      assert.deepEqual([read.status, read.outcome, read.error], ['failed', 'Adds', error]);
    });
  }

  test('that is a refusal is a failure', () => {
    const outcome = [{ type: 'refusal', refusal: 'I will not.' }];
    const read = readSubagentItem({ status: 'completed', outcome }, { key: 'k', isDone: true });
    assert.deepEqual([read.status, read.error], ['failed', 'I will not.']);
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
