import assert from 'node:assert/strict';

import { builtInTasks } from '../../../src/tasks/catalog';

import type { StreamEvent } from '../../../src/openrouter/streamEvent';

import { end, prepare, requestWith, sampleCode, start, textDelta, update } from './kit';
import { type Script } from './scriptedClient';

import { begin, goodScript, marker, run, shownText, usage, usageEvent } from './runKit';
import { ManualClock } from '../../support/manualClock';

suite('run', () => {
  test('that goes well gives the outcome, byte for byte, and its record', async () => {
    const { result, events, clock } = begin({ scripts: [goodScript] });
    const { record, ...rest } = await result;
    assert.deepEqual(rest, {
      status: 'completed',
      outcome: { format: 'text', text: 'It adds numbers.' },
      error: null,
      notes: '',
      rawAnswer: rest.rawAnswer,
      partialAnswer: 'It adds numbers.',
      didDelegate: true,
      workerFirstEstimateNanoUsd: null,
      checkedBy: 'orchestrator',
    });
    assert.match(rest.rawAnswer, /^\[\[outcome:[a-z2-7]{8}:summarize\]\]$/);
    assert.deepEqual(record, {
      id: '0b9f7f2e-9a53-4a53-8a0f-000000000001',
      route: 'summarize',
      project: '',
      requests: 1,
      directEstimateNanoUsd: record.directEstimateNanoUsd,
      protocol: 'responses',
      routing: 'delegated',
      orchestratorModel: 'test/orchestrator',
      workerModel: 'test/worker',
      didEnableDelegation: true,
      delegations: { requested: 1, ok: 1, failed: 0 },
      status: 'completed',
      finishReason: { unified: 'stop', raw: 'stop' },
      usage,
      generationId: 'gen-1',
      startedAtMs: clock.now(),
      durationMs: 0,
      wasSent: true,
    });
    assert.deepEqual(
      events.map((event) => event.type),
      [
        'run-start',
        'request-sent',
        'heartbeat-received',
        'delegation-update',
        'delegation-update',
        'answer-delta',
        'usage-available',
      ],
    );
    assert.ok(Number(record.directEstimateNanoUsd) > 0);
    assert.equal(shownText(events), 'It adds numbers.');
  });

  test('tells how long it waits for news, and how long a worker takes', async () => {
    const { result, events } = begin({
      scripts: [
        (request) => [
          start,
          () => clock.advance(4000),
          { type: 'heartbeat-received' },
          () => clock.advance(3000),
          { type: 'heartbeat-received' },
          update({ status: 'running', outcome: null }),
          () => clock.advance(2000),
          { type: 'heartbeat-received' },
          update(),
          textDelta(marker(request)),
          end(),
        ],
      ],
      ports: {
        get clock() {
          return clock;
        },
      },
    });
    const { record } = await result;
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'heartbeat-received' ? [event.waitingMs] : [])),
      [4000, 7000, 2000],
    );
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'delegation-update' ? [event.elapsedMs] : [])),
      [null, 2000],
    );
    assert.equal(record.durationMs, 9000);
  });
  const clock = new ManualClock(1_000_000);

  test('in parts joins what the workers wrote, in the plan’s order', async () => {
    const change = { task: builtInTasks.reformat, text: sampleCode(700) };
    const { tasks } = prepare(requestWith(change));
    const script: Script = (request) => [
      start,
      ...tasks.map((task, index) =>
        update({
          key: `d${index}`,
          taskName: task.taskName,
          workerName: task.workerName,
          outcome: task.pinnedText,
        }),
      ),
      textDelta(
        [...tasks]
          .reverse()
          .map((task) => marker(request, task.taskName))
          .join('\n'),
      ),
      textDelta('\nAll parts look right.'),
      end(),
    ];
    const { outcome, notes } = await run([script], change);
    assert.deepEqual(outcome, { format: 'replacement', text: change.text });
    assert.equal(notes, 'All parts look right.');
  });

  test('with a corrected outcome takes the later one', async () => {
    const script: Script = (request) => [
      start,
      update({ key: 'a', outcome: 'wrong' }),
      update({ key: 'b', outcome: 'right' }),
      textDelta(marker(request)),
      end(),
    ];
    const { outcome, record } = await run([script]);
    assert.deepEqual(outcome, { format: 'text', text: 'right' });
    assert.deepEqual(record.delegations, { requested: 2, ok: 2, failed: 0 });
  });

  test('takes an outcome that only the terminal response shows', async () => {
    const script: Script = (request) => [
      start,
      update({ outcome: null }),
      textDelta(marker(request)),
      update({ outcome: 'late' }),
      end(),
    ];
    assert.deepEqual((await run([script])).outcome, { format: 'text', text: 'late' });
  });

  test('whose orchestrator answers by itself is a result, marked as not delegated', async () => {
    const { outcome, didDelegate, record } = await run([[start, textDelta('It adds.'), end()]]);
    assert.deepEqual(outcome, { format: 'text', text: 'It adds.' });
    assert.equal(didDelegate, false);
    assert.deepEqual(record.delegations, { requested: 0, ok: 0, failed: 0 });
    assert.equal(record.didEnableDelegation, true);
  });

  test('on chat counts as delegated by the counter of tool calls', async () => {
    const change = { settings: { protocol: 'chat' as const } };
    const answer = [start, textDelta('It adds.')];
    const counted = await run([[...answer, usageEvent, end()]], change);
    assert.equal(counted.didDelegate, true);
    assert.equal(counted.record.delegations.requested, 1);
    const none: StreamEvent = {
      type: 'usage-available',
      usage: { ...usage, toolCallsExecuted: 0 },
    };
    assert.equal((await run([[...answer, none, end()]], change)).didDelegate, false);
  });

  test('of the direct route reads the answer as it is', async () => {
    const change = {
      task: builtInTasks.reformat,
      text: '  a\n',
      settings: { routing: 'direct' as const },
    };
    const { outcome, didDelegate, record } = await run(
      [[start, textDelta('Here:\n```\nb\n```'), usageEvent, end()]],
      change,
    );
    assert.deepEqual(outcome, {
      format: 'replacement',
      text: '  b\n',
      mended: ['prose'],
    });
    assert.equal(didDelegate, false);
    assert.equal(record.routing, 'direct');
    assert.equal(record.didEnableDelegation, false);
  });
});
