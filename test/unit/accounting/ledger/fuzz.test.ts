import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { Counters } from '../../../../src/accounting/report/counters';
import { encodeEntry } from '../../../../src/accounting/ledger/entryCodec';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import { localDay } from '../../../../src/accounting/ledger/localTime';
import { Reconciler } from '../../../../src/accounting/bills/reconcile';
import { Reservations } from '../../../../src/accounting/budget/reservations';
import { runFileName } from '../../../../src/accounting/budget/reservationFile';
import type { Totals } from '../../../../src/accounting/ledger/totals';
import { ManualClock } from '../../../support/manualClock';
import {
  type Random,
  fuzzRuns,
  fuzzSeed,
  mutateBytes,
  randomSource,
  withStrangeValue,
} from '../../../support/mutate';
import { entryOf, plannedRun } from '../support/ledgerFixtures';
import { type OracleEntry, type OracleTotals, liveLines, totalsOf } from '../support/ledgerOracle';
import { type MemoryDisk, memoryDisk } from '../support/memoryDisk';

const RUNS = fuzzRuns(400);
const NOW = Date.parse('2026-03-31T22:30:00Z');
/** Local days begin two hours before those of UTC, so today is in April and its file in March. */
const zone = (): number => 120;
const MONTHS = ['2026-02', '2026-03', '2026-04'];

/** Waits of the code under test pass at once and are counted; timers of minutes stand still. */
class CountingClock extends ManualClock {
  waits = 0;

  override after(delayMs: number, callback: () => void): () => void {
    if (delayMs >= 1000) return super.after(delayMs, callback);
    this.waits += 1;
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  }
}

interface World {
  readonly disk: MemoryDisk;
  readonly clock: CountingClock;
  /** Every byte that a ledger's file ever had, for what a rollup may still rest on. */
  readonly before: ReadonlyMap<string, Buffer>;
}

function anyLine(random: Random, month: string): string {
  const day = String(1 + random(28)).padStart(2, '0');
  const line = encodeEntry(
    entryOf({
      // All lines of a run are in the file of one month.
      id: `run-${random(12)}-${month}`,
      at: `${month}-${random(3) === 0 && month !== '2026-02' ? '31' : day}T22:15:00.000Z`,
      route: ['summarize', 'refactor'][random(2)] ?? '',
      cost_nano_usd: random(4) === 0 ? null : random(1000),
      generation_id: random(3) === 0 ? null : `gen-${random(9)}`,
      prompt_tokens: random(5) === 0 ? null : random(5000),
      delegations: { requested: random(4), ok: 0, failed: 0 },
      demo: random(6) === 0,
    }),
  );
  return random(8) === 0 ? line.replace('"v":1', `"v":${2 + random(9)},"new":[1]`) : line;
}

/** A folder as windows leave it: ledger, rollups, run files, a reset, look-ups. */
async function makeWorld(random: Random): Promise<World> {
  const clock = new CountingClock(NOW);
  const disk = memoryDisk(() => clock.now());
  const before = new Map<string, Buffer>();
  for (const month of MONTHS) {
    const lines = Array.from({ length: random(10) }, () => `${anyLine(random, month)}\n`);
    if (lines.length > 0) await disk.append(`${month}.jsonl`, Buffer.from(lines.join('')));
  }
  const first = new Ledger({ disk, clock, zone });
  const counters = new Counters({ ledger: first, disk, clock });
  if (random(2) === 0) await counters.reset(random(2) === 0 ? 'today' : 'month');
  await first.refresh();
  await first.save();
  const reservations = reservationsOf(disk, clock, first);
  for (let count = random(3); count > 0; count--) {
    const run = plannedRun({ id: `run-${random(12)}`, startedAtMs: NOW - random(9) * 3_600_000 });
    await reservations.reserve(run, random(100), policy);
  }
  reservations.dispose();
  await disk.replace('lookups.json', JSON.stringify({ 'run-1': { attempts: 1, nextAtMs: NOW } }));
  for (const [name, { bytes }] of disk.files) before.set(name, bytes);
  return { disk, clock, before };
}

const policy = {
  perRunNanoUsd: 0,
  dailyNanoUsd: 5_000,
  monthlyNanoUsd: 9_000,
  action: 'block',
} as const;

function reservationsOf(disk: MemoryDisk, clock: CountingClock, ledger: Ledger): Reservations {
  const self = { pid: 1, host: 'here', isAlive: () => true };
  return new Reservations({ disk, ledger, clock, random: () => 0.5, self, zone });
}

function mutateFile(bytes: Buffer, random: Random): Buffer {
  const at = random(bytes.length + 1);
  switch (random(9)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (bytes.length > 0) flipped[at % bytes.length]! ^= 1 << random(8);
      return flipped;
    }
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(random(5)), bytes.subarray(at)]);
    case 3:
      return mutateBytes(bytes, random, bytes);
    case 4:
      return Buffer.concat([bytes, Buffer.from(garbage[random(garbage.length)] ?? '')]);
    default:
      return mutateLine(bytes, random);
  }
}

const garbage = [
  '\n\n\n',
  'no json\n',
  '{"id":"run-1"}\n',
  '[]\n',
  '\u0000\u0000\u0000\n',
  '\uFEFF{}\n',
  '{"v":1,"id":"run-2","at"',
  `${'x'.repeat(70_000)}\n`,
  `{"v":9,"id":"run-3","at":"2026-03-31T23:00:00Z","cost_nano_usd":7,"more":{}}\n`,
  `{"v":1,"id":"__proto__","at":"2026-03-31T23:00:00Z","cost_nano_usd":7}\n`,
];

/** Lines doubled, dropped, moved, or with one value that is another one. */
function mutateLine(bytes: Buffer, random: Random): Buffer {
  const lines = bytes.toString('utf8').split('\n');
  const at = random(lines.length);
  const line = lines[at] ?? '';
  switch (random(6)) {
    case 0:
      lines.splice(at, 0, line);
      break;
    case 1:
      lines.splice(at, 1);
      break;
    case 2:
      lines.splice(random(lines.length), 0, line);
      break;
    case 3: {
      const numbers = [...line.matchAll(/\d+/g)];
      const number = numbers[random(Math.max(1, numbers.length))];
      const other = ['9007199254740991', '1e400', '-1', '0.5', '8640000000000001', '99', 'null'];
      if (number) {
        lines[at] =
          line.slice(0, number.index) +
          (other[random(other.length)] ?? '') +
          line.slice(number.index + number[0].length);
      }
      break;
    }
    default:
      try {
        lines[at] = JSON.stringify(withStrangeValue(JSON.parse(line), random));
      } catch {
        lines[at] = line.slice(0, random(line.length + 1));
      }
  }
  return Buffer.from(lines.join('\n'));
}

function mutateWorld({ disk }: World, random: Random): string[] {
  const changed: string[] = [];
  for (let changes = random(3); changes >= 0; changes--) {
    const names = [...disk.files.keys(), 'turn.lock', 'lookups.lease', 'counters.json'];
    const name = names[random(names.length)] ?? '';
    const file = disk.files.get(name);
    const bytes = mutateFile(file?.bytes ?? Buffer.from('{}'), random);
    if (random(12) === 0) disk.files.delete(name);
    else disk.files.set(name, { bytes, touchedAtMs: file?.touchedAtMs ?? NOW });
    changed.push(name);
  }
  return changed;
}

/**
 * Entries of the files that a range of local days can be in; several ways to read them where bytes
 * were damaged that a rollup has counted whole.
 */
function readingsOf(
  { disk, before }: World,
  days: { readonly firstDay: number; readonly lastDay: number },
): OracleEntry[][] {
  const months = [...new Set([days.firstDay - 1, days.firstDay, days.lastDay])]
    .map((day) => new Date(day * 86_400_000 + 22 * 3_600_000).toISOString().slice(0, 7))
    .filter((month, index, all) => all.indexOf(month) === index);
  const isWithin = ({ atMs }: OracleEntry): boolean => {
    const day = localDay(atMs, zone);
    return day >= days.firstDay && day <= days.lastDay;
  };
  let readings: OracleEntry[][] = [[]];
  for (const month of months) {
    const now = disk.files.get(`${month}.jsonl`)?.bytes ?? Buffer.alloc(0);
    const counted = before.get(`${month}.jsonl`) ?? Buffer.alloc(0);
    const bytes = [now];
    if (now.length >= counted.length && !now.subarray(0, counted.length).equals(counted)) {
      bytes.push(Buffer.concat([counted, now.subarray(counted.length)]));
    }
    readings = readings.flatMap((entries) =>
      bytes.map((each) => [...entries, ...liveLines(each).filter(isWithin)]),
    );
  }
  return readings;
}

function shown(totals: Totals): OracleTotals {
  const { runs, unknownRuns, costNanoUsd, promptTokens, delegations } = totals;
  return { runs, unknownRuns, costNanoUsd, promptTokens, delegations };
}

suite('mutated ledgers', function () {
  this.timeout(60_000 + RUNS * 20);

  test(`${RUNS} of them are summed up as what is left of their lines, and never in the way`, async () => {
    const random = randomSource(fuzzSeed);
    for (let count = 0; count < RUNS; count++) {
      const world = await makeWorld(random);
      const changed = mutateWorld(world, random);
      const told = `mutant ${count} of seed ${fuzzSeed}: ${changed.join()}`;
      try {
        await checkWorld(world, random);
      } catch (error) {
        throw new Error(told, { cause: error });
      }
    }
  });
});

async function checkWorld(world: World, random: Random): Promise<void> {
  const { disk, clock } = world;
  const ledger = new Ledger({ disk, clock, zone });
  await ledger.refresh();
  checkTotals(world, ledger);
  const counters = new Counters({ ledger, disk, clock });
  await counters.refresh();
  for (const period of ['today', 'month'] as const) {
    const { totals } = counters.counter(period);
    for (const [name, value] of Object.entries(totals)) assert.ok(value >= 0, `${period} ${name}`);
  }
  // A later line supersedes an earlier one, whatever became of the rollup in between.
  const at = new Date(NOW).toISOString();
  await ledger.append(entryOf({ id: `run-${random(12)}-2026-03`, at, cost_nano_usd: 77 }));
  checkTotals(world, ledger);
  await checkBudget(world, ledger);
  if (random(8) === 0) await checkLookUps(world, ledger);
  await ledger.save();
  const next = new Ledger({ disk, clock, zone });
  await next.refresh();
  checkTotals(world, next);
}

function checkTotals(world: World, ledger: Ledger): void {
  for (const period of ['today', 'month'] as const) {
    const found = shown(ledger.totals(period));
    const expected = readingsOf(world, ledger.daysOf(period)).map(totalsOf);
    const isOne = expected.some((totals) => isDeepStrictEqual(totals, found));
    assert.ok(isOne, `${period}: ${JSON.stringify(found)} is none of ${JSON.stringify(expected)}`);
  }
}

async function checkBudget(world: World, ledger: Ledger): Promise<void> {
  const { disk, clock } = world;
  const reservations = reservationsOf(disk, clock, ledger);
  clock.waits = 0;
  const run = plannedRun({ id: 'the one', startedAtMs: NOW });
  const { verdict, reservation } = await reservations.reserve(run, 50, policy);
  assert.ok(clock.waits < 60, `${clock.waits} waits`);
  const spent = ledger.totals('today').costNanoUsd;
  if (verdict.kind === 'allow') assert.ok(spent + 50 <= policy.dailyNanoUsd, `${spent} spent`);
  assert.equal(reservation !== null, verdict.kind === 'allow');
  await reservations.recover();
  const lines = world.disk.files.get('2026-03.jsonl')?.bytes.length ?? 0;
  await reservations.recover();
  const again = world.disk.files.get('2026-03.jsonl')?.bytes.length ?? 0;
  assert.equal(again, lines, 'a run is given up once');
  await reservation?.settle(entryOf({ id: run.id, at: new Date(NOW).toISOString() }));
  assert.equal(disk.files.has(runFileName(run.id)), false);
  reservations.dispose();
  checkTotals(world, ledger);
}

async function checkLookUps(world: World, ledger: Ledger): Promise<void> {
  const { disk, clock } = world;
  const reconciler = new Reconciler({
    disk,
    ledger,
    clock,
    windowId: 'here',
    getGeneration: () => Promise.resolve({ costNanoUsd: 11 }),
  });
  // Nine attempts are all there are, and damage may say so as well as we do.
  const givenUp = [...(await disk.readText('lookups.json')).matchAll(/"([^"]+)":\{"attempts":9,/g)];
  // Whatever else became of the list of look-ups: within a day everything has been asked for.
  for (let hours = 0; hours < 26; hours++) {
    await reconciler.work();
    clock.advance(3_600_000);
  }
  const today = ledger.today();
  const open = await ledger.openEntries({ firstDay: today - 4, lastDay: today });
  for (const [id, atMs] of open) {
    const isRecent = atMs <= NOW && atMs > NOW - 4 * 86_400_000;
    // One that a damaged date has put into another month's file is found by nobody.
    if (givenUp.some(([, given]) => given === id)) continue;
    if (!isRecent || (await ledger.history(id, atMs)).length === 0) continue;
    assert.fail(`${id} of ${new Date(atMs).toISOString()} was never looked up`);
  }
  checkTotals(world, ledger);
}
