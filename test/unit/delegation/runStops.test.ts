import assert from 'node:assert/strict';
import { DelegateError } from '../../../src/common/delegateError';

import type { RunEvent } from '../../../src/delegation/run/run';

import { runTask } from '../../../src/delegation/runTask';

import { OpenRouterError, type OpenRouterErrorCode } from '../../../src/openrouter/errors';

import { defaultModels, lookup, requestWith, start, textDelta, update } from './kit';
import { ScriptedClient, type Step } from './scriptedClient';

import { begin, goodScript, marker } from './runKit';
import { ManualClock } from '../../support/manualClock';

suite('run that is not sent', () => {
  test('for a refusal', async () => {
    const { result, client, events } = begin({
      change: { settings: { workerModel: '' } },
      scripts: [],
    });
    const { status, error, record } = await result;
    assert.equal(status, 'refused');
    assert.equal(error.code, 'refused-no-worker-model');
    assert.equal(record.wasSent, false);
    assert.equal(client.requests.length, 0);
    assert.deepEqual(events, []);
  });

  test('for the budget, which is asked with the estimate', async () => {
    class OverBudget extends DelegateError {
      readonly code = 'over-budget';
    }
    let asked: unknown;
    const { result, client } = begin({
      scripts: [],
      ports: {
        checkBudget: ({ estimate }) => {
          asked = estimate;
          return Promise.resolve(new OverBudget('Too dear.'));
        },
      },
    });
    const { status, error, record } = await result;
    assert.equal(status, 'refused');
    assert.equal(error.code, 'over-budget');
    assert.equal(record.wasSent, false);
    assert.equal(client.requests.length, 0);
    assert.ok((asked as { ceilingNanoUsd: number }).ceilingNanoUsd > 0);
  });

  test('without prices the budget is asked with null', async () => {
    let asked: unknown = 'not asked';
    const { result } = begin({
      scripts: [goodScript],
      ports: {
        models: lookup(),
        checkBudget: ({ estimate }) => {
          asked = estimate;
          return null;
        },
      },
    });
    assert.equal((await result).status, 'completed');
    assert.equal(asked, null);
  });

  test('when it was cancelled before', async () => {
    const controller = new AbortController();
    controller.abort();
    const client = new ScriptedClient();
    const result = await runTask(
      requestWith(),
      { client, clock: new ManualClock(1_000_000), models: defaultModels, random: () => 0 },
      () => undefined,
      controller.signal,
    );
    assert.equal(result.status, 'cancelled');
    assert.equal(result.record.wasSent, false);
    assert.equal(client.requests.length, 0);
  });
});

suite('cancelled run', () => {
  // Longer than what may turn out to be said before a call, and is held back.
  const half = 'Half of an answer. '.repeat(20);
  const stages: readonly (readonly [string, readonly Step[], RunEvent['type']])[] = [
    ['after sending', [start, 'hang'], 'request-sent'],
    [
      'while a worker writes',
      [start, update({ status: 'running', outcome: null }), 'hang'],
      'delegation-update',
    ],
    ['while the answer comes', [start, textDelta(half), 'hang'], 'answer-delta'],
    ['with a stream that does not notice', [start, textDelta(half), 'deaf'], 'answer-delta'],
  ];
  for (const [title, script, type] of stages) {
    test(title, async () => {
      const { result } = begin({
        scripts: [script],
        onEvent: (event, { controller }) => {
          if (event.type === type) setImmediate(() => controller.abort());
        },
      });
      const { status, error, partialAnswer, record } = await result;
      assert.equal(status, 'cancelled');
      assert.equal(error, null);
      assert.equal(partialAnswer, type === 'answer-delta' ? half : '');
      assert.equal(record.generationId, 'gen-1');
      assert.equal(record.usage, null);
      assert.equal(record.wasSent, true);
    });
  }

  test('before any answer of the API', async () => {
    const { result, controller, client } = begin({ scripts: [['hang']] });
    setImmediate(() => controller.abort());
    const { status, record } = await result;
    assert.equal(status, 'cancelled');
    assert.equal(record.generationId, null);
    assert.equal(record.wasSent, true);
    assert.equal(client.closedStreams, 1);
  });

  test('while it waits to try again', async () => {
    const error = new OpenRouterError('rate-limit', 'x');
    const { result, client } = begin({
      scripts: [[{ type: 'stream-error', error }]],
      onEvent: (event, { controller }) => {
        if (event.type === 'retry-scheduled') setImmediate(() => controller.abort());
      },
    });
    assert.equal((await result).status, 'cancelled');
    assert.equal(client.requests.length, 1);
  });

  test('a marker whose outcome had not come leaves the text before it', async () => {
    const { result } = begin({
      scripts: [
        (request) => [
          start,
          update({ status: 'running', outcome: null }),
          textDelta(`Before ${marker(request)} after`),
          'hang',
        ],
      ],
      onEvent: (event, { controller }) => {
        if (event.type === 'answer-delta') setImmediate(() => controller.abort());
      },
    });
    assert.equal((await result).partialAnswer, 'Before  after');
  });
});

suite('retry', () => {
  const failing = (code: OpenRouterErrorCode, details = {}): readonly Step[] => [
    { type: 'stream-error', error: new OpenRouterError(code, 'x', details) },
  ];

  test('once, for a passing reason, after the time the API asks for', async () => {
    const { result, client, events, clock } = begin({
      scripts: [failing('rate-limit', { retryAfterMs: 7000 }), goodScript],
      onEvent: (event) => {
        if (event.type === 'retry-scheduled') setImmediate(() => clock.advance(event.delayMs));
      },
    });
    const { status, record } = await result;
    assert.equal(status, 'completed');
    assert.equal(client.requests.length, 2);
    assert.deepEqual(client.requests[0], client.requests[1]);
    assert.deepEqual(
      events.filter((event) => event.type === 'retry-scheduled'),
      [{ type: 'retry-scheduled', reason: 'rate-limit', delayMs: 7000 }],
    );
    assert.equal(record.durationMs, 7000);
  });

  test('not a second time', async () => {
    const { result, client, clock } = begin({
      scripts: [failing('provider'), failing('provider'), goodScript],
      onEvent: (event) => {
        if (event.type === 'retry-scheduled') setImmediate(() => clock.advance(event.delayMs));
      },
    });
    const { status, record } = await result;
    assert.equal(status, 'failed');
    assert.equal(client.requests.length, 2);
    assert.equal(record.wasSent, false);
  });

  const final: readonly (readonly [string, readonly Step[]])[] = [
    ['a wrong key', failing('authentication')],
    ['what may have been billed', failing('provider', { mayHaveBilled: true })],
    ['an answer that has begun', [start, ...failing('provider')]],
    ['an answer that has text', [start, textDelta('a'), ...failing('rate-limit')]],
  ];
  for (const [title, script] of final) {
    test(`not for ${title}`, async () => {
      const { result, client } = begin({ scripts: [script, goodScript] });
      assert.equal((await result).status, 'failed');
      assert.equal(client.requests.length, 1);
    });
  }
});
