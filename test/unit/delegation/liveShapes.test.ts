import assert from 'node:assert/strict';
import { builtInTasks } from '../../../src/tasks/catalog';
import type { StreamEvent } from '../../../src/openrouter/streamEvent';
import { WORKER, end, sampleCode, start, textDelta, update, workersOf } from './kit';
import { begin, codeOf, marker, run, shownText, usage, usageEvent } from './runKit';

const preambleEnd: StreamEvent = { type: 'preamble-end' };
const bare = { taskName: null, workerName: null, model: null, outcome: null };

suite('run of a live shape', () => {
  test('what was said before a call is told as such, and is no part of the answer', async () => {
    const { result, events } = begin({
      scripts: [
        (request) => [
          start,
          textDelta("I'll have the worker"),
          textDelta(' do this.'),
          update({ ...bare, status: 'running' }),
          update({ outcome: 'It adds numbers.' }),
          preambleEnd,
          textDelta(`\n\n${marker(request)}`),
          usageEvent,
          end(),
        ],
      ],
    });
    const { outcome, rawAnswer } = await result;
    assert.deepEqual(outcome, { format: 'text', text: 'It adds numbers.' });
    assert.match(rawAnswer, /^I'll have the worker do this\./);
    assert.equal(shownText(events).trim(), 'It adds numbers.');
    assert.deepEqual(
      events.filter((event) => event.type === 'preamble'),
      [{ type: 'preamble', text: "I'll have the worker do this." }],
    );
  });

  test('a long text before a call is shown as it comes, and still no part of the answer', async () => {
    const long = 'First I think about it. '.repeat(20);
    const { result, events } = begin({
      scripts: [
        (request) => [
          start,
          textDelta(long),
          update(),
          preambleEnd,
          textDelta(marker(request)),
          end(),
        ],
      ],
    });
    assert.deepEqual((await result).outcome, { format: 'text', text: 'An outcome.' });
    assert.ok(shownText(events).startsWith(long));
  });

  test('an answer whose pieces were damaged counts as it was finished, and is shown again', async () => {
    const change = { settings: { routing: 'direct' } } as const;
    const { result, events } = begin({
      change,
      scripts: [
        [
          start,
          textDelta('It adds '),
          textDelta('more.'),
          { type: 'text-restated', text: 'It adds two and more.' },
          end(),
        ],
      ],
    });
    const { outcome, rawAnswer, partialAnswer } = await result;
    assert.deepEqual(outcome, { format: 'text', text: 'It adds two and more.' });
    assert.deepEqual([rawAnswer, partialAnswer], [outcome.text, outcome.text]);
    const shown = events.filter(({ type }) => /^answer/.test(type));
    assert.deepEqual(
      shown.map((event) => ('text' in event ? event.text : event.type)),
      ['It adds ', 'more.', 'answer-restart', 'It adds two and more.'],
    );
  });

  test('a marker that came damaged in its pieces shows its outcome all the same', async () => {
    const { result, events } = begin({
      scripts: [
        (request) => [
          start,
          update({ outcome: 'It adds numbers.' }),
          textDelta(marker(request).replace(':', '')),
          { type: 'text-restated', text: marker(request) },
          end(),
        ],
      ],
    });
    assert.deepEqual((await result).outcome, { format: 'text', text: 'It adds numbers.' });
    assert.match(shownText(events), /It adds numbers\.$/);
  });

  test('a short answer without a worker is shown when it is known to be one', async () => {
    const { result, events } = begin({ scripts: [[start, textDelta('It adds.'), end()]] });
    assert.deepEqual((await result).outcome, { format: 'text', text: 'It adds.' });
    assert.equal(shownText(events), 'It adds.');
  });

  test('a worker that is bare while it runs is told with what the plan says of it', async () => {
    const { result, events } = begin({
      scripts: [
        (request) => [
          start,
          update({ ...bare, status: 'running' }),
          update(),
          textDelta(marker(request)),
          end(),
        ],
      ],
    });
    await result;
    const updates = events.flatMap((event) =>
      event.type === 'delegation-update' ? [event.planned] : [],
    );
    assert.deepEqual(updates, Array(2).fill({ taskName: 'summarize', workerModel: WORKER }));
  });

  test('the worker that was called has the task, by its name or by its place', async () => {
    const change = { task: builtInTasks.translateComments, text: sampleCode(700) };
    for (const naming of ['name', 'place'] as const) {
      const { outcome, error } = await run(
        [
          (request) => {
            const workers = workersOf(request);
            assert.ok(workers.length > 1);
            const texts = workers.map((_worker, index) => `part ${index + 1};\n`);
            return [
              start,
              ...workers.map((worker, index) =>
                update({
                  key: `d${index}`,
                  // The names are swapped: what a model calls a task proves nothing.
                  taskName: `part-${workers.length - index}`,
                  workerName: naming === 'name' ? worker.name : `openrouter_subagent__${index}`,
                  outcome: texts[index] ?? '',
                }),
              ),
              textDelta(workers.map((_, index) => marker(request, `part-${index + 1}`)).join('\n')),
              end(),
            ];
          },
        ],
        change,
      );
      assert.equal(error, null);
      assert.ok(outcome?.format === 'replacement');
      const parts = [...outcome.text.matchAll(/part (\d+);/g)].map((match) => Number(match[1]));
      assert.deepEqual(
        parts,
        [...parts].sort((a, b) => a - b),
        naming,
      );
    }
  });

  test('on chat, usage that counts no calls means that nothing was delegated', async () => {
    const settings = { protocol: 'chat' as const };
    const counted = (toolCallsExecuted: number | null): StreamEvent => ({
      type: 'usage-available',
      usage: { ...usage, toolCallsExecuted },
    });
    for (const [event, didDelegate] of [
      [counted(1), true],
      [counted(0), false],
      [counted(null), false],
    ] as const) {
      const result = await run([[start, textDelta('It adds.'), event, end()]], { settings });
      assert.equal(result.didDelegate, didDelegate);
    }
  });

  test('an apology for a failed worker is not the job', async () => {
    const failed = update({ status: 'failed', outcome: null, error: 'overloaded' });
    const apology = textDelta('I am sorry, the worker was not able to finish the summary.');
    for (const task of [builtInTasks.summarize, builtInTasks.docstring]) {
      const result = await run([[start, failed, apology, end()]], { task });
      assert.equal(codeOf(result), 'outcome-failed');
      assert.match(result.rawAnswer, /I am sorry/);
    }
  });
});

suite('instructionsShown', () => {
  test('is told of a run whose input tokens only the workers’ instructions can explain', async () => {
    const text = sampleCode(400);
    const told = async (promptTokens: number): Promise<boolean> => {
      const counted: StreamEvent = { type: 'usage-available', usage: { ...usage, promptTokens } };
      const { record } = await run(
        [(request) => [start, update(), textDelta(marker(request)), counted, end()]],
        { text },
      );
      return record.instructionsShown !== undefined;
    };
    // Two steps with a tool's definition and an outline each, and twice the selection on top.
    assert.equal(await told(3000), false);
    assert.equal(await told(3000 + 2 * 6000), true);
  });

  test('is not told of a run without workers, nor without usage', async () => {
    const direct = { settings: { routing: 'direct' as const } };
    const dear: StreamEvent = {
      type: 'usage-available',
      usage: { ...usage, promptTokens: 99_999 },
    };
    const script = [start, textDelta('It adds.'), dear, end()];
    assert.equal((await run([script], direct)).record.instructionsShown, undefined);
    const silent = await run([[start, textDelta('It adds.'), end()]]);
    assert.equal(silent.record.instructionsShown, undefined);
  });
});
