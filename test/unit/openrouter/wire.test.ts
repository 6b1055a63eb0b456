import assert from 'node:assert/strict';
import type {
  ChatRequest,
  ResponsesRequest,
  SubagentToolEntry,
  ToolEntry,
  WireRequest,
} from '../../../src/openrouter/wire';
import { assertAcceptedBySdk } from '../../support/sdkSchemas';

const worker: SubagentToolEntry = {
  type: 'openrouter:subagent',
  parameters: {
    name: 'delegate-worker-1',
    model: '~anthropic/claude-haiku-latest',
    instructions: 'Job: docstring\nLanguage: python\n',
    max_completion_tokens: 4096,
    temperature: 0.2,
    reasoning: { effort: 'low', max_tokens: 100 },
    tools: [{ type: 'openrouter:web_search', parameters: { max_results: 3 } }],
    max_tool_calls: 5,
  },
};

const common = {
  model: '~anthropic/claude-opus-latest',
  stream: true,
  tools: [
    worker,
    { type: 'openrouter:subagent', parameters: { ...worker.parameters, name: 'second worker' } },
    { type: 'openrouter:advisor', parameters: { model: 'a/b', max_completion_tokens: 100 } },
    { type: 'openrouter:fusion' },
  ],
  tool_choice: 'auto',
  stop_server_tools_when: [
    { type: 'max_cost', max_cost_in_dollars: 0.25 },
    { type: 'step_count_is', step_count: 12 },
  ],
  provider: { data_collection: 'deny', max_price: { prompt: '1', completion: '2' } },
  session_id: 'run-1',
  cache_control: { type: 'ephemeral' },
} as const;

const chatBody: ChatRequest = {
  ...common,
  messages: [
    { role: 'system', content: 'You plan and check; workers write.' },
    { role: 'user', content: 'Job: docstring' },
  ],
  max_completion_tokens: 2048,
};

const responsesBody: ResponsesRequest = {
  ...common,
  instructions: 'You plan and check; workers write.',
  input: 'Job: docstring',
  max_output_tokens: 2048,
};

const chat = (body: object): WireRequest => ({
  protocol: 'chat',
  headers: {},
  body: { ...chatBody, ...body },
});
const responses = (body: object): WireRequest => ({
  protocol: 'responses',
  headers: {},
  body: { ...responsesBody, ...body },
});
const withWorker = (parameters: object): { readonly tools: readonly ToolEntry[] } => ({
  tools: [{ ...worker, parameters: { ...worker.parameters, ...parameters } }],
});

suite("requests against the official SDK's schemas", () => {
  for (const [protocol, request] of [
    ['chat', chat],
    ['responses', responses],
  ] as const) {
    test(`a full ${protocol} request is what the SDK would send`, () => {
      assertAcceptedBySdk(request({}));
    });

    const wrong: readonly (readonly [string, object])[] = [
      ['a field that does not exist', { max_output: 1 }],
      ["a field in the SDK's spelling", { sessionId: 'x' }],
      ['a worker field that does not exist', withWorker({ max_tokens: 5 })],
      ['a worker limit as text', withWorker({ max_completion_tokens: '5' })],
      ['a worker limit of zero', withWorker({ max_completion_tokens: 0 })],
      ['a worker limit that is no integer', withWorker({ max_completion_tokens: 1.5 })],
      ['a worker without a model', withWorker({ model: '' })],
      ['a worker that is the tool', withWorker({ model: 'openrouter:subagent' })],
      ['a worker name with a dot', withWorker({ name: 'a.b' })],
      ['a worker name of 65 characters', withWorker({ name: 'x'.repeat(65) })],
      ['a worker name that would be trimmed', withWorker({ name: ' x' })],
      ['a worker that is too hot', withWorker({ temperature: 2.1 })],
      ['too many calls of a worker', withWorker({ max_tool_calls: 26 })],
      ['a worker that delegates', withWorker({ tools: [{ type: 'openrouter:subagent' }] })],
      ['a worker with a function', withWorker({ tools: [{ type: 'function' }] })],
      ['two workers of one name', { tools: [worker, worker] }],
      ['no stop condition', { stop_server_tools_when: [] }],
      [
        'a stop condition of no steps',
        { stop_server_tools_when: [{ type: 'step_count_is', step_count: 0 }] },
      ],
      ['a price as a number', { provider: { max_price: { prompt: 1 } } }],
      ['a long session', { session_id: 'x'.repeat(257) }],
    ];
    for (const [what, change] of wrong) {
      test(`${what} fails in ${protocol}`, () => {
        assert.throws(() => {
          assertAcceptedBySdk(request(change));
        });
      });
    }
  }

  test('an output limit is needed', () => {
    assert.throws(() => {
      assertAcceptedBySdk(chat({ max_completion_tokens: 0 }));
    });
    assert.throws(() => {
      assertAcceptedBySdk(responses({ max_output_tokens: undefined }));
    });
  });
});
