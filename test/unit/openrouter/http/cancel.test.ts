import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import * as undici from 'undici';
import { ScriptedLine } from '../scriptedLine';
import {
  Deferred,
  StreamProbe,
  TEST_KEY,
  TestRig,
  agentDispatcher,
  beginStream,
  chatRequest,
  doneMarker,
  finishFrame,
  heartbeat,
  readAll,
  textFrame,
} from '../testRig';

suite('cancelling', () => {
  let rig: TestRig;
  let controller: AbortController;
  setup(() => {
    rig = new TestRig();
    controller = new AbortController();
  });
  teardown(() => rig.close());

  async function assertCancelled(reading: Promise<unknown>): Promise<void> {
    await assert.rejects(reading, (error) => {
      assert.equal(error, controller.signal.reason);
      return error instanceof Error && error.name === 'AbortError';
    });
    assert.equal(rig.clock.pendingTimers, 0);
  }

  test('before the first event is asked for sends nothing', async () => {
    const server = await rig.serve(beginStream);
    const { signal } = controller;
    const stream = rig.client(server.origin).stream(chatRequest, { signal });
    controller.abort();
    await assertCancelled(readAll(stream));
    assert.equal(server.requests.length, 0);
  });

  test('while the key is being read sends nothing', async () => {
    const server = await rig.serve(beginStream);
    const { signal } = controller;
    const asked = new Deferred();
    const key = new Deferred<string>();
    const client = rig.client(server.origin, {
      getApiKey: () => {
        asked.resolve();
        return key.promise;
      },
    });
    const reading = readAll(client.stream(chatRequest, { signal }));
    await asked.promise;
    controller.abort();
    key.resolve(TEST_KEY);
    await assertCancelled(reading);
    // A second request shows that the first had every opportunity.
    await new StreamProbe(client.stream(chatRequest)).until('start');
    assert.equal(server.requests.length, 1);
  });

  test('while the connection is being made sends nothing once it is', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.end(textFrame('Hi') + finishFrame + doneMarker);
    });
    const connecting = new Deferred();
    const mayConnect = new Deferred();
    const connect = undici.buildConnector({ timeout: 0 });
    const createDispatcher = () =>
      new undici.Agent({
        connect: (options, callback) => {
          connecting.resolve();
          void mayConnect.promise.then(() => connect(options, callback));
        },
      });
    const client = rig.client(server.origin, { createDispatcher });
    const reading = readAll(client.stream(chatRequest, { signal: controller.signal }));
    await connecting.promise;
    controller.abort();
    await assertCancelled(reading);
    mayConnect.resolve();
    await readAll(client.stream(chatRequest));
    assert.equal(server.requests.length, 1);
  });

  test('while the headers are awaited closes the connection', async () => {
    const server = await rig.serve(() => undefined);
    const { signal } = controller;
    const reading = readAll(rig.client(server.origin).stream(chatRequest, { signal }));
    await server.asked;
    controller.abort();
    await assertCancelled(reading);
    await server.closed;
  });

  for (const [stage, written, seen] of [
    ['after the headers', '', 'start'],
    ['among heartbeats', heartbeat, 'heartbeat'],
    ['inside the answer', textFrame('Hi'), 'text'],
    ['inside an event', textFrame('Hi') + textFrame('cut').slice(0, 20), 'text'],
    ['between the finish reason and the bill', textFrame('Hi') + finishFrame, 'text'],
  ] as const) {
    test(`${stage} closes the connection`, async () => {
      const server = await rig.serve((response) => {
        beginStream(response);
        response.write(written);
      });
      const { signal } = controller;
      const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest, { signal }));
      await probe.until(seen);
      controller.abort();
      await assertCancelled(probe.until('end'));
      await server.closed;
    });
  }

  /** A stream that has begun, on a line that says what the test has it say. */
  async function startedStream(): Promise<{ line: ScriptedLine; probe: StreamProbe }> {
    const line = new ScriptedLine();
    const { signal } = controller;
    const client = rig.client('http://127.0.0.1', { createDispatcher: () => line });
    const probe = new StreamProbe(client.stream(chatRequest, { signal }));
    const started = probe.until('start');
    await line.dispatched;
    line.head(200, { 'content-type': 'text/event-stream' });
    await started;
    return { line, probe };
  }

  test('keeps what had arrived by then, though nobody had asked for it', async () => {
    const { line, probe } = await startedStream();
    line.data(textFrame('Hi'));
    controller.abort();
    assert.ok(line.isAborted);
    assert.deepEqual(await probe.step(), ['text "Hi"']);
    await assertCancelled(probe.step());
  });

  test('changes nothing when the whole answer has arrived in the same moment', async () => {
    const { line, probe } = await startedStream();
    line.data(textFrame('Hi'));
    line.data(finishFrame + doneMarker);
    controller.abort();
    const lines = await probe.until('end');
    assert.ok(lines.includes('text "Hi"'));
    assert.match(lines.at(-1) ?? '', /^end stop/);
  });

  test('after the end changes nothing', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.end(textFrame('Hi') + finishFrame + doneMarker);
    });
    const { signal } = controller;
    const probe = new StreamProbe(rig.client(server.origin).stream(chatRequest, { signal }));
    const lines = await probe.until('end');
    controller.abort();
    await assert.rejects(probe.step(), /The stream is over/);
    assert.equal(lines.at(-1), 'end stop stop gen-header');
  });

  test('leaves nothing behind on a signal that outlives its streams', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.end(textFrame('Hi') + finishFrame + doneMarker);
    });
    const { signal } = controller;
    const client = rig.client(server.origin);
    await readAll(client.stream(chatRequest, { signal }));
    await client.listModels({ signal }).catch(() => undefined);
    for await (const events of client.stream(chatRequest, { signal })) {
      assert.ok(events.length > 0);
      break;
    }
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  test('leaving the loop closes the connection', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(textFrame('Hi'));
    });
    for await (const events of rig.client(server.origin).stream(chatRequest)) {
      assert.ok(events.length > 0);
      break;
    }
    await server.closed;
    assert.equal(rig.clock.pendingTimers, 0);
  });

  test('one stream leaves others of the same client alone', async () => {
    const server = await rig.serve((response) => {
      beginStream(response);
      response.write(textFrame('Hi'));
    });
    const client = rig.client(server.origin, { createDispatcher: agentDispatcher() });
    const other = new StreamProbe(client.stream(chatRequest));
    await other.until('text');
    const otherResponse = await server.asked;
    const { signal } = controller;
    const cancelled = new StreamProbe(client.stream(chatRequest, { signal }));
    await cancelled.until('text');
    controller.abort();
    await assert.rejects(cancelled.until('end'), { name: 'AbortError' });
    otherResponse.end(textFrame(' there') + finishFrame + doneMarker);
    assert.equal((await other.until('end')).at(-1), 'end stop stop gen-header');
  });

  test('a call for JSON closes the connection and throws the reason', async () => {
    const server = await rig.serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"data":[');
    });
    const reading = rig.client(server.origin).listModels({ signal: controller.signal });
    await server.asked;
    controller.abort();
    await assertCancelled(reading);
    await server.closed;
    await assert.rejects(rig.client(server.origin).listModels({ signal: controller.signal }), {
      name: 'AbortError',
    });
    assert.equal(server.requests.length, 1);
  });
});
