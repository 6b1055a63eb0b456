import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../src/simulator/index';
import type { SimulatorOptions } from '../../../src/simulator/options';
import { type Answer, type Event, at, post, readEvents, usageOf } from './http';
import { chatBody, responsesBody } from './prompts';

type Shapes = NonNullable<SimulatorOptions['shapes']>;

suite('Simulator: shapes of answers', () => {
  const simulators = new Map<Shapes, Simulator>();
  suiteSetup(async () => {
    for (const shapes of ['recorded', 'documented'] as const) {
      simulators.set(
        shapes,
        await startSimulator({ shapes, keys: [{ key: 'own', isByok: true }] }),
      );
    }
  });
  suiteTeardown(() => Promise.all([...simulators.values()].map((each) => each.close())));

  const ask = (shapes: Shapes, body: object, headers = {}): Promise<Answer> => {
    const simulator = simulators.get(shapes);
    assert.ok(simulator);
    const path = 'messages' in body ? '/chat/completions' : '/responses';
    return post(simulator, path, { body, headers });
  };
  const events = async (shapes: Shapes, body: object): Promise<readonly Event[]> =>
    readEvents((await ask(shapes, body)).text).events;
  const added = (all: readonly Event[]): [unknown, unknown, string[]][] =>
    all
      .filter((event) => event['type'] === 'response.output_item.added')
      .map((event) => [
        event['output_index'],
        at(event, 'item.type'),
        Object.keys(event['item'] as object).sort(),
      ]);

  test('recorded: a worker is bare until it is done, and announced before what it was thought of', async () => {
    const all = await events('recorded', responsesBody());
    assert.deepEqual(added(all).slice(0, 2), [
      [1, 'openrouter:subagent', ['id', 'status', 'type']],
      [0, 'reasoning', ['id', 'status', 'summary', 'type']],
    ]);
    const done = all.find((event) => at(event, 'item.outcome') !== undefined);
    assert.equal(done?.['type'], 'response.output_item.done');
    assert.equal(at(done, 'item.name'), 'delegate-worker');
    assert.equal(at(done, 'item.call_id'), undefined);
    assert.match(String(at(all.at(-1), 'response.id')), /^resp_gen-/);
  });

  test('documented: a worker has its names from the start', async () => {
    const all = await events('documented', responsesBody());
    const [first] = added(all);
    assert.deepEqual([first?.[0], first?.[1]], [0, 'openrouter:subagent']);
    assert.ok(first?.[2].includes('task_name'));
    assert.match(String(at(all.at(-1), 'response.id')), /^gen-/);
  });

  for (const [protocol, body] of [
    ['chat', chatBody()],
    ['responses', responsesBody()],
  ] as const) {
    test(`${protocol}: recorded tokens are the orchestrator's alone, the cost is everyone's`, async () => {
      const recorded = usageOf(await events('recorded', body));
      const documented = usageOf(await events('documented', body));
      const input = protocol === 'chat' ? 'prompt_tokens' : 'input_tokens';
      assert.equal(recorded?.['cost'], documented?.['cost']);
      assert.ok(Number(recorded?.[input]) < Number(documented?.[input]));
      assert.equal(recorded !== null && 'is_byok' in recorded, false);
      assert.equal(documented?.['is_byok'], false);
    });

    test(`${protocol}: an answer without tools says whose key it ran on, and counts no calls`, async () => {
      const usage = usageOf(await events('recorded', { ...body, tools: [] }));
      assert.equal(usage?.['is_byok'], false);
      assert.equal('server_tool_use_details' in usage, false);
    });

    test(`${protocol}: comments before the first frame`, async () => {
      const { text } = await ask('recorded', body);
      assert.ok(text.startsWith(protocol === 'chat' ? ': OPENROUTER PROCESSING\n' : ':\n'));
      const documented = await ask('documented', body);
      assert.ok(documented.text.startsWith(': OPENROUTER PROCESSING\n'));
    });
  }
});
