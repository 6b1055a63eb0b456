import assert from 'node:assert/strict';
import { type Clock, delay, systemClock } from '../../../src/common/clock';
import { ManualClock } from '../../support/manualClock';

suite('delay', () => {
  test('resolves when its time has come and not before', async () => {
    const clock = new ManualClock();
    let isOver = false;
    const waiting = delay(clock, 100).then(() => {
      isOver = true;
    });
    clock.advance(99);
    await Promise.resolve();
    assert.ok(!isOver);
    clock.advance(1);
    await waiting;
    assert.ok(isOver);
  });

  test('rejects at once with the reason of an abort, and leaves no timer', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const waiting = delay(clock, 100, controller.signal);
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.equal(clock.pendingTimers, 0);
  });

  test('does not even begin with a signal that was aborted before', async () => {
    const clock: Clock = { now: () => 0, after: () => assert.fail('a timer was set') };
    const reason = new Error('enough');
    await assert.rejects(delay(clock, 100, AbortSignal.abort(reason)), reason);
  });

  test('leaves no listener on a signal that lives on', async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    const waiting = delay(clock, 100, signal);
    clock.advance(100);
    await waiting;
    assert.equal(listeners, 0);
  });
});

suite('systemClock', () => {
  test('tells the time of day', () => {
    const before = Date.now();
    const now = systemClock.now();
    assert.ok(now >= before && now <= Date.now());
  });

  test('calls back once, unless it was told not to', async () => {
    let calls = 0;
    const cancel = systemClock.after(0, () => assert.fail('it was cancelled'));
    cancel();
    await new Promise<void>((resolve) => {
      systemClock.after(1, () => {
        calls += 1;
        resolve();
      });
    });
    assert.equal(calls, 1);
  });
});
