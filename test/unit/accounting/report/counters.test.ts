import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Counters } from '../../../../src/accounting/report/counters';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import type { LedgerEntry } from '../../../../src/accounting/ledger/ledgerEntry';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { ManualClock } from '../../../support/manualClock';
import { poll } from '../../../support/poll';
import { entryOf, temporaryFolder } from '../support/ledgerFixtures';

const NOON = '2026-03-14T12:00:00Z';

suite('counters', () => {
  const folder = temporaryFolder();

  /** One window. */
  function window(now = NOON) {
    const clock = new ManualClock(now);
    const disk = nodeDisk(folder());
    const ledger = new Ledger({ disk, clock, zone: () => 0 });
    const counters = new Counters({ ledger, disk, clock });
    const spend = (fields: Partial<LedgerEntry>): Promise<void> =>
      ledger.append(entryOf({ at: NOON, ...fields }));
    const shown = (period: 'session' | 'today' | 'month'): readonly (number | null)[] => {
      const { totals, sinceMs } = counters.counter(period);
      return [totals.runs, totals.unknownRuns, totals.costNanoUsd, sinceMs];
    };
    return { clock, ledger, counters, spend, shown };
  }

  test('show the whole period until they are reset, and again after that is taken back', async () => {
    const { counters, spend, shown } = window();
    await spend({ cost_nano_usd: 10 });
    assert.deepEqual(shown('today'), [1, 0, 10, null]);
    await counters.reset('today');
    assert.deepEqual(shown('today'), [0, 0, 0, Date.parse(NOON)]);
    await spend({ cost_nano_usd: 5 });
    assert.deepEqual(shown('today'), [1, 0, 5, Date.parse(NOON)]);
    assert.deepEqual(shown('month'), [2, 0, 15, null]);
    await counters.showAll('today');
    assert.deepEqual(shown('today'), [2, 0, 15, null]);
  });

  test('a reset holds after a restart, and that of a session does not', async () => {
    const first = window();
    await first.spend({ cost_nano_usd: 10 });
    for (const period of ['session', 'today', 'month'] as const) await first.counters.reset(period);
    assert.deepEqual(first.shown('session'), [0, 0, 0, Date.parse(NOON)]);
    const second = window('2026-03-14T13:00:00Z');
    await second.ledger.refresh();
    await second.counters.refresh();
    await second.spend({ cost_nano_usd: 3 });
    assert.deepEqual(second.shown('today'), [1, 0, 3, Date.parse(NOON)]);
    assert.deepEqual(second.shown('month'), [1, 0, 3, Date.parse(NOON)]);
    assert.deepEqual(second.shown('session'), [1, 0, 3, null]);
  });

  test('the next day counts from its start, while the month goes on from its reset', async () => {
    const first = window();
    await first.spend({ cost_nano_usd: 10 });
    await first.counters.reset('today');
    await first.counters.reset('month');
    const next = window('2026-03-15T08:00:00Z');
    await next.spend({ cost_nano_usd: 4, at: '2026-03-15T08:00:00Z' });
    await next.counters.refresh();
    assert.deepEqual(next.shown('today'), [1, 0, 4, null]);
    assert.deepEqual(next.shown('month'), [1, 0, 4, Date.parse(NOON)]);
  });

  test('an old run whose bill comes later does not hide a new unknown one', async () => {
    const { counters, spend, shown } = window();
    await spend({ id: 'old', cost_nano_usd: null });
    await counters.reset('today');
    await spend({ id: 'new', cost_nano_usd: null, generation_id: 'gen-2' });
    assert.deepEqual(shown('today').slice(0, 3), [1, 1, 0]);
    await spend({ id: 'old', cost_nano_usd: 7, cost_source: 'reconciled' });
    assert.deepEqual(shown('today').slice(0, 3), [1, 1, 7]);
    await spend({ id: 'new', cost_nano_usd: 2, cost_source: 'reconciled' });
    assert.deepEqual(shown('today').slice(0, 3), [1, 0, 9]);
  });

  test('demo runs of unknown cost are no open bills', async () => {
    const { counters, spend, shown } = window();
    await spend({ id: 'demo', cost_nano_usd: null, demo: true });
    await counters.reset('session');
    await spend({ id: 'demo', cost_nano_usd: 7, demo: true });
    assert.deepEqual(shown('session').slice(0, 3), [0, 0, 0]);
  });

  test('another window follows a reset', async () => {
    const one = window();
    const other = window();
    await one.spend({ cost_nano_usd: 10 });
    const stopLedger = other.ledger.watch();
    const stop = other.counters.watch();
    await poll('the other window to count', () => other.shown('today')[2] === 10);
    await one.counters.reset('today');
    await poll('the reset in the other window', () => other.shown('today')[3] !== null);
    await one.counters.showAll('today');
    await poll('its end in the other window', () => other.shown('today')[3] === null);
    stop();
    stopLedger();
  });

  test('of two looks at once the later one counts, however slow the first was', async () => {
    const clock = new ManualClock(NOON);
    const disk = nodeDisk(folder());
    const slowFirst: (() => void)[] = [];
    let looks = 0;
    const halting = {
      ...disk,
      // What the file holds when it is asked for, told when the test says so.
      readText: async (name: string): Promise<string> => {
        looks += 1;
        const text = await disk.readText(name);
        if (slowFirst.length === 0) {
          await new Promise<void>((resolve) => slowFirst.push(resolve));
        }
        return text;
      },
    };
    const ledger = new Ledger({ disk, clock, zone: () => 0 });
    const counters = new Counters({ ledger, disk: halting, clock });
    const first = counters.refresh();
    await poll('the first look to hold its text', () => slowFirst.length === 1);
    await window().counters.reset('today');
    const second = counters.refresh();
    // Were the looks independent, the second would be over before the first is let go.
    if (looks > 1) await second;
    slowFirst[0]?.();
    await Promise.all([first, second]);
    assert.equal(counters.counter('today').sinceMs, Date.parse(NOON));
  });

  test('a ledger that lost entries, and a damaged file, show everything', async () => {
    const { counters, spend, shown } = window();
    await spend({ cost_nano_usd: 10 });
    await counters.reset('today');
    writeFileSync(join(folder(), '2026-03.jsonl'), '');
    const emptied = window();
    await emptied.ledger.refresh();
    await emptied.counters.refresh();
    assert.deepEqual(emptied.shown('today'), [0, 0, 0, null]);
    for (const damage of ['{"v":1,"today":{"atMs":-1}}', 'not json', '[]', '{"v":2}']) {
      writeFileSync(join(folder(), 'counters.json'), damage);
      await counters.refresh();
      assert.equal(shown('today')[3], null, damage);
    }
  });
});
