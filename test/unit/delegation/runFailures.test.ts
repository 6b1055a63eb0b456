import assert from 'node:assert/strict';
import { DelegateError } from '../../../src/common/delegateError';
import { refusalMarker } from '../../../src/delegation/run/markers';
import { type OutcomeError } from '../../../src/delegation/answer/outcomeError';

import { builtInTasks } from '../../../src/tasks/catalog';
import { OpenRouterError } from '../../../src/openrouter/errors';

import { end, prepare, requestWith, sampleCode, start, textDelta, update } from './kit';
import { type Step, nonceOf } from './scriptedClient';

import { begin, codeOf, goodScript, marker, run, shownText, usage, usageEvent } from './runKit';

suite('run that ends without a result', () => {
  test('worker failed behind a marker', async () => {
    const result = await run([
      (request) => [
        start,
        update({ status: 'failed', outcome: null, error: 'overloaded' }),
        textDelta(marker(request)),
        usageEvent,
        end(),
      ],
    ]);
    assert.equal(codeOf(result), 'outcome-failed');
    assert.equal((result.error as OutcomeError).workerMessage, 'overloaded');
    assert.deepEqual(result.record.delegations, { requested: 1, ok: 0, failed: 1 });
    assert.deepEqual(result.record.usage, usage);
  });

  test('worker that broke off: what it wrote is no answer, and is not lost', async () => {
    const half = update({ status: 'failed', outcome: 'It adds', error: 'length' });
    const result = await run([
      (request) => [start, half, textDelta(marker(request)), usageEvent, end()],
    ]);
    assert.equal(codeOf(result), 'outcome-failed');
    assert.equal(result.partialAnswer, 'It adds');
  });

  test('marker that names nothing', async () => {
    const result = await run([
      (request) => [start, update(), textDelta(`Done ${marker(request, 'other')}`), end()],
    ]);
    // Not accepted in so many words, but paid for.
    assert.deepEqual(result.outcome, { format: 'text', text: 'An outcome.', isUnaccepted: true });
    assert.match(result.rawAnswer, /^Done \[\[outcome:/);
    assert.equal(result.partialAnswer, 'Done \n\nAn outcome.');
    const without = await run([
      (request) => [start, textDelta(`Done ${marker(request, 'other')}`), end()],
    ]);
    assert.equal(codeOf(without), 'outcome-unknown');
  });

  test('marker that came damaged is no text of the answer', async () => {
    const result = await run([
      (request) => [
        start,
        update(),
        textDelta(
          `The outcome meets what was asked: [[outc:${nonceOf(request)}:summ nothing else.`,
        ),
        end(),
      ],
    ]);
    assert.deepEqual(result.outcome, { format: 'text', text: 'An outcome.', isUnaccepted: true });
    assert.match(result.partialAnswer, /An outcome\.$/);
  });

  test('outcome that the stream never shows', async () => {
    for (const updates of [
      [update({ outcome: null })],
      [],
      [update({ status: 'running', outcome: null })],
    ]) {
      const result = await run([
        (request) => [start, ...updates, textDelta(marker(request)), end()],
      ]);
      assert.equal(codeOf(result), 'outcome-missing');
      assert.match(result.error!.message, /integrated/);
    }
  });

  test('part that was not accepted', async () => {
    const change = { task: builtInTasks.reformat, text: sampleCode(700) };
    const { tasks } = prepare(requestWith(change));
    const result = await run(
      [
        (request) => [
          start,
          ...tasks.map((task, index) =>
            update({ key: `d${index}`, taskName: task.taskName, outcome: task.pinnedText }),
          ),
          textDelta(marker(request, 'part-1')),
          end(),
        ],
      ],
      change,
    );
    assert.equal(result.outcome?.isUnaccepted, true);
    assert.ok(result.partialAnswer.length > 0);
  });

  test('mere remark where a marker was due, with the outcome offered', async () => {
    const outcome = 'It adds numbers, and more of the same for a while.';
    const remark = await run([[start, update({ outcome }), textDelta('Done.'), end()]]);
    assert.deepEqual(remark.outcome, { format: 'text', text: outcome, isUnaccepted: true });
    assert.equal(remark.notes, 'Done.');
    assert.equal(remark.partialAnswer, `Done.\n\n${outcome}`);
    const copy = await run([[start, update({ outcome }), textDelta(outcome), end()]]);
    assert.deepEqual(copy.outcome, { format: 'text', text: outcome });
  });

  test('job that the orchestrator declines', async () => {
    const result = await run([
      (request) => [start, textDelta(`${refusalMarker(nonceOf(request))} This is no code.`), end()],
    ]);
    assert.equal(codeOf(result), 'answer-declined');
    assert.equal((result.error as OutcomeError).explanation, 'This is no code.');
  });

  test('no text, with and without outcomes', async () => {
    const nothing = await run([[start, end()]]);
    assert.equal(codeOf(nothing), 'answer-missing');
    assert.equal((nothing.error as OutcomeError).hasAllOutcomes, false);
    const offered = await run([[start, update({ outcome: 'Usable.' }), end('tool-calls')]]);
    assert.deepEqual(offered.outcome, { format: 'text', text: 'Usable.', isUnaccepted: true });
    assert.equal(offered.partialAnswer, 'Usable.');
  });

  test('tool calls pending after some text', async () => {
    const result = await run([[start, textDelta('I will delegate.'), end('tool-calls')]]);
    assert.equal(codeOf(result), 'answer-missing');
    assert.equal(result.partialAnswer, 'I will delegate.');
  });

  test('answer cut short or filtered, whatever the format', async () => {
    for (const task of [builtInTasks.summarize, builtInTasks.reformat, builtInTasks.extract]) {
      const script: readonly Step[] = [start, textDelta('half an ans'), usageEvent];
      const change = { task, instruction: 'x' };
      const cut = await run([[...script, end('length')]], change);
      assert.equal(codeOf(cut), 'answer-cut-short');
      assert.equal(cut.partialAnswer, 'half an ans');
      assert.deepEqual(cut.record.usage, usage);
      assert.equal(
        codeOf(await run([[...script, end('content-filter')]], change)),
        'answer-filtered',
      );
      assert.equal(codeOf(await run([[...script, end('other')]], change)), 'answer-unfinished');
    }
  });

  test('answer that cannot be read', async () => {
    const change = { task: builtInTasks.docstring };
    const result = await run(
      [
        (request) => [
          start,
          update({ taskName: 'docstring', outcome: 'no JSON' }),
          textDelta(marker(request, 'docstring')),
          end(),
        ],
      ],
      change,
    );
    assert.equal(codeOf(result), 'answer-invalid');
    assert.equal(result.partialAnswer, 'no JSON');
  });

  test('error in the middle of the stream keeps what had arrived', async () => {
    const error = new OpenRouterError('provider', 'x', {
      generationId: 'gen-9',
      mayHaveBilled: true,
    });
    const result = await run([
      [
        start,
        update({ status: 'running', outcome: null }),
        textDelta('Half'),
        { type: 'stream-error', error },
      ],
    ]);
    assert.equal(codeOf(result), 'provider');
    assert.equal(result.error, error);
    assert.equal(result.partialAnswer, 'Half');
    assert.equal(result.record.generationId, 'gen-9');
    assert.equal(result.record.usage, null);
    assert.equal(result.record.wasSent, true);
  });

  test('stream that just stops', async () => {
    const result = await run([[start, textDelta('Half')]]);
    assert.equal(codeOf(result), 'interrupted');
    assert.equal(result.partialAnswer, 'Half');
  });

  test('events after the end change nothing', async () => {
    const { result, events } = begin({
      scripts: [[[start, textDelta('Done.'), end(), textDelta('More'), end('length')]]],
    });
    assert.deepEqual((await result).outcome, { format: 'text', text: 'Done.' });
    assert.equal(shownText(events), 'Done.');
  });

  test('a client that throws', async () => {
    const result = await run([[start, new TypeError('bug')]]);
    assert.equal(codeOf(result), 'internal');
    assert.ok(result.error instanceof DelegateError);
    assert.ok(!result.error.message.includes('bug'));
  });

  test('a view that throws does not cost the result', async () => {
    const { result } = begin({
      scripts: [goodScript],
      onEvent: () => {
        throw new Error('view');
      },
    });
    assert.equal((await result).status, 'completed');
  });
});
