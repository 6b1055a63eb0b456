import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { decodeEntry, encodeEntry } from '../../../../src/accounting/ledger/entryCodec';
import type { LedgerEntry } from '../../../../src/accounting/ledger/ledgerEntry';
import { localDay } from '../../../../src/accounting/ledger/localTime';
import { MonthRollup } from '../../../../src/accounting/ledger/monthRollup';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { type Totals, sumTotals, totalsOf } from '../../../../src/accounting/ledger/totals';
import { entryOf } from '../support/ledgerFixtures';

const ALL_DAYS = { firstDay: 0, lastDay: 1e6 };
const zone = (): number => 60;

const anyLine: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        id: fc.integer({ min: 0, max: 12 }).map(String),
        at: fc.integer({ min: 1, max: 4 }).map((day) => `2026-03-0${day}T22:30:00.000Z`),
        route: fc.constantFrom('summarize', 'refactor'),
        worker_model: fc.constantFrom('a', 'b'),
        routing: fc.constantFrom<LedgerEntry['routing'][]>('delegated', 'direct'),
        status: fc.constantFrom<LedgerEntry['status'][]>('completed', 'cancelled'),
        cost_nano_usd: fc.option(fc.nat(1000)),
        direct_estimate_nano_usd: fc.option(fc.nat(5000)),
        demo: fc.boolean(),
      })
      .map((fields) => `${encodeEntry(entryOf(fields))}\n`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\n', 'garbage\n', '{"id":"1"}\n', '{"v":1,"id":"3","at"\n'),
  },
);

/** `read`: the window looks. `restart`: another window takes over from what is saved. */
const anyStep = fc.oneof(
  { weight: 4, arbitrary: anyLine },
  { weight: 1, arbitrary: fc.constantFrom('read', 'restart', 'restart unsaved') },
);

interface Expected {
  readonly totals: Totals;
  readonly byDay: ReadonlyMap<number, Totals>;
  readonly live: readonly string[];
  readonly open: readonly string[];
}

/** The rule itself: the last line of an id is live, demo runs count nowhere. */
function expectedOf(text: string): Expected {
  const live = new Map<string, LedgerEntry>();
  for (const line of text.split('\n')) {
    const entry = decodeEntry(line);
    if (!entry) continue;
    live.delete(entry.id);
    live.set(entry.id, entry);
  }
  const entries = [...live.values()];
  const byDay = new Map<number, Totals>();
  for (const entry of entries) {
    if (entry.demo) continue;
    const day = localDay(Date.parse(entry.at), zone);
    byDay.set(
      day,
      sumTotals([byDay.get(day) ?? totalsOf({ ...entry, demo: true }), totalsOf(entry)]),
    );
  }
  return {
    totals: sumTotals(entries.map(totalsOf)),
    byDay,
    live: entries.map(encodeEntry),
    open: entries
      .filter((entry) => entry.cost_nano_usd === null && !entry.demo)
      .map(({ id }) => id)
      .sort(),
  };
}

async function checkRollup(rollup: MonthRollup, text: string): Promise<void> {
  const expected = expectedOf(text);
  const cells = [...rollup.cells.within(ALL_DAYS)];
  assert.deepEqual(sumTotals(cells.map(({ totals }) => totals)), expected.totals);
  for (const [day, totals] of expected.byDay) {
    const ofDay = rollup.cells.within({ firstDay: day, lastDay: day });
    assert.deepEqual(sumTotals([...ofDay].map((cell) => cell.totals)), totals);
  }
  const live: string[] = [];
  for await (const entry of rollup.liveEntries()) live.push(encodeEntry(entry));
  assert.deepEqual(live, expected.live);
  assert.deepEqual([...rollup.openEntries.keys()].sort(), expected.open);
}

suite('rollup of a month', () => {
  test('equals a count of the whole file, whenever it was read, saved or lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), async (steps) => {
        const folder = mkdtempSync(join(tmpdir(), 'delegate-rollup-'));
        try {
          const open = async (): Promise<MonthRollup> => {
            const rollup = new MonthRollup('2026-03', { disk: nodeDisk(folder), zone });
            await rollup.load();
            return rollup;
          };
          let rollup = await open();
          let text = '';
          for (const step of steps) {
            if (step === 'read') await rollup.refresh();
            else if (step === 'restart') {
              await rollup.refresh();
              await rollup.save();
              rollup = await open();
            } else if (step === 'restart unsaved') {
              await rollup.refresh();
              rollup = await open();
            } else {
              appendFileSync(join(folder, '2026-03.jsonl'), step);
              text += step;
            }
          }
          await rollup.refresh();
          await checkRollup(rollup, text);
        } finally {
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the history of an id is all its lines in order', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'delegate-rollup-'));
    try {
      for (const cost of [null, 5, 7]) {
        for (const id of ['a', 'b']) {
          const line = encodeEntry(entryOf({ id, cost_nano_usd: cost }));
          appendFileSync(join(folder, '2026-03.jsonl'), `${line}\n`);
        }
      }
      const rollup = new MonthRollup('2026-03', { disk: nodeDisk(folder), zone });
      await rollup.refresh();
      const costs = (await rollup.history('b')).map(({ cost_nano_usd }) => cost_nano_usd);
      assert.deepEqual(costs, [null, 5, 7]);
      assert.deepEqual(await rollup.history('c'), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('many more lines than are folded at a time, with ids that come again far apart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'delegate-rollup-'));
    try {
      const lines = Array.from({ length: 12_000 }, (_, n) =>
        encodeEntry(entryOf({ id: `run-${n % 9_000}`, cost_nano_usd: n })),
      );
      const text = `${lines.join('\n')}\n`;
      appendFileSync(join(folder, '2026-03.jsonl'), text);
      const rollup = new MonthRollup('2026-03', { disk: nodeDisk(folder), zone });
      await rollup.refresh();
      await checkRollup(rollup, text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(20_000);
});
