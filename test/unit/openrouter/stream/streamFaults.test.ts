import assert from 'node:assert/strict';
import type * as http from 'node:http';
import { poll } from '../../../support/poll';
import {
  Deferred,
  PROGRESS_TIMEOUT_MS,
  SILENCE_TIMEOUT_MS,
  StreamProbe,
  TestRig,
  beginStream,
  chatRequest,
  doneMarker,
  finishFrame,
  frame,
  heartbeat,
  readAll,
  textFrame,
} from '../testRig';

const START = 'start gen-header';

suite('streams that fail', () => {
  let rig: TestRig;
  setup(() => {
    rig = new TestRig();
  });
  teardown(() => rig.close());

  test('silence after the headers', async () => {
    const server = await rig.serve(beginStream);
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
    await probe.until('start');
    rig.clock.advance(SILENCE_TIMEOUT_MS - 1);
    assert.notEqual(rig.clock.pendingTimers, 0);
    rig.clock.advance(SILENCE_TIMEOUT_MS / 8 + 1);
    assert.deepEqual(await probe.until('error'), [
      START,
      'error silence-timeout - - gen-header null',
    ]);
    await server.closed;
    assert.equal(rig.clock.pendingTimers, 0);
  });

  test('heartbeats for ever', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(textFrame('Hi'));
    });
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
    await probe.until('text');
    const response = await server.asked;
    const beats = Math.ceil((PROGRESS_TIMEOUT_MS * 9) / 8 / (SILENCE_TIMEOUT_MS / 2));
    for (let beat = 1; beat < beats; beat++) {
      response.write(heartbeat);
      assert.deepEqual(await probe.step(), ['heartbeat']);
      rig.clock.advance(SILENCE_TIMEOUT_MS / 2);
    }
    response.write(heartbeat);
    assert.deepEqual(await probe.step(), ['heartbeat']);
    rig.clock.advance(SILENCE_TIMEOUT_MS / 2);
    const lines = await probe.until('error');
    assert.deepEqual(lines, [
      START,
      'text "Hi"',
      'heartbeat',
      'error progress-timeout - - gen-header null',
    ]);
    await server.closed;
  });

  test('a slow stream with news now and then is left alone', async () => {
    const server = await rig.serve(beginStream);
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
    await probe.until('start');
    const response = await server.asked;
    for (let news = 0; news < 40; news++) {
      response.write(textFrame('.'));
      assert.deepEqual(await probe.step(), ['text "."']);
      rig.clock.advance(SILENCE_TIMEOUT_MS - 1);
    }
    response.end(finishFrame + doneMarker);
    const lines = await probe.until('end');
    assert.deepEqual(lines, [START, `text "${'.'.repeat(40)}"`, 'end stop stop gen-header']);
  });

  test('a reset inside an event keeps the text', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(textFrame('Half') + textFrame('and half').slice(0, 30));
    });
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
    await probe.until('text');
    (await server.asked).socket?.resetAndDestroy();
    const lines = await probe.until('error');
    assert.deepEqual(lines.slice(0, 2), [START, 'text "Half"']);
    assert.match(
      lines[2] ?? '',
      /^error interrupted (ECONNRESET|UND_ERR_SOCKET) - gen-header null$/,
    );
  });

  test('an end without the end of the chunked encoding', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(textFrame('Half'), () => response.socket?.end());
    });
    const lines = await readAll(rig.client(server.origin).stream(chatRequest));
    assert.match(lines.at(-1) ?? '', /^error interrupted \w+ - gen-header null$/);
  });

  test('a reset after the finish reason leaves a whole answer whole', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(textFrame('All') + finishFrame);
    });
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
    await probe.until('text');
    (await server.asked).socket?.resetAndDestroy();
    assert.deepEqual(await probe.until('end'), [START, 'text "All"', 'end stop stop gen-header']);
  });

  test('a server that forgets to end a whole answer is not waited for', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(textFrame('All') + finishFrame);
    });
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
    await probe.until('text');
    rig.clock.advance(10_000);
    assert.deepEqual(await probe.until('end'), [START, 'text "All"', 'end stop stop gen-header']);
    await server.closed;
    assert.equal(rig.clock.pendingTimers, 0);
  });

  const word = (content: string, finish: string): string =>
    frame({
      choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: finish }],
    });

  for (const finish of ['', 'stop']) {
    test(`a pause after a finish reason "${finish}" that comes with every piece of text`, async () => {
      const server = await rig.serve((response) => {
        beginStream(response);
        response.write(word('', finish) + word('first', finish));
      });
      const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
      await probe.until('text');
      rig.clock.advance(SILENCE_TIMEOUT_MS - 1);
      (await server.asked).end(word(' second', finish) + word('', 'stop') + doneMarker);
      assert.deepEqual(await probe.until('end'), [
        START,
        'text "first second"',
        'end stop stop gen-header',
      ]);
    });

    test(`a reset after a finish reason "${finish}" that comes with every piece of text`, async () => {
      const server = await rig.serve((response) => {
        beginStream(response);
        response.write(word('first', finish) + word(' sec', finish));
      });
      const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
      await probe.until('text');
      (await server.asked).socket?.resetAndDestroy();
      assert.match((await probe.until('error')).at(-1) ?? '', /^error interrupted /);
    });
  }

  test('after tool calls the loop may go on, and is waited for', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      const choice = { index: 0, delta: { content: 'Let me see.' }, finish_reason: 'tool_calls' };
      response.write(frame({ choices: [choice] }));
    });
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
    await probe.until('text');
    rig.clock.advance(SILENCE_TIMEOUT_MS - 1);
    (await server.asked).end(textFrame(' Done.') + finishFrame + doneMarker);
    const lines = await probe.until('end');
    assert.deepEqual(lines, [START, 'text "Let me see. Done."', 'end stop stop gen-header']);
  });

  test('a server that does not close after the end marker is closed', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(textFrame('All') + finishFrame + doneMarker);
    });
    const lines = await readAll(rig.client(server.origin).stream(chatRequest));
    assert.equal(lines.at(-1), 'end stop stop gen-header');
    rig.clock.advance(2_000);
    await server.closed;
    assert.equal(rig.clock.pendingTimers, 0);
  });

  test('a frame that cannot be read closes the connection', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(`${textFrame('Half')}data: {"choices":[\n\n`);
    });
    const lines = await readAll(rig.client(server.origin).stream(chatRequest));
    const error = 'error unexpected-answer invalid-json - gen-header null';
    assert.deepEqual(lines, [START, 'text "Half"', error]);
    await server.closed;
  });

  test('content types that no answer has', async () => {
    for (const contentType of ['text/html; charset=utf-8', 'image/png']) {
      const server = await rig.serve((response) => {
        response.writeHead(200, { 'content-type': contentType });
        response.end(textFrame('Hi') + finishFrame + doneMarker);
      });
      const lines = await readAll(rig.client(server.origin).stream(chatRequest));
      assert.deepEqual(lines, ['error unexpected-answer content-type - - null'], contentType);
    }
  });

  const stream = textFrame('Hi') + finishFrame + doneMarker;
  const choices = [{ message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }];
  const labelled: readonly (readonly [what: string, label: string, body: string])[] = [
    ['a stream that is called plain text', 'text/plain', stream],
    ['a stream without a label', '', `\n${stream}`],
    ['a stream that is called JSON', 'application/json', `: keepalive\n\n${stream}`],
    ['JSON that is called plain text', 'text/plain', JSON.stringify({ choices })],
    ['JSON that is called a stream', 'text/event-stream', ` ${JSON.stringify({ choices })}`],
  ];
  for (const [what, label, body] of labelled) {
    test(what, async () => {
      const server = await rig.serve((response) => {
        response.writeHead(200, label === '' ? {} : { 'content-type': label });
        response.end(body);
      });
      const lines = await readAll(rig.client(server.origin).stream(chatRequest));
      assert.deepEqual(
        lines.filter((line) => line !== 'heartbeat'),
        ['start -', 'text "Hi"', 'end stop stop -'],
      );
    });
  }

  test('plain text that is neither a stream nor JSON', async () => {
    for (const body of ['', 'upstream connect error', 'dat']) {
      const server = await rig.serve((response) => {
        response.writeHead(200, { 'content-type': 'text/plain' });
        response.end(body);
      });
      const lines = await readAll(rig.client(server.origin).stream(chatRequest));
      assert.deepEqual(lines, ['start -', 'error unexpected-answer content-type - - null'], body);
    }
  });

  test('a compressed answer that was not asked for', async () => {
    const server = await rig.serve((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      response.end('\x1f\x8b');
    });
    const lines = await readAll(rig.client(server.origin).stream(chatRequest));
    assert.deepEqual(lines, ['error unexpected-answer content-encoding - - null']);
    assert.equal(server.requests[0]?.headers['accept-encoding'], 'identity');
  });

  test('a whole JSON body behind white space that keeps the line alive', async () => {
    const server = await rig.serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('\n      \n');
    });
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest));
    await probe.until('heartbeat');
    const message = { role: 'assistant', content: 'Hi' };
    (await server.asked).end(
      JSON.stringify({ id: 'gen-body', choices: [{ message, finish_reason: 'stop' }] }),
    );
    const lines = await probe.until('end');
    assert.deepEqual(lines, ['start -', 'heartbeat', 'text "Hi"', 'end stop stop gen-body']);
  });

  test('one event of ten megabytes', async () => {
    const long = 'ä'.repeat(5 * 1024 * 1024);
    const server = await rig.serve((response) => {
      beginStream(response);
      response.end(textFrame(long) + finishFrame + doneMarker);
    });
    const lines = await readAll(rig.client(server.origin).stream(chatRequest));
    assert.equal(lines.length, 3);
    assert.ok(lines[1] === `text "${long}"`);
  });

  test('an early hint before the answer', async () => {
    const server = await rig.serve((response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' });
      beginStream(response);
      response.end(textFrame('Hi') + finishFrame + doneMarker);
    });
    const lines = await readAll(rig.client(server.origin).stream(chatRequest));
    assert.deepEqual(lines, [START, 'text "Hi"', 'end stop stop gen-header']);
  });

  test('a consumer that is busy holds the server back and loses nothing', async () => {
    const piece = textFrame('x'.repeat(64 * 1024));
    const pieces = 400;
    let sent = 0;
    const stalled = new Deferred();
    const send = (response: http.ServerResponse): void => {
      while (sent < pieces) {
        sent += 1;
        if (response.write(piece)) continue;
        // Loopback takes some megabytes by itself; after that only the client can.
        stalled.resolve();
        response.once('drain', () => send(response));
        return;
      }
      response.end(finishFrame + doneMarker);
    };
    const server = await rig.serve((response) => {
      beginStream(response);
      send(response);
    });
    const iterator = rig.client(server.origin).stream(chatRequest)[Symbol.asyncIterator]();
    await iterator.next();
    await stalled.promise;
    await poll('the server to be held back', async () => {
      const before = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
      // Where the machine stood still meanwhile, what is on its way needs turns to arrive, not time.
      for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
      return before === sent;
    });
    assert.ok(sent < pieces, 'everything was read although nobody asked for it');
    // However long the consumer takes, that is no silence of the server's.
    rig.clock.advance(PROGRESS_TIMEOUT_MS * 2);
    let length = 0;
    let last = '';
    for await (const events of { [Symbol.asyncIterator]: () => iterator }) {
      for (const event of events) {
        if (event.type === 'text-delta') length += event.text.length;
        last = event.type;
      }
    }
    assert.equal(length, pieces * 64 * 1024);
    assert.equal(last, 'stream-end');
  });
});
