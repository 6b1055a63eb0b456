import assert from 'node:assert/strict';
import { startSimulator } from '../../../src/simulator/index';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { MARKER, protocols, Subject } from './faultSubject';
import { at, delegationsOf, post, readEvents, textOf, usageOf } from './http';
import { chatBody, responsesBody } from './prompts';

suite('Simulator: faults of the answer', () => {
  const subject = new Subject();

  suiteSetup(async () => {
    subject.simulator = await startSimulator();
  });
  suiteTeardown(() => subject.simulator.close());
  teardown(() => subject.simulator.reset());

  suite('ends', () => {
    test('chat: without a finish, before the usage, in the middle of JSON', async () => {
      const unfinished = await subject.events('end-without-terminal', 'chat');
      assert.ok(unfinished.every((event) => !at(event, 'choices.0.finish_reason')));
      assert.equal(textOf(unfinished), MARKER);
      const unpaid = await subject.events('end-before-usage', 'chat');
      assert.equal(at(unpaid.at(-1), 'choices.0.finish_reason'), 'stop');
      assert.equal(usageOf(unpaid), null);
      const cut = await subject.run('end-mid-json', 'chat');
      assert.equal(cut.isBroken, false);
      assert.doesNotMatch(cut.text, /\n\n$/);
    });

    test('responses: without a terminal event', async () => {
      for (const fault of ['end-without-terminal', 'end-before-usage', 'end-mid-json'] as const) {
        const types = (await subject.events(fault, 'responses')).map((event) => event['type']);
        assert.ok(!types.includes('response.completed'), fault);
        const expected =
          fault === 'end-without-terminal'
            ? 'response.output_text.delta'
            : 'response.output_item.done';
        assert.equal(types.at(-1), expected);
      }
    });

    test('no [DONE], a finish that comes twice, usage without choices', async () => {
      for (const protocol of protocols) {
        const { isDone, events } = readEvents((await subject.run('no-done', protocol)).text);
        assert.equal(isDone, false);
        assert.ok(usageOf(events));
      }
      const twice = await subject.events('duplicate-finish', 'chat');
      const finishes = twice.filter((event) => at(event, 'choices.0.finish_reason') === 'stop');
      assert.equal(finishes.length, 2);
      assert.ok(finishes[1]?.['usage']);
      const bare = await subject.events('usage-without-choices', 'chat');
      assert.deepEqual(bare.at(-1)?.['choices'], []);
    });

    test('chat: finish reasons', async () => {
      for (const [fault, finish, text] of [
        ['finish-tool-calls', 'tool_calls', ''],
        ['length', 'length', MARKER.slice(0, Math.ceil(MARKER.length / 2))],
        ['content-filter', 'content_filter', ''],
        ['empty-answer', 'stop', ''],
      ] as const) {
        const events = await subject.events(fault, 'chat');
        assert.equal(at(events.at(-2), 'choices.0.finish_reason'), finish);
        assert.equal(textOf(events), text);
      }
    });

    test('responses: incomplete, with the reason', async () => {
      for (const [fault, reason] of [
        ['length', 'max_output_tokens'],
        ['response-incomplete', 'max_output_tokens'],
        ['content-filter', 'content_filter'],
      ] as const) {
        const terminal = (await subject.events(fault, 'responses')).at(-1);
        assert.equal(terminal?.['type'], 'response.incomplete');
        assert.equal(at(terminal, 'response.incomplete_details.reason'), reason);
      }
    });

    for (const protocol of protocols) {
      test(`${protocol}: usage that does not tell the cost`, async () => {
        assert.equal(usageOf(await subject.events('usage-missing', protocol)), null);
        assert.equal(usageOf(await subject.events('usage-null', protocol)), null);
        assert.ok(!('cost' in (usageOf(await subject.events('cost-absent', protocol)) ?? {})));
        assert.equal(usageOf(await subject.events('cost-null', protocol))?.['cost'], null);
        assert.equal(usageOf(await subject.events('cost-zero', protocol))?.['cost'], 0);
        assert.ok((subject.bill ?? 0) > 0, 'it costs all the same');
        const guide = usageOf(await subject.events('usage-guide-spelling', protocol));
        assert.equal(at(guide, 'server_tool_use.tool_calls_executed'), 1);
        const byok = usageOf(await subject.events('byok', protocol));
        assert.equal(byok?.['is_byok'], true);
        assert.ok(Number(at(byok, 'cost_details.upstream_inference_cost')) > Number(byok['cost']));
      });
    }

    test('text that never streams', async () => {
      const events = await subject.events('text-missing', 'responses');
      assert.equal(textOf(events), '');
      assert.equal(at(events.at(-1), 'response.output.2.content.0.text'), MARKER);
      assert.equal(textOf(await subject.events('text-missing', 'chat')), '');
    });

    test('a piece of the text that is lost', async () => {
      const events = await subject.events('piece-lost', 'responses');
      const text = textOf(events);
      assert.ok(text.length < MARKER.length && text.startsWith(MARKER.slice(0, 12)), text);
      assert.equal(at(events.at(-1), 'response.output.2.content.0.text'), MARKER);
      assert.equal(textOf(await subject.events('piece-lost', 'chat')), text);
    });
  });

  suite('errors inside a stream', () => {
    test('chat: four spellings of one error, after the first text', async () => {
      for (const [fault, code, choices] of [
        ['error-integer-code', 502, 1],
        ['error-string-code', 'server_error', 1],
        ['error-no-choices', 502, 0],
        ['error-bare', 502, undefined],
      ] as const) {
        const events = await subject.events(fault, 'chat');
        const last = events.at(-1);
        assert.equal(at(last, 'error.code'), code);
        assert.equal((last?.['choices'] as unknown[] | undefined)?.length, choices);
        assert.equal(textOf(events), MARKER.slice(0, 12));
      }
    });

    test('responses: the error event flat and nested, and the failed response', async () => {
      const flat = (await subject.events('error-string-code', 'responses')).at(-1);
      assert.deepEqual([flat?.['type'], flat?.['code']], ['error', 'server_error']);
      const nested = (await subject.events('error-integer-code', 'responses')).at(-1);
      assert.deepEqual([nested?.['type'], at(nested, 'error.code')], ['error', 502]);
      const failed = await subject.events('response-failed', 'responses');
      assert.equal(failed.at(-1)?.['type'], 'response.failed');
      assert.equal(at(failed.at(-1), 'response.status'), 'failed');
      assert.equal(at(failed.at(-1), 'response.id'), at(failed[0], 'response.id'));
      assert.equal(textOf(failed), MARKER.slice(0, 12));
    });

    test('an error before any text', async () => {
      for (const protocol of protocols) {
        const events = await subject.events('error-first', protocol);
        assert.ok(at(events.at(-1), 'error.message'));
      }
      const failed = await subject.events('response-failed-first', 'responses');
      assert.equal(failed.at(-1)?.['type'], 'response.failed');
    });

    test('the failed turns are not charged, the workers are', async () => {
      await subject.run('error-integer-code', 'chat');
      const [request] = subject.simulator.requests;
      assert.deepEqual(
        request?.steps.map((step) => step.kind),
        ['worker'],
      );
      assert.ok(request);
      assert.equal(request.billedNanoUsd, request.steps[0]?.costNanoUsd);
    });

    test('an answer that is not streamed has the error inside', async () => {
      const model = 'simulator/fault-error-integer-code';
      const chat = await post(subject.simulator, '/chat/completions', {
        body: { ...chatBody({ model }), stream: false },
      });
      assert.equal(chat.status, 200);
      assert.equal(at(JSON.parse(chat.text), 'choices.0.error.code'), 502);
      const responses = await post(subject.simulator, '/responses', {
        body: { ...responsesBody({ model }), stream: false },
      });
      assert.equal(at(JSON.parse(responses.text), 'status'), 'failed');
    });
  });

  suite('delegations', () => {
    test('workers that fail, a delegation too many, and odd orchestrators', async () => {
      const statuses = async (fault: FaultName): Promise<unknown[]> =>
        delegationsOf(await subject.events(fault, 'responses')).map((item) => item['status']);
      assert.deepEqual(await statuses('worker-failed'), ['failed', 'completed']);
      assert.deepEqual(await statuses('worker-failed-all'), ['failed', 'failed']);
      assert.deepEqual(await statuses('failed-marker'), ['failed']);
      const crowd = delegationsOf(await subject.events('eleventh-delegation', 'responses'));
      const eleventh = crowd.find((item) => item['task_name'] === 'extra-10');
      assert.deepEqual([crowd.length, eleventh?.['status']], [12, 'failed']);
      assert.deepEqual(await statuses('ignores-tool'), []);
      assert.deepEqual(await statuses('refused'), []);
      assert.deepEqual(await statuses('redelegated'), ['completed', 'completed']);
      const text = async (fault: FaultName): Promise<string> =>
        textOf(await subject.events(fault, 'responses'));
      assert.match(await text('unknown-marker'), /no-such-task/);
      assert.equal(await text('missing-marker'), 'Done.');
      assert.match(await text('around-marker'), /requirements/);
    });

    test('items that keep something back', async () => {
      const items = async (fault: FaultName): Promise<[unknown, unknown]> => {
        const events = await subject.events(fault, 'responses');
        // What the model thought before its call is the first item.
        return [delegationsOf(events)[0], at(events.at(-1), 'response.output.1')];
      };
      const [missing, missingAtEnd] = await items('outcome-missing');
      assert.equal(at(missing, 'status'), 'completed');
      assert.deepEqual(
        [at(missing, 'outcome'), at(missingAtEnd, 'outcome')],
        [undefined, undefined],
      );
      const [late, lateAtEnd] = await items('outcome-in-terminal-only');
      assert.equal(at(late, 'outcome'), undefined);
      assert.ok(at(lateAtEnd, 'outcome'));
      const [none, noneAtEnd] = await items('items-missing');
      assert.deepEqual([none, at(noneAtEnd, 'type')], [undefined, 'message']);
      const [open, openAtEnd] = await items('item-never-done');
      assert.deepEqual([open, at(openAtEnd, 'status')], [undefined, 'completed']);
      const [nameless] = await items('task-name-missing');
      assert.equal(at(nameless, 'task_name'), undefined);
    });

    test('chat shows delegations only when told to', async () => {
      const details = async (fault: FaultName): Promise<unknown[]> =>
        (await subject.events(fault, 'chat'))
          .map((event) => at(event, 'choices.0.delta.reasoning_details.0'))
          .filter((detail) => detail !== undefined);
      assert.deepEqual(await details('no-done'), []);
      const [detail] = await details('chat-delegation-visible');
      assert.equal(at(detail, 'type'), 'reasoning.server_tool_call');
      const result: unknown = JSON.parse(String(at(detail, 'result')));
      assert.equal(at(result, 'status'), 'ok');
      assert.match(String(at(result, 'outcome')), /./);
    });
  });
});
