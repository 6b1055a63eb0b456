import assert from 'node:assert/strict';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import type { LedgerEntry } from '../../../../src/accounting/ledger/ledgerEntry';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import {
  type GenerationBill,
  LOOK_UP_DELAYS_MS,
  Reconciler,
} from '../../../../src/accounting/bills/reconcile';
import { entryOf, temporaryFolder } from '../support/ledgerFixtures';
import { ManualClock } from '../../../support/manualClock';
import { poll } from '../../../support/poll';

const NOON = '2026-03-14T12:00:00.000Z';
const utc = (): number => 0;
const DAY_MS = 86_400_000;

suite('reconciliation', () => {
  const folder = temporaryFolder();
  let clock: ManualClock;
  let asked: string[];
  let bills: Map<string, number | null>;

  setup(() => {
    clock = new ManualClock(NOON);
    asked = [];
    bills = new Map();
  });

  function openWindow(windowId = 'w1') {
    const disk = nodeDisk(folder());
    const ledger = new Ledger({ disk, clock, zone: utc });
    const settled: [string, number | null][] = [];
    const reconciler = new Reconciler({
      ledger,
      disk,
      clock,
      windowId,
      getGeneration: (id): Promise<GenerationBill | null> => {
        asked.push(id);
        if (id.startsWith('offline')) return Promise.reject(new Error('no network'));
        const cost = bills.get(id);
        return Promise.resolve(cost === undefined ? null : { costNanoUsd: cost });
      },
      onSettled: (id, cost) => settled.push([id, cost]),
    });
    return { ledger, reconciler, settled };
  }

  function unknown(id: string, fields: Partial<LedgerEntry> = {}): LedgerEntry {
    return entryOf({
      id,
      generation_id: `gen-${id}`,
      cost_nano_usd: null,
      duration_ms: 0,
      at: new Date(clock.now()).toISOString(),
      ...fields,
    });
  }

  test('a bill becomes a superseding line', async () => {
    const { ledger, reconciler, settled } = openWindow();
    await ledger.append(unknown('a'));
    bills.set('gen-a', 6_100_000);
    clock.advance(LOOK_UP_DELAYS_MS[0] ?? 0);
    await reconciler.work();
    const history = await ledger.history('a', Date.parse(NOON));
    assert.deepEqual(history[1], {
      ...history[0],
      cost_nano_usd: 6_100_000,
      cost_source: 'reconciled',
    });
    assert.equal(ledger.totals('today').costNanoUsd, 6_100_000);
    assert.equal(ledger.totals('today').unknownRuns, 0);
    assert.deepEqual(settled, [['a', 6_100_000]]);
    await reconciler.work();
    assert.deepEqual(asked, ['gen-a']);
  });

  test('a bill of nothing is 0, not unknown', async () => {
    const { ledger, reconciler } = openWindow();
    await ledger.append(unknown('a'));
    bills.set('gen-a', 0);
    clock.advance(5_000);
    await reconciler.work();
    assert.equal(ledger.totals('today').unknownRuns, 0);
  });

  test('it waits longer each time, tells when to come again, and gives up', async () => {
    const { ledger, reconciler, settled } = openWindow();
    await ledger.append(unknown('a'));
    const askedAt: number[] = [];
    const startMs = clock.now();
    while (clock.now() < startMs + DAY_MS) {
      const before = asked.length;
      const waitMs = await reconciler.work();
      assert.ok(waitMs >= 1_000 && waitMs <= 60_000);
      if (asked.length > before) askedAt.push(clock.now());
      // Long waits in large steps, to keep the test short.
      clock.advance(asked.length > 5 ? 1_800_000 : waitMs);
    }
    assert.equal(askedAt.length, LOOK_UP_DELAYS_MS.length);
    const gaps = askedAt.map((atMs, n) => atMs - (askedAt[n - 1] ?? startMs));
    gaps.forEach((gap, n) => assert.ok(gap >= (LOOK_UP_DELAYS_MS[n] ?? 0), `${n}: ${gap}`));
    assert.deepEqual(settled, [['a', null]]);
    assert.equal(ledger.totals('month').unknownRuns, 1);
    assert.equal((await ledger.history('a', startMs)).length, 1);
  });

  test('a record without a cost is not known yet', async () => {
    const { ledger, reconciler } = openWindow();
    await ledger.append(unknown('a'));
    bills.set('gen-a', null);
    clock.advance(5_000);
    await reconciler.work();
    assert.equal(ledger.totals('today').unknownRuns, 1);
    bills.set('gen-a', 3);
    clock.advance(15_000);
    await reconciler.work();
    assert.equal(ledger.totals('today').costNanoUsd, 3);
  });

  test('goes on after a restart where it was', async () => {
    const first = openWindow('w1');
    await first.ledger.append(unknown('a'));
    clock.advance(5_000);
    await first.reconciler.work();
    clock.advance(200_000);
    const second = openWindow('w2');
    await second.reconciler.work();
    await second.reconciler.work();
    // The third look-up is 45 seconds after the second.
    assert.equal(asked.length, 2);
    clock.advance(45_000);
    bills.set('gen-a', 5);
    await second.reconciler.work();
    assert.equal(second.ledger.totals('today').costNanoUsd, 5);
  });

  test('one window at a time, and the next one when it is gone', async () => {
    const first = openWindow('w1');
    const second = openWindow('w2');
    await first.ledger.append(unknown('a'));
    clock.advance(5_000);
    await first.reconciler.work();
    clock.advance(15_000);
    await second.reconciler.work();
    assert.equal(asked.length, 1);
    clock.advance(120_000);
    await second.reconciler.work();
    assert.equal(asked.length, 2);
    await first.reconciler.work();
    assert.equal(asked.length, 2);
  });

  test('no network costs no attempt', async () => {
    const { ledger, reconciler } = openWindow();
    await ledger.append(unknown('a', { generation_id: 'offline-a' }));
    for (let hour = 0; hour < 30; hour += 1) {
      clock.advance(3_600_000);
      await reconciler.work();
    }
    assert.equal(asked.length, 30);
    assert.equal(ledger.totals('month').unknownRuns, 1);
  });

  test('what somebody has settled meanwhile is not written twice', async () => {
    const disk = nodeDisk(folder());
    const ledger = new Ledger({ disk, clock, zone: utc });
    const entry = unknown('a');
    const reconciler = new Reconciler({
      ledger,
      disk,
      clock,
      windowId: 'w1',
      getGeneration: async () => {
        await new Ledger({ disk, clock, zone: utc }).append({
          ...entry,
          cost_nano_usd: 7,
          cost_source: 'billed',
        });
        return { costNanoUsd: 7 };
      },
    });
    await ledger.append(entry);
    clock.advance(5_000);
    await reconciler.work();
    const sources = (await ledger.history('a', clock.now())).map(({ cost_source }) => cost_source);
    assert.deepEqual(sources, ['unknown', 'billed']);
  });

  test('demo runs, runs without generation id and old ones are left alone', async () => {
    const { ledger, reconciler } = openWindow();
    await ledger.append(unknown('demo', { demo: true }));
    await ledger.append(unknown('unnamed', { generation_id: null }));
    await ledger.append(unknown('old', { at: new Date(clock.now() - 8 * DAY_MS).toISOString() }));
    await ledger.append(
      unknown('recent', { at: new Date(clock.now() - 6 * DAY_MS).toISOString() }),
    );
    clock.advance(5_000);
    await reconciler.work();
    assert.deepEqual(asked, ['gen-recent']);
  });

  test('a run of last month is settled in its own file', async () => {
    clock = new ManualClock('2026-03-31T23:59:00Z');
    const { ledger, reconciler } = openWindow();
    await ledger.append(unknown('a'));
    bills.set('gen-a', 5);
    clock.advance(120_000);
    await reconciler.work();
    assert.equal((await ledger.history('a', Date.parse('2026-03-31T23:59:00Z'))).length, 2);
    assert.equal(await nodeDisk(folder()).size('2026-04.jsonl'), null);
  });

  test('state that cannot be read is no obstacle', async () => {
    const { ledger, reconciler } = openWindow();
    const disk = nodeDisk(folder());
    await disk.replace('lookups.json', '{"a":{"attempts":-1}, nonsense');
    await disk.replace('lookups.lease', '17');
    await ledger.append(unknown('a'));
    bills.set('gen-a', 5);
    clock.advance(5_000);
    await reconciler.work();
    assert.equal(ledger.totals('today').costNanoUsd, 5);
  });

  test('started, it works by itself, and stops', async () => {
    const { ledger, reconciler } = openWindow();
    const stop = reconciler.start();
    await ledger.append(unknown('a'));
    bills.set('gen-a', 5);
    await poll('the cost to be looked up', () => {
      clock.advance(1_000);
      return ledger.totals('today').costNanoUsd > 0;
    });
    assert.equal(ledger.totals('today').costNanoUsd, 5);
    stop();
    await ledger.append(unknown('b'));
    const before = asked.length;
    clock.advance(600_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(asked.length, before);
  });
});
