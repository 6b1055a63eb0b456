import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEntry, encodeEntry } from '../../../src/accounting/ledger/entryCodec';
import { Ledger } from '../../../src/accounting/ledger/ledger';
import type { LedgerEntry } from '../../../src/accounting/ledger/ledgerEntry';
import { nodeDisk } from '../../../src/accounting/nodeDisk';
import { type Bill, readBills } from './support/chaosBills';
import type { ChaosOptions } from './support/chaosChild';
import { seededRandom } from './support/fastClock';
import { settleAfterKills } from './support/lastWindow';
import { temporaryFolder } from './support/ledgerFixtures';
import { ManualClock } from '../../support/manualClock';

const CHILD = join(__dirname, 'support', 'chaosChild.js');
const PROCESSES = 4;
/** `DELEGATE_CHAOS_RUNS=10000` is the long version. */
const RUNS = Number(process.env['DELEGATE_CHAOS_RUNS'] ?? 160);
const SEED = Number(process.env['DELEGATE_FUZZ_SEED'] ?? 20_260_314);
/** The runs pass midnight and the end of a month. */
const START_MS = Date.parse('2026-03-31T23:40:00Z');
const SPEED = 400;

suite('chaos', () => {
  const folder = temporaryFolder();
  const ledgerFolder = (): string => join(folder(), 'ledger');
  const billsFolder = (): string => join(folder(), 'bills');

  test(`${RUNS} runs in ${PROCESSES} processes, some killed: the ledger is the bill`, async () => {
    mkdirSync(billsFolder());
    const originMs = Date.now();
    const common = { originMs, startMs: START_MS, speed: SPEED };
    await Promise.all(
      Array.from({ length: PROCESSES }, (_, n) =>
        driveWindow(n, {
          ...common,
          folder: ledgerFolder(),
          billsFolder: billsFolder(),
        }),
      ),
    );
    const clock = new ManualClock(START_MS + (Date.now() - originMs) * SPEED);
    const filed = readBills(billsFolder());
    const found = new Map(filed.map((bill) => [bill.generationId, bill]));
    await settleAfterKills(ledgerFolder(), clock, (id) => {
      const bill = found.get(id);
      return Promise.resolve(bill?.canBeLookedUp ? bill : null);
    });
    const bills = new Map(filed.map((bill) => [bill.runId, bill]));
    assert.ok(bills.size > RUNS * 0.8, `${bills.size} bills`);
    const live = liveByTheRule(ledgerFolder());
    checkEntries(live, bills, await nodeDisk(ledgerFolder()).readText('lookups.json'));
    await checkTotals(clock, live);
    const left = readdirSync(join(ledgerFolder(), 'runs')).filter((name) => !name.endsWith('.tmp'));
    assert.deepEqual(left, []);
  }).timeout(RUNS * 200 + 30_000);

  /** One window: when it is killed, by itself or by us, another process takes up its runs. */
  async function driveWindow(
    n: number,
    common: Pick<ChaosOptions, 'folder' | 'billsFolder' | 'originMs' | 'startMs' | 'speed'>,
  ): Promise<void> {
    const random = seededRandom(SEED + n);
    let left = Math.ceil(RUNS / PROCESSES);
    for (let life = 1; left > 0; life += 1) {
      const seed = Math.floor(random() * 1e9);
      const options: ChaosOptions = { ...common, seed, prefix: `w${n}-${life}`, runs: left };
      const child = fork(CHILD, [JSON.stringify(options)]);
      // Often enough the window is killed from outside, at no particular point of its work.
      let untilKill = Math.ceil(random() * RUNS * 0.3);
      child.on('message', () => {
        left -= 1;
        untilKill -= 1;
        if (untilKill === 0) setTimeout(() => child.kill('SIGKILL'), random() * 20);
      });
      const [code, signal] = await exitOf(child);
      assert.ok(code === 0 || signal === 'SIGKILL', `exit ${String(code)} ${String(signal)}`);
      if (code === 0) left = 0;
    }
  }

  async function checkTotals(
    clock: ManualClock,
    live: ReadonlyMap<string, LedgerEntry>,
  ): Promise<void> {
    const ledger = new Ledger({ disk: nodeDisk(ledgerFolder()), clock, zone: () => 0 });
    const today = ledger.today();
    const cells = await ledger.cells({ firstDay: today - 60, lastDay: today });
    const sum = (pick: (totals: (typeof cells)[number]['totals']) => number): number =>
      cells.reduce((total, { totals }) => total + pick(totals), 0);
    const entries = [...live.values()];
    const known = entries.filter(({ cost_nano_usd }) => cost_nano_usd !== null);
    assert.equal(
      sum(({ runs }) => runs),
      entries.length,
    );
    assert.equal(
      sum(({ unknownRuns }) => unknownRuns),
      entries.length - known.length,
    );
    assert.equal(
      sum(({ costNanoUsd }) => costNanoUsd),
      known.reduce((total, entry) => total + (entry.cost_nano_usd ?? 0), 0),
    );
  }
});

/** The contract's own rule, read without any of the code under test but the line's decoder. */
function liveByTheRule(folder: string): Map<string, LedgerEntry> {
  const live = new Map<string, LedgerEntry>();
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const seenIn = new Map<string, string>();
  for (const file of files) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const entry = decodeEntry(line);
      if (!entry) continue;
      live.set(entry.id, entry);
      assert.equal(seenIn.get(entry.id) ?? file, file, 'all lines of a run are in one file');
      seenIn.set(entry.id, file);
    }
  }
  return live;
}

function checkEntries(
  live: ReadonlyMap<string, LedgerEntry>,
  bills: ReadonlyMap<string, Bill>,
  lookUps: string,
): void {
  let billedNano = 0;
  let bookedNano = 0;
  for (const [id, bill] of bills) {
    const entry = live.get(id);
    assert.ok(entry, `${id} was billed and is not in the ledger`);
    if (entry.cost_nano_usd === null) {
      const couldBeKnown = bill.canBeLookedUp && entry.generation_id !== null;
      assert.ok(!couldBeKnown, `${id} could be known: ${encodeEntry(entry)}, ${lookUps}`);
      continue;
    }
    assert.equal(entry.cost_nano_usd, bill.costNanoUsd, `${id} ${entry.cost_source}`);
    billedNano += bill.costNanoUsd;
    bookedNano += entry.cost_nano_usd;
  }
  assert.equal(bookedNano, billedNano);
  for (const [id, entry] of live) {
    // A window can be killed between asking for the budget and sending: then nobody can know.
    if (!bills.has(id)) assert.equal(entry.cost_nano_usd, null, `${id} was never billed`);
  }
}

async function exitOf(child: ChildProcess): Promise<[number | null, string | null]> {
  return (await once(child, 'exit')) as [number | null, string | null];
}
