import assert from 'node:assert/strict';
import { type Clock, systemClock } from '../../../src/common/clock';
import { startSimulator, type Simulator } from '../../../src/simulator/index';
import { at, delegationsOf, type Event, post, readEvents, textOf } from './http';
import { CODE, NONCE, type PromptOptions, responsesBody, workerInstructions } from './prompts';

const MARKER = `[[outcome:${NONCE}:summarize]]`;

/** How each script behaves, seen through the Responses protocol. */
suite('Simulator: orchestrators', () => {
  let simulator: Simulator;

  suiteSetup(async () => {
    simulator = await startSimulator();
  });
  suiteTeardown(() => simulator.close());
  teardown(() => simulator.reset());

  async function run(
    model: string,
    options: PromptOptions = {},
  ): Promise<{ text: string; delegations: Event[]; events: Event[] }> {
    const { text } = await post(simulator, '/responses', {
      body: responsesBody({ model, ...options }),
    });
    const { events, isDone } = readEvents(text);
    assert.ok(isDone, text);
    return { text: textOf(events), delegations: delegationsOf(events), events };
  }

  function statuses(delegations: readonly Event[]): unknown[] {
    return delegations.map((item) => item['status']);
  }

  test('well-behaved delegates each task and answers with the markers in order', async () => {
    const tasks = ['part-1', 'part-2', 'part-3'];
    const { text, delegations, events } = await run('simulator/well-behaved', { tasks });
    assert.equal(text, tasks.map((task) => `[[outcome:${NONCE}:${task}]]`).join('\n'));
    assert.deepEqual(statuses(delegations), ['completed', 'completed', 'completed']);
    const output = at(events.at(-1), 'response.output') as Event[];
    assert.deepEqual(
      output.map((item) => [item['type'], item['task_name'], item['instance_name']]),
      [
        ['reasoning', undefined, undefined],
        ['openrouter:subagent', 'part-1', undefined],
        ['openrouter:subagent', 'part-2', 'openrouter_subagent__1'],
        ['openrouter:subagent', 'part-3', 'openrouter_subagent__2'],
        ['message', undefined, undefined],
      ],
    );
  });

  test('workers of one turn run at the same time', async () => {
    const workerMs = 37;
    let running = 0;
    let most = 0;
    const clock: Clock = {
      now: () => systemClock.now(),
      after(delayMs, callback) {
        if (delayMs !== workerMs) return systemClock.after(delayMs, callback);
        running += 1;
        most = Math.max(most, running);
        return systemClock.after(delayMs, () => {
          running -= 1;
          callback();
        });
      },
    };
    const patient = await startSimulator({ clock, pacing: { workerMs } });
    try {
      const body = responsesBody({ tasks: ['part-1', 'part-2', 'part-3'] });
      await post(patient, '/responses', { body });
      assert.equal(most, 3);
    } finally {
      await patient.close();
    }
  });

  test('told to integrate, it writes the outcome out in full', async () => {
    const { text, delegations } = await run('simulator/well-behaved', { integrated: true });
    assert.equal(text, delegations[0]?.['outcome']);
    assert.ok(text.length > 0);
  });

  test('without tools it does the job itself, from the selection in the prompt', async () => {
    const body = {
      model: '~anthropic/claude-opus-latest',
      instructions: 'Job: summarize\nLanguage: typescript\nAnswer: text',
      input: `<selection-${NONCE}>\n${CODE}\n</selection-${NONCE}>`,
      max_output_tokens: 4096,
      stream: true,
    };
    const direct = textOf(readEvents((await post(simulator, '/responses', { body })).text).events);
    const { delegations } = await run('simulator/well-behaved');
    assert.equal(direct, delegations[0]?.['outcome'], 'the same work, whoever does it');
    assert.ok(simulator.requests[0]?.steps.every((step) => step.model.includes('opus')));
  });

  test('a prompt that is no job gets a generic answer', async () => {
    const body = {
      model: 'openai/gpt-6-luna',
      input: 'Hello',
      max_output_tokens: 100,
      stream: true,
    };
    const { text } = await post(simulator, '/responses', { body });
    assert.match(textOf(readEvents(text).events), /simulator/);
  });

  test('copier writes the whole selection into the task description', async () => {
    const { text, delegations } = await run('simulator/copier', { showsSelection: true });
    assert.ok(String(delegations[0]?.['task_description']).includes(CODE));
    assert.equal(text, delegations[0]?.['outcome']);
  });

  test("copier's worker finds its job in the description alone", async () => {
    const body = responsesBody({ model: 'simulator/copier', showsSelection: true });
    const [tool] = body['tools'] as { parameters: Record<string, unknown> }[];
    const parameters = { ...tool?.parameters, instructions: 'You are a careful worker.' };
    const answer = await post(simulator, '/responses', {
      body: { ...body, tools: [{ ...tool, parameters }] },
    });
    const pinned = await run('simulator/well-behaved');
    assert.equal(
      delegationsOf(readEvents(answer.text).events)[0]?.['outcome'],
      pinned.delegations[0]?.['outcome'],
    );
  });

  test('ignorer does the job from the selection without a worker', async () => {
    const { text, delegations } = await run('simulator/ignorer', { showsSelection: true });
    assert.deepEqual(delegations, []);
    const { delegations: delegated } = await run('simulator/well-behaved');
    assert.equal(text, delegated[0]?.['outcome']);
  });

  test('ignorer does not rewrite code that it was never shown', async () => {
    const { text } = await run('simulator/ignorer', { job: 'reformat' });
    assert.ok(text.startsWith(`[[cannot:${NONCE}]] `), text);
  });

  test('around-marker talks before and after', async () => {
    const { text } = await run('simulator/around-marker');
    const lines = text.split('\n');
    const index = lines.indexOf(MARKER);
    assert.ok(index > 0 && index < lines.length - 1, text);
  });

  test('redelegator calls the same worker again with corrections', async () => {
    const { text, delegations } = await run('simulator/redelegator');
    assert.deepEqual(
      delegations.map((item) => [item['task_name'], item['name']]),
      [
        ['summarize', 'delegate-worker'],
        ['summarize', 'delegate-worker'],
      ],
    );
    assert.notEqual(delegations[0]?.['task_description'], delegations[1]?.['task_description']);
    assert.equal(text, MARKER);
  });

  test('the eleventh delegation of a request fails, the others do not', async () => {
    const { text, delegations } = await run('simulator/over-delegator');
    assert.equal(delegations.length, 12);
    const failed = delegations.filter((item) => item['status'] === 'failed');
    assert.deepEqual(
      failed.map((item) => item['task_name']),
      ['extra-10', 'extra-11'],
    );
    assert.equal(text, MARKER);
  });

  test('a failed worker is called again, as often as allowed', async () => {
    const once = await run('simulator/worker-failure');
    assert.deepEqual(statuses(once.delegations), ['failed', 'completed']);
    assert.equal(once.text, MARKER);
    const never = await run('simulator/worker-failure', { corrections: 0 });
    assert.deepEqual(statuses(never.delegations), ['failed']);
    assert.ok(never.text.startsWith(`[[cannot:${NONCE}]]`));
  });

  test('corrections are counted over all tasks', async () => {
    const tasks = ['part-1', 'part-2', 'part-3'];
    const { delegations } = await run('simulator/worker-failure-all', { tasks, corrections: 2 });
    assert.deepEqual(delegations.map((item) => item['task_name']).sort(), [
      'part-1',
      'part-1',
      'part-2',
      'part-2',
      'part-3',
    ]);
  });

  test('workers that always fail end in a refusal and cost nothing', async () => {
    const { text, delegations } = await run('simulator/worker-failure-all', { corrections: 2 });
    assert.deepEqual(statuses(delegations), ['failed', 'failed', 'failed']);
    assert.ok(text.startsWith(`[[cannot:${NONCE}]]`));
    assert.ok(simulator.requests[0]?.steps.every((step) => step.kind === 'orchestrator'));
    const worker = await run('simulator/well-behaved', { workerModel: 'simulator/failing-worker' });
    assert.ok(statuses(worker.delegations).every((status) => status === 'failed'));
  });

  test('markers of failed and of unknown outcomes', async () => {
    const failed = await run('simulator/failed-marker');
    assert.deepEqual([failed.text, statuses(failed.delegations)], [MARKER, ['failed']]);
    const unknown = await run('simulator/unknown-marker');
    assert.equal(unknown.text, `[[outcome:${NONCE}:no-such-task]]`);
    const missing = await run('simulator/missing-marker', { tasks: ['part-1', 'part-2'] });
    assert.equal(missing.text, `[[outcome:${NONCE}:part-1]]`);
  });

  test('refuser says so without calling anyone', async () => {
    const { text, delegations } = await run('simulator/refuser');
    assert.ok(text.startsWith(`[[cannot:${NONCE}]] `));
    assert.deepEqual(delegations, []);
  });

  test('thinker reasons before each turn, in items and tokens of their own', async () => {
    const { events, text } = await run('simulator/thinker');
    const reasoning = events.filter((event) => event['type'] === 'response.reasoning_text.delta');
    assert.ok(reasoning.length > 0);
    assert.equal(text, MARKER);
    assert.ok(
      Number(at(events.at(-1), 'response.usage.output_tokens_details.reasoning_tokens')) > 0,
    );
  });

  test('slow sends many heartbeats while its worker works', async () => {
    const slow = await post(simulator, '/responses', {
      body: responsesBody({ model: 'simulator/slow' }),
    });
    assert.ok(readEvents(slow.text).comments >= 4, String(readEvents(slow.text).comments));
  });

  test('a worker that misbehaves is a model of its own', async () => {
    const workerModel = 'simulator/worker-empty';
    const { delegations, text } = await run('simulator/well-behaved', { workerModel });
    assert.deepEqual(
      delegations.map((item) => [item['status'], item['outcome']]),
      [
        ['completed', ''],
        ['completed', ''],
      ],
      'done again once, since an empty outcome is none',
    );
    assert.ok(text.startsWith(`[[cannot:${NONCE}]]`));
  });

  test('a numbered selection reaches the worker with its line numbers', async () => {
    const numbered = CODE.split('\n').map((line, index) => ` ${index + 213}| ${line}`);
    const body = responsesBody({ job: 'docstring' });
    const [tool] = body['tools'] as { parameters: Record<string, unknown> }[];
    const pinned = workerInstructions('docstring', 'insertions').replace(CODE, numbered.join('\n'));
    const parameters = { ...tool?.parameters, instructions: pinned };
    const { text } = await post(simulator, '/responses', {
      body: { ...body, tools: [{ ...tool, parameters }] },
    });
    const outcome = String(delegationsOf(readEvents(text).events)[0]?.['outcome']);
    assert.deepEqual(
      (JSON.parse(outcome) as [number, string][]).map(([line]) => line),
      [213, 217],
    );
  });
});
