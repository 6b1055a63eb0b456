import assert from 'node:assert/strict';
import type { RunPorts } from '../../../src/delegation/ports';
import { OpenRouterError } from '../../../src/openrouter/errors';
import { assertAcceptedBySdk } from '../../support/sdkSchemas';
import type { RequestChange } from './kit';
import { shownText, usage } from './runKit';
import { type Script, ScriptedClient, type Step } from './scriptedClient';
import {
  ANSWER,
  DOCSTRING,
  VERIFIED,
  WRONG,
  answer,
  assertDone,
  beginJudged,
  input,
  judged,
  steps,
} from './workerFirstKit';

suite('worker at an endpoint of the user’s', () => {
  const local = (scripts: readonly (Script | readonly Step[])[], prove: RunPorts['prove']) => {
    const localWorker = new ScriptedClient(...scripts);
    return { localWorker, ...beginJudged([], prove, { ports: { localWorker } }) };
  };

  test('gets a plain request, costs what it says or nothing, and is not looked up', async () => {
    for (const [told, cost] of [
      [null, 0],
      [7, 7],
    ] as const) {
      const { localWorker, result, client } = local([answer(1, ANSWER, told)], judged(VERIFIED));
      const { record } = await result;
      assert.equal(client.requests.length, 0);
      const [sent] = localWorker.requests;
      assert.deepEqual(Object.keys(sent!.body).sort(), [
        'max_tokens',
        'messages',
        'model',
        'stream',
        'stream_options',
        'temperature',
      ]);
      assert.deepEqual(sent!.headers, {});
      assert.equal(record.usage?.costNanoUsd, cost);
      assert.equal(record.usage.promptTokens, usage.promptTokens);
      assert.equal(record.generationId, null);
    }
  });

  const SECRET = 'const kakapoInTheBody = 1;';
  const longer: RequestChange = {
    ...DOCSTRING,
    text: `export function one() {\n  ${SECRET}\n}\n`,
  };

  function localWithAdvice(
    scripts: readonly (Script | readonly Step[])[],
    advice: readonly Step[],
    prove: RunPorts['prove'],
  ) {
    const localWorker = new ScriptedClient(...scripts);
    const running = beginJudged([advice], prove, { change: longer, ports: { localWorker } });
    return { localWorker, ...running };
  }

  test('keeps the text: the orchestrator sees an outline, and its advice is for one more answer', async () => {
    const { localWorker, result, client, events } = localWithAdvice(
      [answer(1), answer(2), answer(3)],
      answer(9, 'Name no line\nthat is not there.', 50),
      judged(WRONG, WRONG, VERIFIED),
    );
    const done = await result;
    assertDone(done);
    assert.equal(done.checkedBy, 'proof');
    const [asked, ...others] = client.requests;
    assert.deepEqual(others, []);
    assert.ok(asked);
    assertAcceptedBySdk(asked);
    assert.ok(!JSON.stringify(asked.body).includes('kakapo'));
    assert.equal(asked.body.tools, undefined);
    assert.ok(input(asked).includes('2 code changes, first in line 1'));
    assert.match(input(asked), /one 1/);
    const last = input(localWorker.requests[2]);
    assert.ok(last.includes('Advice: Name no line that is not there.'), last);
    assert.deepEqual(steps(events), [
      'worker:none',
      'worker-again:answer-unverified',
      'advice:answer-unverified',
      'worker-advised:none',
    ]);
    assert.ok(!shownText(events).includes('Name no line'), 'advice is no answer');
    assert.ok(events.some((event) => event.type === 'preamble'));
    assert.equal(done.record.requests, 4);
    assert.equal(done.record.didEnableDelegation, false);
    assert.equal(done.record.generationId, 'gen-9');
    assert.equal(done.record.usage?.costNanoUsd, 1 + 2 + 3 + 50);
  });

  test('ends without a result when the answer after advice is not proven either', async () => {
    const { result, client, localWorker } = localWithAdvice(
      [answer(1), answer(2), answer(3)],
      answer(9, 'Look again.', 50),
      judged(WRONG, WRONG, WRONG),
    );
    const done = await result;
    assert.equal(done.status, 'failed');
    assert.equal(done.error.code, 'answer-unverified');
    assert.equal(done.partialAnswer, ANSWER);
    assert.equal(client.requests.length, 1);
    assert.equal(localWorker.requests.length, 3);
  });

  test('what had come stays when the orchestrator cannot be asked', async () => {
    const error = new OpenRouterError('authentication', 'No.', { status: 401 });
    const { result } = localWithAdvice(
      [answer(1), answer(2)],
      [{ type: 'stream-error', error }],
      judged(WRONG, WRONG),
    );
    const done = await result;
    assert.equal(done.status, 'failed');
    assert.equal(done.error.code, 'authentication');
    assert.equal(done.partialAnswer, ANSWER);
    assert.equal(done.record.requests, 2);
  });

  test('is free when it is right, and the worst case is the advice', async () => {
    const { result } = beginJudged([], judged(), {
      ports: {
        localWorker: new ScriptedClient(),
        checkBudget: ({ estimate }) => {
          assert.ok(estimate);
          assert.equal(estimate.expectedNanoUsd, 0);
          assert.ok(estimate.ceilingNanoUsd > 0 && estimate.ceilingNanoUsd < 0.02e9);
          return new OpenRouterError('insufficient-credits', 'Stop here.');
        },
      },
    });
    assert.equal((await result).status, 'refused');
  });
});
