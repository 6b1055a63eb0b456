import assert from 'node:assert/strict';
import { startSimulator } from '../../../src/simulator/index';
import { type FaultName, faultNames } from '../../../src/simulator/faults/faults';
import { listen, MARKER, protocols, Subject } from './faultSubject';
import { at, post, readEvents, textOf, usageOf } from './http';
import { chatBody, responsesBody } from './prompts';

suite('Simulator: faults of the wire', () => {
  const subject = new Subject();

  suiteSetup(async () => {
    subject.simulator = await startSimulator();
  });
  suiteTeardown(() => subject.simulator.close());
  teardown(() => subject.simulator.reset());

  suite('HTTP', () => {
    for (const fault of faultNames.filter((name) => /^\d{3}/.test(name))) {
      test(`${fault} is that status, with an error body and no bill`, async () => {
        for (const protocol of protocols) {
          const answer = await subject.run(fault, protocol);
          assert.equal(answer.status, Number(fault.slice(0, 3)));
          assert.ok(at(JSON.parse(answer.text), 'error.message'));
        }
        assert.equal(subject.bill, undefined);
      });
    }

    test('Retry-After, the affordable tokens and the limit headers are there', async () => {
      const retry = await subject.run('429-retry-after', 'chat');
      assert.equal(retry.headers.get('retry-after'), '1');
      assert.equal((await subject.run('429', 'chat')).headers.get('retry-after'), null);
      assert.match((await subject.run('402-affordable', 'chat')).text, /can only afford 812/);
      const platform = await subject.run('429-platform', 'chat');
      assert.ok(Number(platform.headers.get('x-ratelimit-reset')) > Date.now());
    });

    test('pages, cut JSON and nothing at all', async () => {
      const edge = await subject.run('html-error-page', 'responses');
      assert.deepEqual([edge.status, edge.headers.get('content-type')], [502, 'text/html']);
      const portal = await subject.run('wrong-content-type', 'responses');
      assert.deepEqual([portal.status, portal.headers.get('content-type')], [200, 'text/html']);
      const cut = await subject.run('invalid-json-body', 'responses');
      assert.throws(() => JSON.parse(cut.text) as unknown);
      assert.equal((await subject.run('empty-body', 'responses')).text, '');
    });
  });

  suite('connection', () => {
    test('reset before headers', async () => {
      await assert.rejects(subject.run('reset-before-headers', 'responses'), /fetch failed/);
    });

    test('no headers', async () => {
      const body = responsesBody({ model: 'simulator/fault-no-headers' });
      const signal = AbortSignal.timeout(100);
      await assert.rejects(post(subject.simulator, '/responses', { body, signal }), /timeout/i);
    });

    for (const protocol of protocols) {
      test(`${protocol}: resets break the connection where they say`, async () => {
        const before = await subject.run('reset-before-text', protocol);
        assert.equal(before.isBroken, true);
        assert.equal(textOf(readEvents(before.text).events), '');
        const middle = await subject.run('reset-mid-event', protocol);
        assert.equal(middle.isBroken, true);
        assert.doesNotMatch(middle.text, /\n\n$/, 'the last event is cut');
        const after = await subject.run('reset-after-text', protocol);
        assert.equal(after.isBroken, true);
        assert.equal(textOf(readEvents(after.text).events), MARKER);
        assert.ok((subject.bill ?? 0) > 0, 'the work is billed');
      });

      test(`${protocol}: silence and endless heartbeats`, async () => {
        const heard = (fault: FaultName): ReturnType<typeof listen> =>
          listen(subject, { fault, protocol });
        // At once, since each takes as long as the reader waits.
        const [silence, endless, afterText, late] = await Promise.all([
          heard('silence'),
          heard('heartbeats-forever'),
          heard('silence-after-text'),
          heard('heartbeats-after-text'),
        ]);
        assert.deepEqual([silence.comments, silence.events.length], [1, 0]);
        assert.ok(endless.comments > 3, String(endless.comments));
        assert.equal(endless.events.length, 0);
        assert.equal(textOf(afterText.events), MARKER.slice(0, 12));
        assert.equal(commentsAfterText(afterText.text), 0);
        assert.equal(textOf(late.events), MARKER.slice(0, 12));
        assert.ok(commentsAfterText(late.text) > 3);
        assert.ok((subject.bill ?? 0) > 0, 'the work behind it is billed');
      });
    }
  });

  suite('framing', () => {
    const harmless = [
      'crlf',
      'cr',
      'split-writes',
      'multi-line-data',
      'no-space',
      'extra-fields',
      'comment-as-data',
      'unknown-fields',
      'long-line',
      'invalid-json-frame',
      'marker-split',
    ] as const;
    for (const fault of harmless) {
      test(`${fault}: the answer is whole for a reader of the format`, async () => {
        for (const protocol of protocols) {
          const { events, isDone } = readEvents((await subject.run(fault, protocol)).text);
          assert.equal(textOf(events), MARKER);
          assert.ok(usageOf(events));
          // A last CR may be half of a CRLF, so this parser holds the event before it back.
          assert.ok(isDone || fault === 'cr');
        }
      });
    }

    test('and each frames differently', async () => {
      const texts = new Map<string, string>();
      for (const fault of harmless) texts.set(fault, (await subject.run(fault, 'chat')).text);
      assert.match(texts.get('crlf') ?? '', /PROCESSING\r\n\r\ndata/);
      assert.doesNotMatch(texts.get('cr') ?? '', /\n/);
      assert.match(texts.get('multi-line-data') ?? '', /data: \{\ndata: {2}"id"/);
      assert.match(texts.get('no-space') ?? '', /data:\{/);
      assert.match(texts.get('extra-fields') ?? '', /\nid: 1\n/);
      assert.match(texts.get('comment-as-data') ?? '', /^data: : OPENROUTER PROCESSING$/m);
      assert.ok((texts.get('long-line') ?? '').split('\n').some((line) => line.length > 1e7));
      assert.match(
        texts.get('invalid-json-frame') ?? '',
        /^data: \{"id": "gen-1", "choices": \[$/m,
      );
      assert.match(texts.get('unknown-fields') ?? '', /"mood"/);
      const { events } = readEvents(texts.get('marker-split') ?? '');
      const deltas = events.map((event) => at(event, 'choices.0.delta.content')).filter(Boolean);
      assert.equal(deltas.length, MARKER.length);
    });

    test('split writes arrive in pieces', async () => {
      let reads = 0;
      const body = chatBody({ model: 'simulator/fault-split-writes' });
      await post(subject.simulator, '/chat/completions', { body, onText: () => (reads += 1) });
      assert.ok(reads > 100, String(reads));
    });

    test('invalid UTF-8 is in the text', async () => {
      for (const protocol of protocols) {
        const { events } = readEvents((await subject.run('invalid-utf8', protocol)).text);
        assert.equal(textOf(events), `\uFFFD\uFFFD${MARKER}`);
      }
    });
  });

  suite('selection', () => {
    test('by the option, which sees request and index', async () => {
      const simulator = await startSimulator({
        faults: (request, index) =>
          request.path.endsWith('/responses') && index === 1 ? '503' : null,
      });
      try {
        const statuses: number[] = [];
        for (let index = 0; index < 3; index += 1) {
          statuses.push((await post(simulator, '/responses', { body: responsesBody() })).status);
        }
        assert.deepEqual(statuses, [200, 503, 200]);
        assert.deepEqual(
          simulator.requests.map((request) => request.fault),
          [null, '503', null],
        );
      } finally {
        await simulator.close();
      }
    });

    test('never by a page in a browser', async () => {
      for (const headers of [
        { origin: 'https://example.com' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        for (const [method, path] of [
          ['POST', 'faults'],
          ['POST', 'reset'],
          ['GET', 'requests'],
        ] as const) {
          const url = `${subject.simulator.origin}/__simulator/${path}`;
          const body = method === 'POST' ? '{"faults":["429"]}' : null;
          assert.equal((await fetch(url, { method, headers, body })).status, 403);
        }
      }
    });

    test('by the control endpoint, for the next requests in order', async () => {
      const control = (body: unknown): Promise<Response> =>
        fetch(`${subject.simulator.origin}/__simulator/faults`, {
          method: 'POST',
          body: JSON.stringify(body),
        });
      assert.equal((await control({ faults: ['429', null, '529'] })).status, 200);
      assert.equal((await control({ faults: ['bad-weather'] })).status, 400);
      const statuses: number[] = [];
      for (let index = 0; index < 4; index += 1) {
        const { status } = await post(subject.simulator, '/responses', { body: responsesBody() });
        statuses.push(status);
      }
      assert.deepEqual(statuses, [429, 200, 529, 200]);
      const names = await fetch(`${subject.simulator.origin}/__simulator/faults`);
      assert.deepEqual(at(await names.json(), 'faults'), faultNames);
    });
  });
});

/** Comment lines after the last piece of the answer. */
function commentsAfterText(text: string): number {
  const rest = text.slice(text.lastIndexOf(MARKER.slice(0, 12)));
  return rest.split('\n').filter((line) => line.startsWith(':')).length;
}
