import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { CENT, ReservationStage, policy } from '../support/reservationStage';

suite('Limit of a batch over all windows', () => {
  const stage = new ReservationStage();

  async function fits(
    window: ReturnType<ReservationStage['openWindow']>,
    cents: number,
  ): Promise<boolean> {
    const { reservation } = await window.reservations.reserve(stage.run(), cents * CENT, policy);
    await reservation?.settle(null);
    return reservation !== null;
  }

  test('what it holds is no other window’s, and what it did not use is given back', async () => {
    const a = stage.openWindow(1);
    const b = stage.openWindow(2);
    const { hold } = await a.reservations.hold(stage.run(), 8 * CENT, policy);
    assert.ok(hold);
    assert.equal(await fits(b, 3), false);
    assert.equal(await fits(b, 2), true);
    const planned = stage.run();
    const run = await hold.reserve(planned, 5 * CENT);
    assert.equal(hold.leftNanoUsd, 3 * CENT);
    assert.equal(await fits(b, 3), false);
    await run.settle(stage.endOf(planned, { cost_nano_usd: CENT }));
    assert.equal(hold.leftNanoUsd, 7 * CENT);
    assert.equal(await fits(b, 3), false);
    await hold.release();
    assert.equal(await fits(b, 9), true);
    assert.equal(await fits(b, 10), false);
    assert.deepEqual(stage.runFiles(), []);
    assert.equal(stage.lines().length, 1);
  });

  test('a limit that does not fit is refused, and leaves nothing', async () => {
    const { verdict, hold } = await stage
      .openWindow(1)
      .reservations.hold(stage.run(), 11 * CENT, policy);
    assert.equal(verdict.kind, 'refuse');
    assert.equal(hold, null);
    assert.deepEqual(stage.runFiles(), []);
  });

  test('an unknown cost stays reserved by the run, after the batch as well', async () => {
    const a = stage.openWindow(1);
    const { hold } = await a.reservations.hold(stage.run(), 8 * CENT, policy);
    const planned = stage.run();
    const run = await hold!.reserve(planned, 5 * CENT);
    await run.settle(stage.endOf(planned, { cost_nano_usd: null, generation_id: 'gen-1' }));
    await hold!.release();
    assert.equal(await fits(stage.openWindow(2), 5), true);
    assert.equal(await fits(stage.openWindow(2), 6), false);
  });

  test('killed, its runs get their lines and its hold goes without one', async () => {
    const a = stage.openWindow(1);
    const { hold } = await a.reservations.hold(stage.run(), 8 * CENT, policy);
    await (await hold!.reserve(stage.run(), 5 * CENT)).noteGenerationId('gen-1');
    a.reservations.dispose();
    stage.alive.delete(1);
    const b = stage.openWindow(2);
    await b.reservations.recover();
    assert.equal(stage.lines().length, 1);
    assert.equal(stage.lines()[0]?.generation_id, 'gen-1');
    assert.equal(stage.runFiles().length, 1);
    assert.equal(await fits(b, 5), true);
    assert.equal(await fits(b, 6), false);
  });

  test('at every write, hold, runs and bills together are the limit or more', async () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(100)), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const disk = nodeDisk(stage.folder());
        const sums: number[] = [];
        const a = stage.openWindow(1, {
          ...disk,
          replace: async (name, text, at) => {
            await disk.replace(name, text, at);
            if (name.startsWith('runs/')) sums.push(await total());
          },
          remove: async (name) => {
            const gone = await disk.remove(name);
            if (name.startsWith('runs/')) sums.push(await total());
            return gone;
          },
        });
        const before = spent();
        const { hold } = await a.reservations.hold(stage.run(), 8 * CENT, {
          ...policy,
          dailyNanoUsd: 1000 * CENT,
        });
        sums.length = 0;
        for (const [cents, share] of list) {
          const planned = stage.run();
          const run = await hold!.reserve(planned, cents * CENT);
          const cost_nano_usd = Math.floor((cents * CENT * share) / 100);
          await run.settle(stage.endOf(planned, { cost_nano_usd }));
        }
        const least = Math.min(...sums);
        await hold!.release();
        assert.ok(least - before >= 8 * CENT, `${least - before}`);

        async function total(): Promise<number> {
          let sum = spent();
          for (const { name } of await disk.list('runs')) {
            const file = JSON.parse(await disk.readText(`runs/${name}`)) as {
              ceiling_nano_usd: number;
            };
            sum += file.ceiling_nano_usd;
          }
          return sum;
        }
      }),
      { numRuns: 10 },
    );
  });

  function spent(): number {
    try {
      return stage.lines().reduce((sum, { cost_nano_usd }) => sum + (cost_nano_usd ?? 0), 0);
    } catch {
      // No line was written yet.
      return 0;
    }
  }
});
