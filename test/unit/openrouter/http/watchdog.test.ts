import assert from 'node:assert/strict';
import { Watchdog } from '../../../../src/openrouter/http/watchdog';
import { ManualClock } from '../../../support/manualClock';

suite('Watchdog', () => {
  let clock: ManualClock;
  let expired: number;
  const onExpired = (): void => {
    expired += 1;
  };
  setup(() => {
    clock = new ManualClock();
    expired = 0;
  });

  test('fires once, not before its limit and at most an eighth of it later', () => {
    for (let noteAtMs = 0; noteAtMs < 300; noteAtMs += 7) {
      expired = 0;
      const watchdog = new Watchdog(clock, 800, onExpired);
      clock.advance(noteAtMs);
      watchdog.note();
      clock.advance(799);
      assert.equal(expired, 0, `noted at ${noteAtMs}`);
      clock.advance(101);
      assert.equal(expired, 1, `noted at ${noteAtMs}`);
      clock.advance(10_000);
      assert.equal(expired, 1);
      assert.equal(clock.pendingTimers, 0);
    }
  });

  test('does not fire as long as something is noted in time', () => {
    const watchdog = new Watchdog(clock, 800, onExpired);
    for (let count = 0; count < 100; count++) {
      clock.advance(799);
      watchdog.note();
    }
    assert.equal(expired, 0);
  });

  test('does not count while it is stopped, and counts from zero afterwards', () => {
    const watchdog = new Watchdog(clock, 800, onExpired);
    clock.advance(700);
    watchdog.stop();
    assert.equal(clock.pendingTimers, 0);
    clock.advance(10_000);
    watchdog.start();
    clock.advance(799);
    assert.equal(expired, 0);
    clock.advance(101);
    assert.equal(expired, 1);
  });

  test('never fires with a limit of zero', () => {
    new Watchdog(clock, 0, onExpired).note();
    clock.advance(1e9);
    assert.equal(expired, 0);
  });

  test('gives waiting bytes a chance after the machine has slept', () => {
    // A timer that is hours late comes alone, like a slice; the bytes come right after it.
    let wake: () => void = () => assert.fail('no timer was set');
    const sleeping = {
      now: () => 0,
      after: (_delayMs: number, callback: () => void) => {
        wake = callback;
        return () => undefined;
      },
    };
    const watchdog = new Watchdog(sleeping, 800, onExpired);
    for (let hours = 0; hours < 20; hours++) {
      wake();
      watchdog.note();
    }
    assert.equal(expired, 0);
  });
});
