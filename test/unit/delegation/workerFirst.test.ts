import assert from 'node:assert/strict';
import type { RequestNote } from '../../../src/delegation/ports';
import type { RunResult } from '../../../src/delegation/run/run';
import { OpenRouterError } from '../../../src/openrouter/errors';
import { builtInTasks } from '../../../src/tasks/catalog';
import { presetExtraction } from '../../../src/tasks/extract';
import { extractPresets } from '../../../src/tasks/extractPresets';
import { assertAcceptedBySdk } from '../../support/sdkSchemas';
import {
  type RequestChange,
  WORKER,
  end,
  prepare,
  promptsOf,
  requestWith,
  sampleCode,
  start,
  textDelta,
  workersOf,
} from './kit';
import { begin, shownText } from './runKit';
import type { Step } from './scriptedClient';
import {
  ANSWER,
  DOCSTRING,
  VERIFIED,
  WRONG,
  answer,
  assertDone,
  beginJudged,
  bill,
  delegated,
  input,
  judged,
  steps,
} from './workerFirstKit';

suite('worker first', () => {
  test('asks the worker alone, by what a delegation would have pinned', async () => {
    const { client, result, events } = beginJudged([answer(1)], judged(VERIFIED));
    const done = await result;
    assertDone(done);
    assert.equal(done.checkedBy, 'proof');
    assert.deepEqual(
      {
        ...done.record,
        directEstimateNanoUsd: Number(done.record.directEstimateNanoUsd) > 0,
      },
      {
        ...done.record,
        directEstimateNanoUsd: true,
        routing: 'worker-first',
        requests: 1,
        didEnableDelegation: false,
        generationId: 'gen-1',
        status: 'completed',
        wasSent: true,
      },
    );
    assert.equal(done.record.usage?.costNanoUsd, 1);
    const [sent] = client.requests;
    assert.ok(sent?.protocol === 'chat');
    assertAcceptedBySdk(sent);
    assert.equal(sent.body.model, WORKER);
    assert.equal(sent.body.tools, undefined);
    const asDelegation = prepare(requestWith({ ...DOCSTRING, settings: {} }));
    const [pinned] = workersOf(asDelegation.wire);
    const nonces = (text: string): string => text.replace(/-[a-z2-7]{8}>/g, '>');
    assert.equal(nonces(promptsOf(sent).instructions), nonces(pinned!.instructions));
    assert.equal(sent.body.max_completion_tokens, pinned!.max_completion_tokens);
    assert.equal(sent.body.temperature, 0.2);
    assert.deepEqual(sent.body.provider, { data_collection: 'deny' });
    assert.deepEqual(steps(events), ['worker:none']);
    assert.equal(shownText(events), ANSWER);
  });

  test('an answer that is not proven is asked for once more, with the reason', async () => {
    const { client, result, events } = beginJudged([answer(1), answer(2)], judged(WRONG, VERIFIED));
    const done = await result;
    assertDone(done);
    assert.equal(done.record.requests, 2);
    assert.equal(done.record.usage?.costNanoUsd, 3);
    assert.equal(done.record.generationId, 'gen-1 gen-2');
    assert.equal(done.record.didEnableDelegation, false);
    assert.ok(input(client.requests[1]).includes('2 code changes, first in line 1'));
    assert.deepEqual(steps(events), ['worker:none', 'worker-again:answer-unverified']);
  });

  test('twice rejected, the orchestrator takes over and is told why', async () => {
    const { client, result, events } = beginJudged(
      [answer(1), answer(2), delegated],
      judged(WRONG, WRONG),
    );
    const done = await result;
    assertDone(done);
    assert.equal(done.checkedBy, 'orchestrator');
    assert.equal(done.didDelegate, true);
    assert.equal(done.record.requests, 3);
    assert.equal(done.record.usage?.costNanoUsd, 103);
    assert.equal(done.record.generationId, 'gen-1 gen-2 gen-3');
    assert.equal(done.record.didEnableDelegation, true);
    assert.equal(done.record.routing, 'worker-first');
    const last = client.requests[2];
    assert.equal(last?.protocol, 'responses');
    assert.ok(input(last).includes('2 code changes, first in line 1'));
    assert.equal(workersOf(last).length, 1);
    assert.deepEqual(steps(events), [
      'worker:none',
      'worker-again:answer-unverified',
      'delegated:answer-unverified',
    ]);
  });

  const bad: readonly (readonly [string, readonly Step[], string])[] = [
    ['that is no JSON', answer(1, 'Sure! Here you are.'), 'answer-invalid'],
    ['that is empty', answer(1, ' '), 'answer-empty'],
    ['that names a line that is not there', answer(1, '[[9,"Nine."]]'), 'answer-invalid'],
    [
      'that is cut short',
      [start, textDelta('[[1,"The'), bill(1), end('length')],
      'answer-cut-short',
    ],
    [
      'that was filtered',
      [start, textDelta(ANSWER), bill(1), end('content-filter')],
      'answer-filtered',
    ],
    ['that wants tools', [start, textDelta(ANSWER), bill(1), end('tool-calls')], 'answer-missing'],
    ['that declines', answer(1, 'I cannot help with that.'), 'answer-declined'],
  ];
  for (const [name, script, code] of bad) {
    test(`an answer ${name} is not even judged`, async () => {
      const { result, events } = beginJudged([script, answer(2)], judged(VERIFIED));
      assertDone(await result);
      assert.deepEqual(steps(events), ['worker:none', `worker-again:${code}`]);
    });
  }

  test('a proof that breaks down proves nothing', async () => {
    const { result } = beginJudged(
      [answer(1), answer(2)],
      judged(new Error('out of memory'), VERIFIED),
    );
    assert.equal((await result).record.requests, 2);
  });

  test('a request that fails ends the run: the orchestrator would meet the same', async () => {
    const error = new OpenRouterError('authentication', 'No.', { status: 401 });
    const { result, client } = beginJudged([[{ type: 'stream-error', error }]], judged());
    const done = await result;
    assert.equal(done.status, 'failed');
    assert.equal(done.error.code, 'authentication');
    assert.equal(client.requests.length, 1);
    assert.equal(done.record.wasSent, false);
  });

  test('what was paid for stays when a later request fails', async () => {
    const error = new OpenRouterError('interrupted', 'Reset.', {
      generationId: 'gen-2',
      mayHaveBilled: true,
    });
    const { result } = beginJudged([answer(1), [{ type: 'stream-error', error }]], judged(WRONG));
    const done = await result;
    assert.equal(done.status, 'failed');
    assert.equal(done.partialAnswer, ANSWER);
    assert.equal(done.record.requests, 2);
    assert.equal(done.record.usage, null);
    assert.equal(done.record.generationId, 'gen-1 gen-2');
  });

  test('a bill of which one part has no id cannot be looked up', async () => {
    const error = new OpenRouterError('interrupted', 'Reset.', { mayHaveBilled: true });
    const { result } = beginJudged([answer(1), [{ type: 'stream-error', error }]], judged(WRONG));
    const { record } = await result;
    assert.equal(record.generationId, null);
    assert.equal(record.usage, null);
  });

  for (const number of [1, 2, 3]) {
    test(`is cancelled in its request ${number}`, async () => {
      // Longer than what may have been said before a call.
      const half = `[[1,"${'x'.repeat(300)}`;
      const hang: Step[] = [start, textDelta(half), 'hang'];
      const scripts = [answer(1), answer(2), delegated];
      const running = begin({
        change: DOCSTRING,
        scripts: [...scripts.slice(0, number - 1), hang],
        ports: { prove: judged(WRONG, WRONG) },
        onEvent: (event, { controller }) => {
          if (event.type === 'answer-delta' && event.text === half) controller.abort();
        },
      });
      const done = await running.result;
      assert.equal(done.status, 'cancelled');
      assert.equal(done.record.requests, number);
      assert.equal(running.client.requests.length, number);
      assert.equal(running.client.closedStreams, number);
      assert.equal(done.partialAnswer, half);
    });
  }

  test('a cancellation while the proof runs is not overtaken by its verdict', async () => {
    const controller = { abort: (): void => undefined };
    const running = beginJudged([answer(1)], () => {
      controller.abort();
      return Promise.resolve(VERIFIED);
    });
    controller.abort = () => running.controller.abort();
    const done = await running.result;
    assert.equal(done.status, 'cancelled');
    assert.equal(done.record.usage?.costNanoUsd, 1);
  });

  test('the worst case is both answers of the worker and the delegated run', async () => {
    const ceilings = new Map<string, number>();
    for (const routing of ['worker-first', 'delegated'] as const) {
      const { result } = beginJudged([], judged(), {
        change: { ...DOCSTRING, settings: { routing } },
        ports: {
          checkBudget: ({ estimate, didEnableDelegation }) => {
            ceilings.set(routing, estimate?.ceilingNanoUsd ?? 0);
            assert.equal(didEnableDelegation, routing === 'delegated');
            return new OpenRouterError('insufficient-credits', 'Stop here.');
          },
        },
      });
      assert.equal((await result).status, 'refused');
    }
    const [first, whole] = [ceilings.get('worker-first')!, ceilings.get('delegated')!];
    // Each answer of the worker may take 4096 tokens at half a dollar for a million.
    assert.ok(first - whole >= 2 * 4096 * 500, `${first} against ${whole}`);
    assert.ok(first - whole <= whole * 0.1, `${first} against ${whole}`);
  });

  test('is noted before each further request', async () => {
    const notes: RequestNote[] = [];
    const { result, client } = beginJudged(
      [answer(1), answer(2), delegated],
      judged(WRONG, WRONG),
      {
        ports: {
          noteRequest: (note) => {
            assert.equal(client.requests.length, note.requests - 1);
            notes.push(note);
          },
        },
      },
    );
    await result;
    assert.deepEqual(notes, [
      { requests: 2, didEnableDelegation: false },
      { requests: 3, didEnableDelegation: true },
    ]);
  });

  test('a long selection goes to the worker in parts, which are judged together', async () => {
    const text = sampleCode(120);
    const settings = { routing: 'worker-first', worker: { maxCompletionTokens: 2048 } } as const;
    const change: RequestChange = { task: builtInTasks.reformat, text, settings };
    const { tasks } = prepare(
      requestWith({ ...change, settings: { ...settings, routing: 'delegated' } }),
    );
    assert.ok(tasks.length > 1);
    const scripts = tasks.map(({ sourceText }, index) => answer(index + 1, sourceText));
    const { result } = beginJudged(
      scripts,
      (outcome) => {
        assert.equal(outcome.format === 'replacement' && outcome.text, text);
        return Promise.resolve(VERIFIED);
      },
      { change },
    );
    const done = await result;
    assert.equal(done.error, null);
    assert.equal(done.record.requests, tasks.length);
  });
});

suite('worker first without a proof', () => {
  test('goes the way of auto and says so', async () => {
    const { result, events } = beginJudged([], undefined, {
      ports: { checkBudget: () => new OpenRouterError('insufficient-credits', 'Stop here.') },
    });
    assert.equal((await result).record.routing, 'direct');
    assert.deepEqual(events, []);
    const text = beginJudged([[]], judged(), { change: { settings: { routing: 'worker-first' } } });
    await text.result;
    const [begun] = text.events;
    assert.ok(begun?.type === 'run-start');
    assert.deepEqual(begun.reason, { type: 'no-proof' });
    assert.notEqual(begun.routing, 'worker-first');
  });

  const preset = extractPresets.find(({ id }) => id === 'todos')!;
  const extraction: RequestChange = {
    ...presetExtraction(preset),
    text: '// TODO: one\n',
    settings: { routing: 'worker-first' },
  };

  test('a schema judges JSON, and a schema that no answer can meet is not asked for', async () => {
    const rows = '[{"line":1,"mark":"TODO","text":"one"}]';
    const { result } = beginJudged([answer(1, '[{"line":"one"}]'), answer(2, rows)], undefined, {
      change: extraction,
    });
    const done = await result;
    assert.equal(done.error, null);
    assert.equal(done.checkedBy, 'schema');
    assert.equal(done.record.requests, 2);
    const broken = beginJudged([answer(1, rows)], undefined, {
      change: { ...extraction, schema: { type: 'nonsense' } },
    });
    assert.equal((await broken.result).error?.code, 'refused-schema');
    assert.equal(broken.client.requests.length, 0);
  });

  test('other routes send, show and bring byte for byte what they did, whatever could be proven', async () => {
    for (const routing of ['delegated', 'direct', 'auto'] as const) {
      const change: RequestChange = { ...DOCSTRING, settings: { routing } };
      const script = routing === 'delegated' ? delegated : answer(3);
      const seen: unknown[] = [];
      // A proof that is asked throws.
      for (const prove of [undefined, judged()]) {
        const { client, result, events } = beginJudged([script], prove, { change });
        const { workerFirstEstimateNanoUsd, ...rest } = await result;
        assertDone(rest as RunResult);
        assert.equal(Number(workerFirstEstimateNanoUsd) > 0, prove !== undefined);
        seen.push({ requests: client.requests, events, rest });
      }
      assert.deepEqual(seen[0], seen[1]);
    }
  });
});
