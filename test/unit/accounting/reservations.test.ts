import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerWriteError } from '../../../src/accounting/appendLine';
import type { BudgetPolicy } from '../../../src/accounting/budget';
import { type PlannedRun, entryOfLostRun } from '../../../src/accounting/entryFromRecord';
import { Ledger } from '../../../src/accounting/ledger';
import type { LedgerEntry } from '../../../src/accounting/ledgerEntry';
import { nodeDisk } from '../../../src/accounting/nodeDisk';
import { Reservations } from '../../../src/accounting/reservations';
import type { RunFile } from '../../../src/accounting/runFile';
import { LEASE_MS, RunFiles } from '../../../src/accounting/runFiles';
import { fullableDisk, plannedRun, readJsonLines, temporaryFolder } from './support/ledgerFixtures';
import { ManualClock } from './support/manualClock';

const NOON = '2026-03-14T12:00:00.000Z';
const utc = (): number => 0;
const CENT = 10_000_000;
const policy: BudgetPolicy = {
  perRunNanoUsd: 0,
  dailyNanoUsd: 10 * CENT,
  monthlyNanoUsd: 0,
  action: 'block',
};

/** Waits of the code under test pass at once, everything else stands still. */
class HurryingClock extends ManualClock {
  override after(delayMs: number, callback: () => void): () => void {
    if (delayMs >= 1000) return super.after(delayMs, callback);
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  }
}

suite('reservations', () => {
  const folder = temporaryFolder();
  const clock = new HurryingClock(NOON);
  let alive: Set<number>;

  setup(() => {
    alive = new Set([1, 2, 3]);
  });

  function openWindow(pid: number, disk = nodeDisk(folder())) {
    const ledger = new Ledger({ disk, clock, zone: utc });
    const reservations = new Reservations({
      disk,
      ledger,
      clock,
      self: { pid, host: 'here', isAlive: (other) => alive.has(other) },
      random: () => 0.5,
      zone: utc,
    });
    return { ledger, reservations, disk };
  }

  function run(fields: Partial<PlannedRun> = {}): PlannedRun {
    return plannedRun({ startedAtMs: clock.now(), ...fields });
  }

  function endOf(planned: PlannedRun, fields: Partial<LedgerEntry>): LedgerEntry {
    const source = fields.cost_nano_usd == null ? 'unknown' : 'billed';
    return {
      ...entryOfLostRun(planned, null),
      status: 'completed',
      cost_source: source,
      ...fields,
    };
  }

  function runFiles(): string[] {
    return readdirSync(join(folder(), 'runs'));
  }

  function lines(): LedgerEntry[] {
    return readJsonLines(join(folder(), '2026-03.jsonl'));
  }

  test('ceilings of runs under way count, in this window and in others', async () => {
    const a = openWindow(1);
    const b = openWindow(2);
    assert.equal((await a.reservations.reserve(run(), 4 * CENT, policy)).verdict.kind, 'allow');
    assert.equal((await b.reservations.reserve(run(), 4 * CENT, policy)).verdict.kind, 'allow');
    const third = await b.reservations.reserve(run(), 4 * CENT, policy);
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
    assert.equal((await a.reservations.reserve(run(), 2 * CENT, policy)).verdict.kind, 'allow');
    assert.equal(runFiles().length, 3);
  });

  test('the end of a run replaces its ceiling by its cost', async () => {
    const a = openWindow(1);
    const b = openWindow(2);
    const planned = run();
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    assert.equal((await b.reservations.reserve(run(), 2 * CENT, policy)).verdict.kind, 'refuse');
    await reservation?.settle(endOf(planned, { cost_nano_usd: CENT }));
    assert.deepEqual(runFiles(), []);
    assert.equal(lines().length, 1);
    assert.equal((await b.reservations.reserve(run(), 9 * CENT, policy)).verdict.kind, 'allow');
    assert.equal((await b.reservations.reserve(run(), 1, policy)).verdict.kind, 'refuse');
  });

  test('a generation id that comes as the run ends does not bring its file back', async () => {
    const a = openWindow(1);
    for (let round = 0; round < 20; round += 1) {
      const { reservation } = await a.reservations.reserve(run(), CENT, policy);
      void reservation?.noteGenerationId('gen-1');
      await reservation?.settle(null);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(runFiles(), []);
  });

  test('a run that was not sent leaves nothing', async () => {
    const a = openWindow(1);
    const { reservation } = await a.reservations.reserve(run(), 9 * CENT, policy);
    await reservation?.settle(null);
    assert.deepEqual(runFiles(), []);
    assert.equal((await a.reservations.reserve(run(), 10 * CENT, policy)).verdict.kind, 'allow');
  });

  test('with an unknown cost the ceiling stays until the cost is known', async () => {
    const a = openWindow(1);
    const b = openWindow(2);
    const planned = run();
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    const unknown = endOf(planned, { cost_nano_usd: null, generation_id: 'gen-1' });
    await reservation?.settle(unknown);
    assert.equal((await b.reservations.reserve(run(), 2 * CENT, policy)).verdict.kind, 'refuse');
    // Neither a dead process nor time makes an open bill a lost run.
    alive.delete(1);
    clock.advance(LEASE_MS * 20);
    assert.equal((await b.reservations.reserve(run(), 2 * CENT, policy)).verdict.kind, 'refuse');
    await b.ledger.append({ ...unknown, cost_nano_usd: 3 * CENT, cost_source: 'reconciled' });
    assert.equal((await b.reservations.reserve(run(), 7 * CENT, policy)).verdict.kind, 'allow');
    assert.equal(runFiles().length, 1);
  });

  test('an unknown cost that nobody can look up frees the ceiling', async () => {
    const a = openWindow(1);
    const planned = run();
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    await reservation?.settle(endOf(planned, { cost_nano_usd: null, generation_id: null }));
    assert.deepEqual(runFiles(), []);
  });

  test('a look-up that was given up frees the ceiling', async () => {
    const a = openWindow(1);
    const planned = run();
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    await reservation?.settle(endOf(planned, { cost_nano_usd: null, generation_id: 'gen-1' }));
    await a.reservations.release(planned.id);
    assert.deepEqual(runFiles(), []);
  });

  test('a killed window: its run gets one unknown line and is looked up or freed', async () => {
    const dead = openWindow(3);
    const here = openWindow(1);
    const known = run({ id: 'known' });
    const unnamed = run({ id: 'unnamed' });
    const { reservation } = await dead.reservations.reserve(known, 4 * CENT, policy);
    await reservation?.noteGenerationId('gen-7');
    await dead.reservations.reserve(unnamed, 4 * CENT, policy);
    dead.reservations.dispose();
    // As long as its process lives and the lease lasts, it is none of our business.
    await here.reservations.recover();
    assert.equal(runFiles().length, 2);
    alive.delete(3);
    await here.reservations.recover();
    await openWindow(2).reservations.recover();
    const byId = new Map(lines().map((entry) => [entry.id, entry]));
    assert.equal(lines().length, 2);
    assert.equal(byId.get('known')?.generation_id, 'gen-7');
    assert.equal(byId.get('known')?.cost_source, 'unknown');
    assert.equal(byId.get('known')?.status, 'failed');
    assert.equal(byId.get('unnamed')?.cost_nano_usd, null);
    assert.equal(runFiles().length, 1);
  });

  test('a window that is granted its run after we looked, and is killed then, is not forgotten', async () => {
    const disk = nodeDisk(folder());
    const files = new RunFiles(disk);
    const asking: RunFile = {
      state: 'asking',
      run: run({ id: 'granted' }),
      ceilingNanoUsd: CENT,
      generationId: null,
      pid: 3,
      host: 'here',
    };
    await files.write(asking, clock.now() - 100 * LEASE_MS);
    const here = openWindow(1, {
      ...disk,
      readText: async (name) => {
        const text = await disk.readText(name);
        if (alive.has(3) && name.startsWith('runs/')) {
          await files.write({ ...asking, state: 'running', generationId: 'gen-3' }, clock.now());
          alive.delete(3);
        }
        return text;
      },
    });
    await here.reservations.recover();
    assert.deepEqual(
      lines().map(({ id, generation_id }) => [id, generation_id]),
      [['granted', 'gen-3']],
    );
  });

  test('a window on another machine is gone when its lease is over', async () => {
    const disk = nodeDisk(folder());
    const there = new Reservations({
      disk,
      ledger: new Ledger({ disk, clock, zone: utc }),
      clock,
      self: { pid: 1, host: 'there', isAlive: () => true },
      random: () => 0.5,
      zone: utc,
    });
    await there.reserve(run(), 9 * CENT, policy);
    there.dispose();
    const here = openWindow(2);
    clock.advance(LEASE_MS - 1000);
    assert.equal((await here.reservations.reserve(run(), 9 * CENT, policy)).verdict.kind, 'refuse');
    clock.advance(2000);
    assert.equal((await here.reservations.reserve(run(), 9 * CENT, policy)).verdict.kind, 'allow');
    assert.equal(lines().length, 1);
  });

  test('a living window renews its leases', async () => {
    const disk = nodeDisk(folder());
    const there = new Reservations({
      disk,
      ledger: new Ledger({ disk, clock, zone: utc }),
      clock,
      self: { pid: 1, host: 'there', isAlive: () => true },
      random: () => 0.5,
      zone: utc,
    });
    await there.reserve(run(), 9 * CENT, policy);
    const here = openWindow(2);
    for (let minute = 0; minute < 10; minute += 1) {
      clock.advance(LEASE_MS / 2);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal((await here.reservations.reserve(run(), 9 * CENT, policy)).verdict.kind, 'refuse');
    there.dispose();
  });

  test('a window that died between ledger line and file adds nothing', async () => {
    const dead = openWindow(3);
    const planned = run();
    await dead.reservations.reserve(planned, 4 * CENT, policy);
    await dead.ledger.append(endOf(planned, { cost_nano_usd: 5 }));
    alive.delete(3);
    const here = openWindow(1);
    await here.reservations.recover();
    assert.deepEqual(runFiles(), []);
    assert.deepEqual(
      lines().map(({ cost_nano_usd }) => cost_nano_usd),
      [5],
    );
  });

  test('a run taken for lost that ends after all has its bill live', async () => {
    const slow = openWindow(3);
    const planned = run();
    const { reservation } = await slow.reservations.reserve(planned, 4 * CENT, policy);
    alive.delete(3);
    const here = openWindow(1);
    await here.reservations.recover();
    await reservation?.settle(endOf(planned, { cost_nano_usd: 5 }));
    await here.ledger.refresh();
    assert.equal(here.ledger.totals('today').costNanoUsd, 5);
    assert.equal(here.ledger.totals('today').runs, 1);
    assert.equal(here.ledger.totals('today').unknownRuns, 0);
    assert.deepEqual(runFiles(), []);
  });

  test('a bill that arrives just before the line of the lost run is live in the end', async () => {
    const slow = openWindow(3);
    const planned = run();
    await slow.reservations.reserve(planned, 4 * CENT, policy);
    alive.delete(3);
    // The other window's end lands between our look and our line.
    const disk = nodeDisk(folder());
    let hasEnded = false;
    const racing = openWindow(1, {
      ...disk,
      append: async (name, bytes) => {
        if (!hasEnded) await slow.ledger.append(endOf(planned, { cost_nano_usd: 5 }));
        hasEnded = true;
        await disk.append(name, bytes);
      },
    });
    await racing.reservations.recover();
    await racing.ledger.refresh();
    assert.equal(racing.ledger.totals('today').costNanoUsd, 5);
    assert.equal(racing.ledger.totals('today').unknownRuns, 0);
    assert.equal(lines().at(-1)?.cost_nano_usd, 5);
  });

  test('yesterday is no burden on today, but on the month', async () => {
    const a = openWindow(1);
    await a.reservations.reserve(run({ startedAtMs: clock.now() - 86_400_000 }), 9 * CENT, policy);
    assert.equal((await a.reservations.reserve(run(), 9 * CENT, policy)).verdict.kind, 'allow');
    const monthly = { ...policy, dailyNanoUsd: 0, monthlyNanoUsd: 20 * CENT };
    assert.equal((await a.reservations.reserve(run(), 3 * CENT, monthly)).verdict.kind, 'refuse');
    assert.equal((await a.reservations.reserve(run(), 2 * CENT, monthly)).verdict.kind, 'allow');
  });

  test('warn lets runs pass and still reserves', async () => {
    const a = openWindow(1);
    const warning = { ...policy, action: 'warn' as const };
    const first = await a.reservations.reserve(run(), 11 * CENT, warning);
    assert.equal(first.verdict.kind, 'warn');
    assert.ok(first.reservation);
    assert.equal(runFiles().length, 1);
  });

  test('the demo is free', async () => {
    const a = openWindow(1);
    const demo = await a.reservations.reserve(run({ demo: true }), 50 * CENT, policy);
    assert.equal(demo.verdict.kind, 'allow');
    assert.equal((await a.reservations.reserve(run(), 10 * CENT, policy)).verdict.kind, 'allow');
  });

  test('a full disk does not stop a run; this window still counts it', async () => {
    const disk = fullableDisk(nodeDisk(folder()));
    const a = openWindow(1, disk);
    disk.isFull = true;
    const planned = run();
    const first = await a.reservations.reserve(planned, 9 * CENT, policy);
    assert.ok(first.reservation);
    assert.equal(first.reservation.isShared, false);
    assert.equal((await a.reservations.reserve(run(), 2 * CENT, policy)).verdict.kind, 'refuse');
    const end = endOf(planned, { cost_nano_usd: 8 * CENT });
    await assert.rejects(first.reservation.settle(end), LedgerWriteError);
    disk.isFull = false;
    await a.ledger.flush();
    assert.equal(lines().length, 1);
  });

  test('a disk that is full only at the end: the run file waits for the ledger line', async () => {
    const disk = fullableDisk(nodeDisk(folder()));
    const a = openWindow(1, disk);
    const planned = run({ id: 'kept' });
    const { reservation } = await a.reservations.reserve(planned, 9 * CENT, policy);
    disk.isFull = true;
    const end = endOf(planned, { cost_nano_usd: CENT });
    assert.ok(reservation);
    await assert.rejects(reservation.settle(end), LedgerWriteError);
    assert.equal(runFiles().length, 1);
    disk.isFull = false;
    await a.ledger.flush();
    clock.advance(LEASE_MS);
    for (let wait = 0; wait < 200 && runFiles().length > 0; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert.deepEqual(runFiles(), []);
  });

  test('what a killed window left of an unfinished write goes after a while', async () => {
    const a = openWindow(1);
    const name = 'runs/x.json.0e8b0a4e-6a0a-4c8e-9f43-0d6c2f4f3a11.tmp';
    await a.disk.replace(name, '');
    await a.disk.touch(name, clock.now() - 60_000);
    await a.reservations.recover();
    assert.equal(await a.disk.size(name), 0);
    await a.disk.touch(name, clock.now() - 3_600_000);
    await a.reservations.recover();
    assert.equal(await a.disk.size(name), null);
  });

  test('files that are no run files are passed over', async () => {
    const a = openWindow(1);
    await a.disk.replace('runs/strange.json', '{"id":');
    assert.equal((await a.reservations.reserve(run(), 10 * CENT, policy)).verdict.kind, 'allow');
  });

  test('many at once in three windows: all that fits is granted and no more', async () => {
    const windows = [openWindow(1), openWindow(2), openWindow(3)];
    const asked = Array.from({ length: 12 }, (_, n) => {
      const window = windows[n % 3] ?? openWindow(1);
      return window.reservations.reserve(run(), 3 * CENT, policy);
    });
    const granted = (await Promise.all(asked)).filter(({ reservation }) => reservation !== null);
    assert.equal(granted.length, 3);
    assert.equal(runFiles().length, 3);
  });

  test('the bound holds without turns too', async () => {
    const disk = nodeDisk(folder());
    // Every window believes that it is its turn.
    const lawless = { ...disk, create: () => Promise.resolve(true) };
    const windows = [1, 2, 3].map((pid) => openWindow(pid, lawless));
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.all(
        windows.map(({ reservations }) => reservations.reserve(run(), 6 * CENT, policy)),
      );
      const granted = results.flatMap(({ reservation }) => reservation ?? []);
      assert.ok(granted.length <= 1, `${granted.length} granted`);
      for (const reservation of granted) await reservation.settle(null);
    }
  });

  test('a lock that a killed window left does not stop others', async () => {
    const a = openWindow(1);
    await a.disk.replace('turn.lock', String(clock.now() - 60_000));
    assert.equal((await a.reservations.reserve(run(), CENT, policy)).verdict.kind, 'allow');
    assert.equal(await a.disk.size('turn.lock'), null);
  });
});
