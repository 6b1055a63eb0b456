import assert from 'node:assert/strict';
import { OpenRouter } from '@openrouter/sdk';
import { startSimulator, type Simulator } from '../../../src/simulator/index';
import { realTokenizer } from '../../support/tokenizer';
import { CODE, instructions, NONCE, userMessage, workerInstructions, workerName } from './prompts';

const noRetries = { retries: { strategy: 'none' } } as const;

/** The official client, which validates everything it reads against the published schemas. */
suite('Simulator: the official client', () => {
  let simulator: Simulator;
  let client: OpenRouter;

  suiteSetup(async () => {
    simulator = await startSimulator({ tokenizer: realTokenizer });
    client = new OpenRouter({ apiKey: simulator.apiKey, serverURL: simulator.baseUrl });
  });
  suiteTeardown(() => simulator.close());

  const tools = [
    {
      type: 'openrouter:subagent' as const,
      parameters: {
        name: workerName(0),
        model: '~anthropic/claude-haiku-latest',
        instructions: workerInstructions(),
        maxCompletionTokens: 4096,
      },
    },
  ];
  const messages = [
    { role: 'system' as const, content: instructions({ integrated: true }) },
    { role: 'user' as const, content: userMessage() },
  ];

  test('streams chat completions that the client parses to the end', async () => {
    const model = '~anthropic/claude-opus-latest';
    const stream = await client.chat.send(
      { chatRequest: { model, messages, tools, maxCompletionTokens: 4096, stream: true } },
      noRetries,
    );
    assert.ok(Symbol.asyncIterator in stream);
    let text = '';
    const finishes: unknown[] = [];
    let cost: number | null | undefined;
    for await (const chunk of stream) {
      assert.equal(chunk.model, 'anthropic/claude-opus-5.5');
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.choices[0]?.finishReason) finishes.push(chunk.choices[0].finishReason);
      cost = chunk.usage?.cost ?? cost;
    }
    assert.match(text, /7 lines/);
    assert.deepEqual(finishes, ['stop']);
    assert.ok(typeof cost === 'number' && cost > 0);
  });

  test('answers chat completions whole', async () => {
    const model = '~anthropic/claude-opus-latest';
    const result = await client.chat.send(
      { chatRequest: { model, messages, tools, maxCompletionTokens: 4096 } },
      noRetries,
    );
    assert.ok('choices' in result);
    assert.match(JSON.stringify(result.choices[0]?.message.content), /7 lines/);
    assert.equal(result.choices[0]?.finishReason, 'stop');
    assert.equal(result.usage?.serverToolUseDetails?.toolCallsExecuted, 1);
  });

  test('streams responses in which every event and item is known to the client', async () => {
    const stream = await client.responses.send(
      {
        responsesRequest: {
          model: '~anthropic/claude-opus-latest',
          instructions: instructions(),
          input: userMessage(),
          tools,
          maxOutputTokens: 4096,
          stream: true,
        },
      },
      noRetries,
    );
    const types: string[] = [];
    let sequence = -1;
    let text = '';
    let outcome: string | undefined;
    for await (const event of stream as AsyncIterable<StreamEvent>) {
      assert.ok(!('isUnknown' in event), `unknown event ${JSON.stringify(event)}`);
      assert.equal(event.sequenceNumber, sequence + 1);
      sequence = event.sequenceNumber;
      types.push(event.type);
      text += event.delta ?? '';
      if (event.type === 'response.output_item.done') outcome ??= event.item?.outcome;
      if (event.type === 'response.completed') {
        assert.equal(event.response?.usage?.serverToolUseDetails?.toolCallsExecuted, 1);
      }
    }
    assert.equal(text, `[[outcome:${NONCE}:summarize]]`);
    assert.match(outcome ?? '', new RegExp(`${CODE.split('\n').length} lines`));
    assert.deepEqual(
      types.filter((type, index) => type !== types[index - 1]),
      [
        'response.created',
        'response.in_progress',
        'response.output_item.added',
        'response.output_item.done',
        'response.output_item.added',
        'response.content_part.added',
        'response.output_text.delta',
        'response.output_text.done',
        'response.content_part.done',
        'response.output_item.done',
        'response.completed',
      ],
    );
  });

  test('answers responses whole', async () => {
    const result = await client.responses.send(
      {
        responsesRequest: {
          model: '~anthropic/claude-opus-latest',
          instructions: instructions(),
          input: userMessage(),
          tools,
          maxOutputTokens: 4096,
        },
      },
      noRetries,
    );
    assert.ok('output' in result);
    assert.equal(result.status, 'completed');
    assert.deepEqual(
      result.output.map((item) => item.type),
      ['reasoning', 'openrouter:subagent', 'message'],
    );
  });

  const harmless = [
    ...['around-marker', 'redelegator', 'over-delegator', 'worker-failure', 'worker-failure-all'],
    ...['refuser', 'thinker', 'copier', 'fault-length', 'fault-content-filter', 'fault-byok'],
    ...['fault-cost-null', 'fault-chat-delegation-visible', 'fault-duplicate-finish'],
  ].map((name) => `simulator/${name}`);
  for (const model of harmless) {
    test(`${model} is valid to the client on both protocols, streamed and whole`, async () => {
      for (const stream of [true, false]) {
        const chatRequest = { model, messages, tools, maxCompletionTokens: 4096, stream };
        const chat = await client.chat.send({ chatRequest }, noRetries);
        if (Symbol.asyncIterator in chat) for await (const chunk of chat) assert.ok(chunk.id);
        const responses = await client.responses.send(
          {
            responsesRequest: {
              model,
              instructions: instructions(),
              input: userMessage(),
              tools,
              maxOutputTokens: 4096,
              stream,
            },
          },
          noRetries,
        );
        if (!(Symbol.asyncIterator in responses)) continue;
        for await (const event of responses as AsyncIterable<StreamEvent>) {
          assert.ok(!('isUnknown' in event), JSON.stringify(event));
        }
      }
    });
  }

  test('lists models, the key and a generation as the client expects them', async () => {
    const models = await client.models.list();
    const alias = models.result.data.find((model) => model.id === '~anthropic/claude-opus-latest');
    assert.equal(alias?.aliasTarget?.slug, 'anthropic/claude-opus-5.5');
    assert.equal(alias.pricing.prompt, '0.000004');
    const endpoints = await client.endpoints.list({ author: 'anthropic', slug: 'claude-opus-5.5' });
    assert.ok(endpoints.data.endpoints.length > 1);
    const key = await client.apiKeys.getCurrentKeyMetadata();
    assert.equal(key.data.limit, 100);
    const id = [...simulator.bills.keys()][0] ?? '';
    await assert.rejects(client.generations.getGeneration({ id }, noRetries), /not found/i);
    const generation = await client.generations.getGeneration({ id }, noRetries);
    assert.equal(Math.round(generation.data.totalCost * 1e9), simulator.bills.get(id));
  });
});

/** The fields that the tests read, of any event. */
interface StreamEvent {
  readonly type: string;
  readonly sequenceNumber: number;
  readonly delta?: string;
  readonly item?: { readonly outcome?: string };
  readonly response?: {
    readonly usage?: { readonly serverToolUseDetails?: { readonly toolCallsExecuted?: number } };
  };
}
