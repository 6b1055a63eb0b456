import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Limiter, type Passage } from '../../../src/batch/produce/limiter';
import { Purse } from '../../../src/batch/produce/purse';
import { ManualClock } from '../../support/manualClock';

const signal = new AbortController().signal;
const good: Passage = { durationMs: 1000, tokens: 1000, wasLimited: false, retryAfterMs: null };
const limited: Passage = { durationMs: 10, tokens: 0, wasLimited: true, retryAfterMs: 5000 };

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function start(limiter: Limiter, count: number): { started: () => number } {
  let started = 0;
  for (let index = 0; index < count; index += 1) {
    void limiter.enter(signal).then(() => (started += 1));
  }
  return { started: () => started };
}

suite('Pace of a batch', () => {
  test('lets as many out at once as it may, and the next when one has ended', async () => {
    const limiter = new Limiter({ clock: new ManualClock(), parallel: 3, random: () => 0 });
    const { started } = start(limiter, 5);
    await settle();
    assert.equal(started(), 3);
    limiter.leave(good);
    await settle();
    assert.equal(started(), 4);
  });

  test('a 429 halves it, and nothing starts before Retry-After is over', async () => {
    const clock = new ManualClock();
    const limiter = new Limiter({ clock, parallel: 4, random: () => 0 });
    const { started } = start(limiter, 10);
    await settle();
    limiter.leave(limited);
    assert.equal(limiter.limit, 2);
    for (let index = 0; index < 3; index += 1) limiter.leave(good);
    await settle();
    assert.equal(started(), 4);
    clock.advance(4999);
    await settle();
    assert.equal(started(), 4);
    clock.advance(1);
    await settle();
    assert.ok(started() > 4, `${started()}`);
  });

  test('good answers bring it back to what was asked for, never above', async () => {
    const clock = new ManualClock();
    const limiter = new Limiter({ clock, parallel: 4, random: () => 0 });
    for (let index = 0; index < 3; index += 1) {
      await limiter.enter(signal);
      limiter.leave({ ...limited, retryAfterMs: 0 });
    }
    assert.equal(limiter.limit, 1);
    for (let index = 0; index < 50; index += 1) {
      await limiter.enter(signal);
      limiter.leave(good);
    }
    assert.equal(limiter.limit, 4);
  });

  test('answers that become several times slower take one away', async () => {
    const limiter = new Limiter({ clock: new ManualClock(), parallel: 4, random: () => 0 });
    const answers = [...Array<number>(20).fill(1000), ...Array<number>(40).fill(8000)];
    for (const durationMs of answers) {
      await limiter.enter(signal);
      limiter.leave({ ...good, durationMs });
    }
    assert.ok(limiter.limit < 4, `${limiter.limit}`);
  });

  test('one that is waiting leaves the queue when it is cancelled', async () => {
    const clock = new ManualClock();
    const limiter = new Limiter({ clock, parallel: 1, random: () => 0 });
    await limiter.enter(signal);
    const controller = new AbortController();
    const waiting = limiter.enter(controller.signal);
    const { started } = start(limiter, 1);
    controller.abort(new Error('stop'));
    await assert.rejects(waiting, /stop/);
    limiter.leave(null);
    await settle();
    assert.equal(started(), 1);
  });
});

suite('Purse of a batch', () => {
  test('grants no more than the limit covers in the worst case, whatever the bills are', () => {
    const step = fc.record({
      ceiling: fc.nat(400),
      share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    });
    return fc.assert(
      fc.asyncProperty(fc.array(step), fc.nat(2000), async (steps, limit) => {
        const purse = new Purse(limit, { spentNanoUsd: 0, open: new Map() });
        let worst = 0;
        for (const [index, { ceiling, share }] of steps.entries()) {
          const run = `${index}`;
          if (!(await purse.claim(run, ceiling))) continue;
          const cost = share === null ? null : Math.floor(ceiling * share);
          worst += cost ?? ceiling;
          purse.pay(run, cost);
        }
        return worst <= limit && purse.leftNanoUsd === limit - worst;
      }),
    );
  });

  test('waits for what is under way where that may leave enough, and gives up where it cannot', async () => {
    const purse = new Purse(100, { spentNanoUsd: 0, open: new Map([['lost', 20]]) });
    assert.equal(await purse.claim('a', 60), true);
    const waiting = purse.claim('b', 60);
    assert.equal(await purse.claim('c', 81), false);
    purse.pay('a', 10);
    assert.equal(await waiting, true);
    const last = purse.claim('d', 20);
    purse.pay('b', null);
    assert.equal(await last, false);
    purse.pay('lost', 0);
    assert.equal(await purse.claim('d', 20), true);
  });
});
