import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerWriteError } from '../../../../src/accounting/ledger/appendLine';
import { encodeEntry } from '../../../../src/accounting/ledger/entryCodec';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { systemClock } from '../../../../src/common/clock';
import { entryOf, fullableDisk, readJsonLines, temporaryFolder } from '../support/ledgerFixtures';
import { ManualClock } from '../../../support/manualClock';
import { poll } from '../../../support/poll';

const NOON = '2026-03-14T12:00:00.000Z';
const utc = (): number => 0;

suite('ledger', () => {
  const folder = temporaryFolder();
  const file = (month: string): string => join(folder(), `${month}.jsonl`);

  function openLedger(at = NOON, zone = utc): { ledger: Ledger; clock: ManualClock } {
    const clock = new ManualClock(at);
    return { ledger: new Ledger({ disk: nodeDisk(folder()), clock, zone }), clock };
  }

  test('an entry is one line of the file of its month', async () => {
    const { ledger } = openLedger();
    const march = entryOf();
    const april = entryOf({ at: '2026-04-01T00:00:00.000Z' });
    await ledger.append(march);
    await ledger.append(april);
    assert.equal(readFileSync(file('2026-03'), 'utf8'), `${encodeEntry(march)}\n`);
    assert.equal(readFileSync(file('2026-04'), 'utf8'), `${encodeEntry(april)}\n`);
  });

  test('totals of session, day and month', async () => {
    const { ledger } = openLedger();
    writeFileSync(file('2026-03'), `${encodeEntry(entryOf({ cost_nano_usd: 5, at: NOON }))}\n`);
    await ledger.append(entryOf({ cost_nano_usd: 7 }));
    await ledger.append(entryOf({ cost_nano_usd: 11, at: '2026-03-13T23:59:59.999Z' }));
    await ledger.append(entryOf({ cost_nano_usd: 13, at: '2026-02-28T12:00:00Z' }));
    await ledger.append(entryOf({ cost_nano_usd: null }));
    await ledger.refresh();
    assert.equal(ledger.totals('session').costNanoUsd, 31);
    assert.equal(ledger.totals('session').unknownRuns, 1);
    assert.equal(ledger.totals('today').costNanoUsd, 12);
    assert.equal(ledger.totals('today').runs, 3);
    assert.equal(ledger.totals('today').unknownRuns, 1);
    assert.equal(ledger.totals('month').costNanoUsd, 23);
  });

  test('today and month are local: at UTC+2 the month begins in the file before', async () => {
    const { ledger } = openLedger('2026-04-01T08:00:00Z', () => 120);
    await ledger.append(entryOf({ cost_nano_usd: 1, at: '2026-03-31T21:59:59Z' }));
    await ledger.append(entryOf({ cost_nano_usd: 2, at: '2026-03-31T22:00:00Z' }));
    await ledger.append(entryOf({ cost_nano_usd: 4, at: '2026-04-01T07:00:00Z' }));
    assert.equal(ledger.totals('today').costNanoUsd, 6);
    assert.equal(ledger.totals('month').costNanoUsd, 6);
  });

  test('a later line with the same id supersedes', async () => {
    const { ledger } = openLedger();
    const unknown = entryOf({ id: 'a', cost_nano_usd: null });
    await ledger.append(unknown);
    await ledger.append(entryOf({ id: 'b', cost_nano_usd: 3 }));
    await ledger.append({ ...unknown, cost_nano_usd: 40, cost_source: 'reconciled' });
    assert.equal(ledger.totals('today').costNanoUsd, 43);
    assert.equal(ledger.totals('today').runs, 2);
    assert.equal(ledger.totals('today').unknownRuns, 0);
    assert.equal(ledger.totals('session').costNanoUsd, 43);
    assert.equal(readJsonLines(file('2026-03')).length, 3);
  });

  test('demo runs are in the file but in no total', async () => {
    const { ledger } = openLedger();
    await ledger.append(entryOf({ demo: true, cost_nano_usd: 99 }));
    await ledger.append(entryOf({ demo: true, cost_nano_usd: null }));
    await ledger.append(entryOf({ id: 'more', demo: true, cost_nano_usd: 2 }));
    assert.equal(ledger.totals('session').runs, 0);
    assert.equal(ledger.totals('today').runs, 0);
    assert.equal(ledger.totals('today').unknownRuns, 0);
    assert.equal(ledger.demoNanoUsd(), 101);
    assert.equal(readJsonLines(file('2026-03')).length, 3);
  });

  test('a torn last line is not an entry, and the next one starts on its own line', async () => {
    const { ledger } = openLedger();
    const whole = encodeEntry(entryOf({ cost_nano_usd: 1 }));
    writeFileSync(file('2026-03'), `${whole}\n${whole.slice(0, 80)}`);
    await ledger.refresh();
    assert.equal(ledger.totals('today').runs, 1);
    await ledger.append(entryOf({ id: 'next', cost_nano_usd: 2 }));
    assert.equal(ledger.totals('today').costNanoUsd, 3);
    assert.equal(ledger.unreadableLines, 1);
    const lines = readFileSync(file('2026-03'), 'utf8').split('\n');
    assert.equal(lines[1], whole.slice(0, 80));
    assert.equal((JSON.parse(lines[2] ?? '') as { id: string }).id, 'next');
  });

  test('a last line that only lacks its line feed counts once', async () => {
    writeFileSync(file('2026-03'), encodeEntry(entryOf({ cost_nano_usd: 5 })));
    const { ledger } = openLedger();
    await ledger.refresh();
    assert.equal(ledger.totals('today').costNanoUsd, 5);
    await ledger.append(entryOf({ cost_nano_usd: 6 }));
    assert.equal(ledger.totals('today').costNanoUsd, 11);
    assert.equal(ledger.unreadableLines, 0);
  });

  test('unreadable lines are counted and cost nothing else', async () => {
    const good = encodeEntry(entryOf({ cost_nano_usd: 5 }));
    const long = `{"id":"${'x'.repeat(100_000)}"`;
    writeFileSync(file('2026-03'), `garbage\n{}\n\n\u0000\n${good}\n${long}\n[1]\n`);
    const { ledger } = openLedger();
    await ledger.refresh();
    assert.equal(ledger.totals('today').costNanoUsd, 5);
    assert.equal(ledger.unreadableLines, 5);
  });

  test('damage longer than what is read at once is one unreadable line', async () => {
    const good = encodeEntry(entryOf({ cost_nano_usd: 5 }));
    writeFileSync(file('2026-03'), `${good}\n${'x'.repeat(3_000_000)}\n`);
    appendFileSync(file('2026-03'), `${encodeEntry(entryOf({ cost_nano_usd: 6 }))}\n`);
    const { ledger } = openLedger();
    await ledger.refresh();
    assert.equal(ledger.totals('today').costNanoUsd, 11);
    assert.equal(ledger.unreadableLines, 1);
  });

  test('what another window writes is seen', async () => {
    const here = openLedger().ledger;
    const there = openLedger().ledger;
    await here.refresh();
    await there.append(entryOf({ cost_nano_usd: 8 }));
    assert.equal(here.totals('today').costNanoUsd, 0);
    let changes = 0;
    here.onDidChange(() => (changes += 1));
    await here.refresh();
    assert.equal(here.totals('today').costNanoUsd, 8);
    assert.equal(here.totals('session').costNanoUsd, 0);
    assert.equal(changes, 1);
    await here.refresh();
    assert.equal(changes, 1);
  });

  test('a run of this window that another one reconciles is right in the session too', async () => {
    const here = openLedger().ledger;
    const there = openLedger().ledger;
    const unknown = entryOf({ cost_nano_usd: null });
    await here.append(unknown);
    await there.appendNow({ ...unknown, cost_nano_usd: 9, cost_source: 'reconciled' });
    await here.refresh();
    assert.equal(here.totals('session').costNanoUsd, 9);
    assert.equal(here.totals('session').unknownRuns, 0);
    assert.equal(there.totals('session').runs, 0);
  });

  test('watching, a window sees by itself what another one writes', async () => {
    const now = new Date().toISOString();
    const here = new Ledger({ disk: nodeDisk(folder()), clock: systemClock });
    const stop = here.watch();
    try {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const there = new Ledger({ disk: nodeDisk(folder()), clock: systemClock });
      await there.append(entryOf({ cost_nano_usd: 8, at: now }));
      await poll('what another window wrote', () => here.totals('month').runs > 0, {
        timeoutMs: 15_000,
      });
      assert.equal(here.totals('month').costNanoUsd, 8);
    } finally {
      stop();
      await here.save();
    }
  });

  test('reports of changes without end do not put a look off without end', async () => {
    const clock = new ManualClock(NOON);
    let report = (): void => undefined;
    const disk = {
      ...nodeDisk(folder()),
      watch: (listener: () => void) => {
        report = listener;
        return () => undefined;
      },
    };
    const ledger = new Ledger({ disk, clock, zone: utc });
    const stop = ledger.watch();
    while (!ledger.isCounted) await new Promise(setImmediate);
    writeFileSync(file('2026-03'), `${encodeEntry(entryOf({ cost_nano_usd: 5 }))}\n`);
    for (let count = 0; count < 10; count += 1) {
      report();
      clock.advance(50);
    }
    // The clock stands still now, so only a look that is under way can find it.
    await poll('the entry to be counted', () => ledger.totals('today').costNanoUsd === 5);
    stop();
  });

  test('the day changes with the clock', async () => {
    const { ledger, clock } = openLedger('2026-03-14T23:59:00Z');
    await ledger.append(entryOf({ cost_nano_usd: 8, at: '2026-03-14T23:58:00Z' }));
    await ledger.refresh();
    let changes = 0;
    ledger.onDidChange(() => (changes += 1));
    clock.advance(60_000);
    await ledger.refresh();
    assert.equal(ledger.totals('today').runs, 0);
    assert.equal(ledger.totals('month').runs, 1);
    assert.equal(changes, 1);
  });

  test('totals are whole only after the first refresh', async () => {
    const { ledger } = openLedger();
    assert.equal(ledger.isCounted, false);
    await ledger.refresh();
    assert.equal(ledger.isCounted, true);
  });

  test('many appends at once, from two windows, all arrive whole', async () => {
    const here = openLedger().ledger;
    const there = openLedger().ledger;
    const entries = Array.from({ length: 60 }, (_, n) => entryOf({ cost_nano_usd: n + 1 }));
    await Promise.all(entries.map((entry, n) => (n % 2 ? here : there).append(entry)));
    await here.refresh();
    assert.equal(here.totals('today').costNanoUsd, (60 * 61) / 2);
    assert.equal(here.totals('today').runs, 60);
    assert.equal(readJsonLines(file('2026-03')).length, 60);
    assert.equal(here.unreadableLines, 0);
  });

  test('the newest live entries, superseded ones once', async () => {
    const { ledger } = openLedger();
    for (let n = 0; n < 8; n += 1) {
      await ledger.append(entryOf({ id: `run-${n}`, at: `2026-03-14T12:00:0${n}.000Z` }));
    }
    await ledger.append(entryOf({ id: 'run-6', at: '2026-03-14T12:00:06.000Z', cost_nano_usd: 1 }));
    await ledger.append(entryOf({ id: 'old', at: '2026-02-01T00:00:00.000Z' }));
    const last = await ledger.lastEntries(3);
    assert.deepEqual(
      last.map(({ id }) => id),
      ['run-7', 'run-6', 'run-5'],
    );
    assert.equal(last[1]?.cost_nano_usd, 1);
    assert.equal((await ledger.lastEntries(50)).length, 9);
  });

  test('live entries of a range of days', async () => {
    const { ledger } = openLedger();
    const unknown = entryOf({ id: 'a', cost_nano_usd: null });
    await ledger.append(unknown);
    await ledger.append(entryOf({ id: 'b', demo: true }));
    await ledger.append(entryOf({ id: 'c', at: '2026-02-20T00:00:00.000Z' }));
    await ledger.append({ ...unknown, cost_nano_usd: 40, cost_source: 'reconciled' });
    const ids: string[] = [];
    for await (const entry of ledger.entries(ledger.daysOf('month'))) {
      ids.push(`${entry.id} ${entry.cost_nano_usd}`);
    }
    assert.deepEqual(ids, ['b 6100000', 'a 40']);
  });
});

suite('ledger on a full disk', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder(), '2026-03.jsonl');

  test('an entry stays in memory, counts, and is written with the next one', async () => {
    const disk = fullableDisk(nodeDisk(folder()));
    const ledger = new Ledger({ disk, clock: new ManualClock(NOON), zone: utc });
    disk.isFull = true;
    await assert.rejects(ledger.append(entryOf({ id: 'a', cost_nano_usd: 3 })), (error) => {
      assert.ok(error instanceof LedgerWriteError);
      assert.equal(error.reason, 'ENOSPC');
      assert.equal(error.waitingEntries, 1);
      return true;
    });
    await assert.rejects(ledger.append(entryOf({ id: 'b', cost_nano_usd: 4 })), LedgerWriteError);
    assert.equal(ledger.totals('today').costNanoUsd, 7);
    assert.equal(ledger.totals('session').costNanoUsd, 7);
    assert.equal(ledger.waitingEntries.length, 2);
    disk.isFull = false;
    await ledger.append(entryOf({ id: 'c', cost_nano_usd: 5 }));
    assert.equal(ledger.waitingEntries.length, 0);
    assert.equal(ledger.totals('today').costNanoUsd, 12);
    assert.deepEqual(
      readJsonLines(file()).map(({ id }) => id),
      ['a', 'b', 'c'],
    );
  });

  test('a line that can be made again is not kept', async () => {
    const disk = fullableDisk(nodeDisk(folder()));
    const ledger = new Ledger({ disk, clock: new ManualClock(NOON), zone: utc });
    disk.isFull = true;
    await assert.rejects(ledger.appendNow(entryOf()), LedgerWriteError);
    assert.equal(ledger.waitingEntries.length, 0);
    assert.equal(ledger.totals('today').runs, 0);
    disk.isFull = false;
    await ledger.appendNow(entryOf());
    assert.equal(ledger.totals('today').runs, 1);
    assert.equal(ledger.totals('session').runs, 0);
  });

  test('a line that fitted only in part is written again, whole and once', async () => {
    const disk = fullableDisk(nodeDisk(folder()));
    const ledger = new Ledger({ disk, clock: new ManualClock(NOON), zone: utc });
    await ledger.append(entryOf({ id: 'a', cost_nano_usd: 1 }));
    disk.room = 100;
    await assert.rejects(ledger.append(entryOf({ id: 'b', cost_nano_usd: 2 })), LedgerWriteError);
    assert.equal(ledger.totals('today').costNanoUsd, 3);
    disk.isFull = false;
    await ledger.flush();
    assert.equal(ledger.totals('today').costNanoUsd, 3);
    assert.equal(ledger.totals('today').runs, 2);
    assert.equal(ledger.unreadableLines, 1);
  });

  test('watching tries again by itself', async () => {
    const disk = fullableDisk(nodeDisk(folder()));
    const clock = new ManualClock(NOON);
    const ledger = new Ledger({ disk, clock, zone: utc });
    disk.isFull = true;
    await assert.rejects(ledger.append(entryOf({ id: 'a' })), LedgerWriteError);
    const stop = ledger.watch();
    disk.isFull = false;
    await untilTimers(clock);
    clock.advance(10_000);
    while (ledger.waitingEntries.length > 0) await new Promise(setImmediate);
    assert.equal(readJsonLines(file()).length, 1);
    stop();
  });

  async function untilTimers(clock: ManualClock): Promise<void> {
    while (clock.pendingTimers === 0) await new Promise(setImmediate);
  }

  test('the kernel itself refuses: the device that is always full', function () {
    // There only on Linux.
    if (process.platform !== 'linux') this.skip();
    const disk = nodeDisk('/dev');
    return assert.rejects(disk.append('full', Buffer.from('x')), { code: 'ENOSPC' });
  });
});
