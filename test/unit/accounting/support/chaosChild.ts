import { hostname } from 'node:os';
import type { LedgerDisk } from '../../../../src/accounting/disk';
import { entryFromRecord } from '../../../../src/accounting/ledger/entryFromRecord';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import type { LedgerEntry } from '../../../../src/accounting/ledger/ledgerEntry';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { Reconciler } from '../../../../src/accounting/bills/reconcile';
import { type Reservation, Reservations } from '../../../../src/accounting/budget/reservations';
import { processExists } from '../../../../src/common/processes';
import type { RunRecord } from '../../../../src/delegation/run/run';
import { readUsage } from '../../../../src/openrouter/usage';
import { findBill, writeBill } from './chaosBills';
import { fastClock, seededRandom } from './fastClock';
import { plannedRun } from './ledgerFixtures';

/** What the test tells a child. */
export interface ChaosOptions {
  readonly folder: string;
  readonly billsFolder: string;
  readonly seed: number;
  /** Prefix of the ids of its runs, which no other child has. */
  readonly prefix: string;
  readonly runs: number;
  readonly originMs: number;
  readonly startMs: number;
  readonly speed: number;
}

/** How a run goes. Each is as likely as its share. */
type Course =
  | 'completed'
  | 'cost absent'
  | 'cost null'
  | 'own key'
  | 'free'
  | 'cut off'
  | 'cancelled before headers'
  | 'cancelled while streaming'
  | 'lost generation'
  | 'refused before sending'
  | 'killed while streaming'
  | 'killed while writing'
  | 'disk full'
  | 'line torn';

const COURSES: readonly (readonly [Course, number])[] = [
  ['completed', 40],
  ['cost absent', 6],
  ['cost null', 4],
  ['own key', 6],
  ['free', 4],
  ['cut off', 8],
  ['cancelled before headers', 4],
  ['cancelled while streaming', 8],
  ['lost generation', 3],
  ['refused before sending', 4],
  ['killed while streaming', 0.5],
  ['killed while writing', 0.5],
  ['disk full', 3],
  ['line torn', 3],
];

const CEILING = 1_000_000;
/** Within the look-ups of some minutes that follow an interrupted run. */
const LATEST_FILING_MS = 20 * 60_000;
const FULL = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

/** Faults that the disk has in store for the next append. */
interface DiskFaults {
  next: 'full' | 'torn' | 'killed' | null;
}

function faultyDisk(disk: LedgerDisk, faults: DiskFaults): LedgerDisk {
  return {
    ...disk,
    append: async (name, bytes) => {
      const fault = faults.next;
      faults.next = null;
      if (fault === 'full') throw FULL;
      if (fault === null) {
        await disk.append(name, bytes);
        return;
      }
      await disk.append(name, bytes.subarray(0, bytes.length >> 1));
      if (fault === 'killed') process.kill(process.pid, 'SIGKILL');
      throw FULL;
    },
  };
}

async function main(options: ChaosOptions): Promise<void> {
  const random = seededRandom(options.seed);
  const clock = fastClock(options);
  const faults: DiskFaults = { next: null };
  const disk = faultyDisk(nodeDisk(options.folder), faults);
  const zone = (): number => 0;
  const ledger = new Ledger({ disk, clock, zone });
  const self = { pid: process.pid, host: hostname(), isAlive: processExists };
  const reservations = new Reservations({ disk, ledger, clock, random, self, zone });
  const stopReconciling = new Reconciler({
    ledger,
    disk,
    clock,
    windowId: options.prefix,
    getGeneration: async (id) => {
      if (random() < 0.1) throw new Error('The network is down.');
      return lookUp(options.billsFolder, id, clock.now());
    },
    onSettled: (id) => void reservations.release(id),
  }).start();
  await reservations.recover();

  let next = 0;
  const runOneByOne = async (): Promise<void> => {
    while (next < options.runs) {
      const id = `${options.prefix}-${(next += 1)}`;
      const planned = plannedRun({ id, startedAtMs: clock.now() });
      // Every second run is checked against a budget, one that is never reached.
      const dailyNanoUsd = next % 2 === 0 ? 1e15 : 0;
      const policy = {
        perRunNanoUsd: 0,
        dailyNanoUsd,
        monthlyNanoUsd: 0,
        action: 'block',
      } as const;
      const { reservation } = await reservations.reserve(planned, CEILING, policy);
      if (!reservation?.isShared)
        throw new Error('The budget is never reached, nor files refused.');
      await drive({ id, startedAtMs: planned.startedAtMs, reservation, faults, random, options });
      process.send?.('done');
    }
  };
  await Promise.all([runOneByOne(), runOneByOne(), runOneByOne()]);
  while (ledger.waitingEntries.length > 0) await ledger.flush().catch(() => undefined);
  stopReconciling();
  reservations.dispose();
}

interface Drive {
  readonly id: string;
  readonly startedAtMs: number;
  readonly reservation: Reservation;
  readonly faults: DiskFaults;
  readonly random: () => number;
  readonly options: ChaosOptions;
}

/** One run against an API that bills in the moment in which a request is sent. */
async function drive(run: Drive): Promise<void> {
  const { id, reservation, faults, random, options } = run;
  const course = chooseCourse(random());
  if (course === 'refused before sending') {
    await reservation.settle(null);
    return;
  }
  const generationId = `gen-${id}`;
  const nano = course === 'free' ? 0 : Math.floor(random() * 50_000_000);
  const fee = course === 'own key' ? Math.floor(nano / 20) : 0;
  const canBeLookedUp = course !== 'lost generation' && course !== 'cancelled before headers';
  writeBill(options.billsFolder, {
    runId: id,
    generationId,
    costNanoUsd: nano + fee,
    canBeLookedUp,
    filedAtMs: run.startedAtMs + random() * LATEST_FILING_MS,
  });
  await pause(random() * 4);
  if (course === 'cancelled before headers') {
    await settle(run, { status: 'cancelled', generationId: null, usage: null });
    return;
  }
  await reservation.noteGenerationId(generationId);
  await pause(random() * 8);
  if (course === 'killed while streaming') process.kill(process.pid, 'SIGKILL');
  if (course === 'killed while writing') faults.next = 'killed';
  if (course === 'disk full') faults.next = 'full';
  if (course === 'line torn') faults.next = 'torn';
  await settle(run, { ...endOf(course), generationId, usage: usageOf(course, nano, fee) });
}

function chooseCourse(at: number): Course {
  const all = COURSES.reduce((sum, [, share]) => sum + share, 0);
  let left = at * all;
  for (const [course, share] of COURSES) {
    left -= share;
    if (left <= 0) return course;
  }
  return 'completed';
}

function endOf(course: Course): Pick<RunRecord, 'status'> {
  if (course === 'cancelled while streaming') return { status: 'cancelled' };
  if (course === 'cut off' || course === 'lost generation') return { status: 'failed' };
  return { status: 'completed' };
}

/** The usage as a stream carries it, in dollars; null where the stream ended before it. */
function usageOf(course: Course, nano: number, fee: number): RunRecord['usage'] {
  const usd = (amount: number): number => Number((amount / 1e9).toFixed(9));
  switch (course) {
    case 'cut off':
    case 'lost generation':
    case 'cancelled while streaming':
      return null;
    case 'cost absent':
      return readUsage({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 });
    case 'cost null':
      return readUsage({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: null });
    case 'own key':
      return readUsage({
        cost: usd(fee),
        is_byok: true,
        cost_details: { upstream_inference_cost: usd(nano) },
      });
    default:
      // On credits the provider's charge repeats the cost.
      return readUsage({
        cost: usd(nano),
        is_byok: false,
        cost_details: { upstream_inference_cost: usd(nano) },
      });
  }
}

async function settle(
  run: Drive,
  end: Pick<RunRecord, 'status' | 'generationId' | 'usage'>,
): Promise<void> {
  const record: RunRecord = {
    id: run.id,
    route: 'reformat',
    project: '',
    requests: 1,
    protocol: 'responses',
    routing: 'delegated',
    orchestratorModel: 'a/orchestrator',
    workerModel: 'b/worker',
    directEstimateNanoUsd: null,
    didEnableDelegation: true,
    delegations: { requested: 1, ok: 1, failed: 0 },
    finishReason: null,
    startedAtMs: run.startedAtMs,
    durationMs: 1000,
    wasSent: true,
    ...end,
  };
  const entry: LedgerEntry = entryFromRecord(record, { demo: false });
  // A full disk is reported to the user and tried again with the next run.
  await run.reservation.settle(entry).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'ledger-write') throw error;
  });
}

async function lookUp(
  billsFolder: string,
  generationId: string,
  nowMs: number,
): Promise<{ costNanoUsd: number } | null> {
  await pause(1);
  const bill = findBill(billsFolder, generationId);
  return bill?.canBeLookedUp && bill.filedAtMs <= nowMs ? { costNanoUsd: bill.costNanoUsd } : null;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

void main(JSON.parse(process.argv[2] ?? '{}') as ChaosOptions).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String((error as Error).stack)}\n`);
    process.exit(1);
  },
);
