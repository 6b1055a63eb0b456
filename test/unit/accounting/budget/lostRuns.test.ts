import assert from 'node:assert/strict';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import type { RunFile } from '../../../../src/accounting/budget/reservationFile';
import { LEASE_MS, RunFiles } from '../../../../src/accounting/budget/reservationFolder';
import { CENT, ReservationStage, policy } from '../support/reservationStage';

suite('lost runs', () => {
  const stage = new ReservationStage();

  test('a killed window: its run gets one unknown line and is looked up or freed', async () => {
    const dead = stage.openWindow(3);
    const here = stage.openWindow(1);
    const known = stage.run({ id: 'known' });
    const unnamed = stage.run({ id: 'unnamed' });
    const { reservation } = await dead.reservations.reserve(known, 4 * CENT, policy);
    await reservation?.noteGenerationId('gen-7');
    await dead.reservations.reserve(unnamed, 4 * CENT, policy);
    dead.reservations.dispose();
    // As long as its process lives and the lease lasts, it is none of our business.
    await here.reservations.recover();
    assert.equal(stage.runFiles().length, 2);
    stage.alive.delete(3);
    await here.reservations.recover();
    await stage.openWindow(2).reservations.recover();
    const byId = new Map(stage.lines().map((entry) => [entry.id, entry]));
    assert.equal(stage.lines().length, 2);
    assert.equal(byId.get('known')?.generation_id, 'gen-7');
    assert.equal(byId.get('known')?.cost_source, 'unknown');
    assert.equal(byId.get('known')?.status, 'failed');
    assert.equal(byId.get('unnamed')?.cost_nano_usd, null);
    assert.equal(stage.runFiles().length, 1);
  });

  test('a run of worker first that is killed in its last request is booked with all of them', async () => {
    const dead = stage.openWindow(3);
    const here = stage.openWindow(1);
    const planned = stage.run({ id: 'first', routing: 'worker-first', didEnableDelegation: false });
    const { reservation } = await dead.reservations.reserve(planned, 4 * CENT, policy);
    await reservation?.noteGenerationId('gen-1');
    await reservation?.noteRequest({ requests: 2, didEnableDelegation: false });
    await reservation?.noteGenerationId('gen-2');
    await reservation?.noteRequest({ requests: 3, didEnableDelegation: true });
    await reservation?.noteGenerationId('gen-3');
    dead.reservations.dispose();
    stage.alive.delete(3);
    // Another window that goes on meanwhile adds nothing of its own.
    await here.reservations.recover();
    await stage.openWindow(2).reservations.recover();
    const [entry, ...others] = stage.lines();
    assert.deepEqual(others, []);
    assert.ok(entry);
    assert.equal(entry.routing, 'worker-first');
    assert.equal(entry.requests, 3);
    assert.equal(entry.did_enable_delegation, true);
    assert.equal(entry.generation_id, 'gen-1 gen-2 gen-3');
    assert.equal(entry.cost_nano_usd, null);
  });

  test('a window that is granted its run after we looked, and is killed then, is not forgotten', async () => {
    const disk = nodeDisk(stage.folder());
    const files = new RunFiles(disk);
    const asking: RunFile = {
      state: 'asking',
      run: stage.run({ id: 'granted' }),
      ceilingNanoUsd: CENT,
      generationId: null,
      pid: 3,
      host: 'here',
    };
    await files.write(asking, stage.clock.now() - 100 * LEASE_MS);
    const here = stage.openWindow(1, {
      ...disk,
      readText: async (name) => {
        const text = await disk.readText(name);
        if (stage.alive.has(3) && name.startsWith('runs/')) {
          await files.write(
            { ...asking, state: 'running', generationId: 'gen-3' },
            stage.clock.now(),
          );
          stage.alive.delete(3);
        }
        return text;
      },
    });
    await here.reservations.recover();
    assert.deepEqual(
      stage.lines().map(({ id, generation_id }) => [id, generation_id]),
      [['granted', 'gen-3']],
    );
  });

  test('a window on another machine is gone when its lease is over', async () => {
    const there = stage.openWindowElsewhere().reservations;
    await there.reserve(stage.run(), 9 * CENT, policy);
    there.dispose();
    const here = stage.openWindow(2);
    stage.clock.advance(LEASE_MS - 1000);
    assert.equal(
      (await here.reservations.reserve(stage.run(), 9 * CENT, policy)).verdict.kind,
      'refuse',
    );
    stage.clock.advance(2000);
    assert.equal(
      (await here.reservations.reserve(stage.run(), 9 * CENT, policy)).verdict.kind,
      'allow',
    );
    assert.equal(stage.lines().length, 1);
  });

  test('a living window renews its leases', async () => {
    const there = stage.openWindowElsewhere().reservations;
    await there.reserve(stage.run(), 9 * CENT, policy);
    const here = stage.openWindow(2);
    for (let minute = 0; minute < 10; minute += 1) {
      stage.clock.advance(LEASE_MS / 2);
      // The renewal is written when the next one is due.
      while (stage.clock.pendingTimers === 0) await new Promise(setImmediate);
    }
    assert.equal(
      (await here.reservations.reserve(stage.run(), 9 * CENT, policy)).verdict.kind,
      'refuse',
    );
    there.dispose();
  });

  test('a window that died between ledger line and file adds nothing', async () => {
    const dead = stage.openWindow(3);
    const planned = stage.run();
    await dead.reservations.reserve(planned, 4 * CENT, policy);
    await dead.ledger.append(stage.endOf(planned, { cost_nano_usd: 5 }));
    stage.alive.delete(3);
    const here = stage.openWindow(1);
    await here.reservations.recover();
    assert.deepEqual(stage.runFiles(), []);
    assert.deepEqual(
      stage.lines().map(({ cost_nano_usd }) => cost_nano_usd),
      [5],
    );
  });

  test('a run taken for lost that ends after all has its bill live', async () => {
    const slow = stage.openWindow(3);
    const planned = stage.run();
    const { reservation } = await slow.reservations.reserve(planned, 4 * CENT, policy);
    stage.alive.delete(3);
    const here = stage.openWindow(1);
    await here.reservations.recover();
    await reservation?.settle(stage.endOf(planned, { cost_nano_usd: 5 }));
    await here.ledger.refresh();
    assert.equal(here.ledger.totals('today').costNanoUsd, 5);
    assert.equal(here.ledger.totals('today').runs, 1);
    assert.equal(here.ledger.totals('today').unknownRuns, 0);
    assert.deepEqual(stage.runFiles(), []);
  });

  test('a bill that arrives just before the line of the lost run is live in the end', async () => {
    const slow = stage.openWindow(3);
    const planned = stage.run();
    await slow.reservations.reserve(planned, 4 * CENT, policy);
    stage.alive.delete(3);
    // The other window's end lands between our look and our line.
    const disk = nodeDisk(stage.folder());
    let hasEnded = false;
    const racing = stage.openWindow(1, {
      ...disk,
      append: async (name, bytes) => {
        if (!hasEnded) await slow.ledger.append(stage.endOf(planned, { cost_nano_usd: 5 }));
        hasEnded = true;
        await disk.append(name, bytes);
      },
    });
    await racing.reservations.recover();
    await racing.ledger.refresh();
    assert.equal(racing.ledger.totals('today').costNanoUsd, 5);
    assert.equal(racing.ledger.totals('today').unknownRuns, 0);
    assert.equal(stage.lines().at(-1)?.cost_nano_usd, 5);
  });
});
