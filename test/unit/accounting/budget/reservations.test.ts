import assert from 'node:assert/strict';
import { LedgerWriteError } from '../../../../src/accounting/ledger/appendLine';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { LEASE_MS } from '../../../../src/accounting/budget/reservationFolder';
import { poll } from '../../../support/poll';
import { fullableDisk } from '../support/ledgerFixtures';
import { CENT, ReservationStage, policy } from '../support/reservationStage';

suite('reservations', () => {
  const stage = new ReservationStage();

  test('ceilings of runs under way count, in this window and in others', async () => {
    const a = stage.openWindow(1);
    const b = stage.openWindow(2);
    assert.equal(
      (await a.reservations.reserve(stage.run(), 4 * CENT, policy)).verdict.kind,
      'allow',
    );
    assert.equal(
      (await b.reservations.reserve(stage.run(), 4 * CENT, policy)).verdict.kind,
      'allow',
    );
    const third = await b.reservations.reserve(stage.run(), 4 * CENT, policy);
    assert.deepEqual(third, {
      verdict: {
        kind: 'refuse',
        breaches: [
          {
            period: 'day',
            limitNanoUsd: 10 * CENT,
            spentNanoUsd: 0,
            reservedNanoUsd: 8 * CENT,
            ceilingNanoUsd: 4 * CENT,
            neededLimitNanoUsd: 12 * CENT,
          },
        ],
      },
      reservation: null,
    });
    assert.equal(
      (await a.reservations.reserve(stage.run(), 2 * CENT, policy)).verdict.kind,
      'allow',
    );
    assert.equal(stage.runFiles().length, 3);
  });

  test('the end of a run replaces its ceiling by its cost', async () => {
    const a = stage.openWindow(1);
    const b = stage.openWindow(2);
    const planned = stage.run();
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    assert.equal(
      (await b.reservations.reserve(stage.run(), 2 * CENT, policy)).verdict.kind,
      'refuse',
    );
    await reservation?.settle(stage.endOf(planned, { cost_nano_usd: CENT }));
    assert.deepEqual(stage.runFiles(), []);
    assert.equal(stage.lines().length, 1);
    assert.equal(
      (await b.reservations.reserve(stage.run(), 9 * CENT, policy)).verdict.kind,
      'allow',
    );
    assert.equal((await b.reservations.reserve(stage.run(), 1, policy)).verdict.kind, 'refuse');
  });

  test('a generation id that comes as the run ends does not bring its file back', async () => {
    const a = stage.openWindow(1);
    for (let round = 0; round < 20; round += 1) {
      const { reservation } = await a.reservations.reserve(stage.run(), CENT, policy);
      const noted = reservation?.noteGenerationId('gen-1');
      await Promise.all([noted, reservation?.settle(null)]);
    }
    assert.deepEqual(stage.runFiles(), []);
  });

  test('a run that was not sent leaves nothing', async () => {
    const a = stage.openWindow(1);
    const { reservation } = await a.reservations.reserve(stage.run(), 9 * CENT, policy);
    await reservation?.settle(null);
    assert.deepEqual(stage.runFiles(), []);
    assert.equal(
      (await a.reservations.reserve(stage.run(), 10 * CENT, policy)).verdict.kind,
      'allow',
    );
  });

  test('with an unknown cost the ceiling stays until the cost is known', async () => {
    const a = stage.openWindow(1);
    const b = stage.openWindow(2);
    const planned = stage.run();
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    const unknown = stage.endOf(planned, { cost_nano_usd: null, generation_id: 'gen-1' });
    await reservation?.settle(unknown);
    assert.equal(
      (await b.reservations.reserve(stage.run(), 2 * CENT, policy)).verdict.kind,
      'refuse',
    );
    // Neither a dead process nor time makes an open bill a lost run.
    stage.alive.delete(1);
    stage.clock.advance(LEASE_MS * 20);
    assert.equal(
      (await b.reservations.reserve(stage.run(), 2 * CENT, policy)).verdict.kind,
      'refuse',
    );
    await b.ledger.append({ ...unknown, cost_nano_usd: 3 * CENT, cost_source: 'reconciled' });
    assert.equal(
      (await b.reservations.reserve(stage.run(), 7 * CENT, policy)).verdict.kind,
      'allow',
    );
    assert.equal(stage.runFiles().length, 1);
  });

  test('an unknown cost that nobody can look up frees the ceiling', async () => {
    const a = stage.openWindow(1);
    const planned = stage.run();
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    await reservation?.settle(stage.endOf(planned, { cost_nano_usd: null, generation_id: null }));
    assert.deepEqual(stage.runFiles(), []);
  });

  test('a look-up that was given up frees the ceiling', async () => {
    const a = stage.openWindow(1);
    const planned = stage.run();
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    await reservation?.settle(
      stage.endOf(planned, { cost_nano_usd: null, generation_id: 'gen-1' }),
    );
    await a.reservations.release(planned.id);
    assert.deepEqual(stage.runFiles(), []);
  });

  test('yesterday is no burden on today, but on the month', async () => {
    const a = stage.openWindow(1);
    await a.reservations.reserve(
      stage.run({ startedAtMs: stage.clock.now() - 86_400_000 }),
      9 * CENT,
      policy,
    );
    assert.equal(
      (await a.reservations.reserve(stage.run(), 9 * CENT, policy)).verdict.kind,
      'allow',
    );
    const monthly = { ...policy, dailyNanoUsd: 0, monthlyNanoUsd: 20 * CENT };
    assert.equal(
      (await a.reservations.reserve(stage.run(), 3 * CENT, monthly)).verdict.kind,
      'refuse',
    );
    assert.equal(
      (await a.reservations.reserve(stage.run(), 2 * CENT, monthly)).verdict.kind,
      'allow',
    );
  });

  test('warn lets runs pass and still reserves', async () => {
    const a = stage.openWindow(1);
    const warning = { ...policy, action: 'warn' as const };
    const first = await a.reservations.reserve(stage.run(), 11 * CENT, warning);
    assert.equal(first.verdict.kind, 'warn');
    assert.ok(first.reservation);
    assert.equal(stage.runFiles().length, 1);
  });

  test('the demo is free', async () => {
    const a = stage.openWindow(1);
    const demo = await a.reservations.reserve(stage.run({ demo: true }), 50 * CENT, policy);
    assert.equal(demo.verdict.kind, 'allow');
    assert.equal(
      (await a.reservations.reserve(stage.run(), 10 * CENT, policy)).verdict.kind,
      'allow',
    );
  });

  test('a full disk does not stop a run; this window still counts it', async () => {
    const disk = fullableDisk(nodeDisk(stage.folder()));
    const a = stage.openWindow(1, disk);
    disk.isFull = true;
    const planned = stage.run();
    const first = await a.reservations.reserve(planned, 9 * CENT, policy);
    assert.ok(first.reservation);
    assert.equal(first.reservation.isShared, false);
    assert.equal(
      (await a.reservations.reserve(stage.run(), 2 * CENT, policy)).verdict.kind,
      'refuse',
    );
    const end = stage.endOf(planned, { cost_nano_usd: 8 * CENT });
    await assert.rejects(first.reservation.settle(end), LedgerWriteError);
    disk.isFull = false;
    await a.ledger.flush();
    assert.equal(stage.lines().length, 1);
  });

  test('a disk that is full only at the end: the run file waits for the ledger line', async () => {
    const disk = fullableDisk(nodeDisk(stage.folder()));
    const a = stage.openWindow(1, disk);
    const planned = stage.run({ id: 'kept' });
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    disk.isFull = true;
    const end = stage.endOf(planned, { cost_nano_usd: CENT });
    assert.ok(reservation);
    await assert.rejects(reservation.settle(end), LedgerWriteError);
    assert.equal(stage.runFiles().length, 1);
    disk.isFull = false;
    await a.ledger.flush();
    stage.clock.advance(LEASE_MS);
    await poll('the run file to go', () => stage.runFiles().length === 0);
  });

  test('what a killed window left of an unfinished write goes after a while', async () => {
    const a = stage.openWindow(1);
    const name = 'runs/x.json.0e8b0a4e-6a0a-4c8e-9f43-0d6c2f4f3a11.tmp';
    await a.disk.replace(name, '');
    await a.disk.touch(name, stage.clock.now() - 60_000);
    await a.reservations.recover();
    assert.equal(await a.disk.size(name), 0);
    await a.disk.touch(name, stage.clock.now() - 3_600_000);
    await a.reservations.recover();
    assert.equal(await a.disk.size(name), null);
  });

  test('files that are no run files are passed over', async () => {
    const a = stage.openWindow(1);
    await a.disk.replace('runs/strange.json', '{"id":');
    assert.equal(
      (await a.reservations.reserve(stage.run(), 10 * CENT, policy)).verdict.kind,
      'allow',
    );
  });

  test('many at once in three windows: all that fits is granted and no more', async () => {
    const windows = [stage.openWindow(1), stage.openWindow(2), stage.openWindow(3)];
    const asked = Array.from({ length: 12 }, (_, n) => {
      const window = windows[n % 3] ?? stage.openWindow(1);
      return window.reservations.reserve(stage.run(), 3 * CENT, policy);
    });
    const granted = (await Promise.all(asked)).filter(({ reservation }) => reservation !== null);
    assert.equal(granted.length, 3);
    assert.equal(stage.runFiles().length, 3);
  });

  test('the bound holds without turns too', async () => {
    const disk = nodeDisk(stage.folder());
    // Every window believes that it is its turn.
    const lawless = { ...disk, create: () => Promise.resolve(true) };
    const windows = [1, 2, 3].map((pid) => stage.openWindow(pid, lawless));
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.all(
        windows.map(({ reservations }) => reservations.reserve(stage.run(), 6 * CENT, policy)),
      );
      const granted = results.flatMap(({ reservation }) => reservation ?? []);
      assert.ok(granted.length <= 1, `${granted.length} granted`);
      for (const reservation of granted) await reservation.settle(null);
    }
  });

  test('a lock that a killed window left does not stop others', async () => {
    const a = stage.openWindow(1);
    await a.disk.replace('turn.lock', String(stage.clock.now() - 60_000));
    assert.equal((await a.reservations.reserve(stage.run(), CENT, policy)).verdict.kind, 'allow');
    assert.equal(await a.disk.size('turn.lock'), null);
  });
});
