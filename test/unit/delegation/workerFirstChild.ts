import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { BudgetPolicy } from '../../../src/accounting/budget/budget';
import { Reservations } from '../../../src/accounting/budget/reservations';
import { entryFromRecord } from '../../../src/accounting/ledger/entryFromRecord';
import { Ledger } from '../../../src/accounting/ledger/ledger';
import { nodeDisk } from '../../../src/accounting/nodeDisk';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import { processExists } from '../../../src/common/processes';
import { runTask } from '../../../src/delegation/runTask';
import { createRunGate } from '../../../src/editor/run/runGate';
import { simulatorClient } from '../../support/simulatorClient';
import { seededRandom } from '../accounting/support/fastClock';
import { lookup, workerFirstRequest } from './kit';

/** What the test tells a window. */
export interface WindowOptions {
  /** Of the ledger. */
  readonly folder: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly seed: number;
  readonly runs: number;
}

/** Which of the runs end with the window, at one of the moments of a run. */
const KILLED_SHARE = 0.2;
const MOST_EVENTS = 14;
/** Never reached, but checked, so that each run is on the disk before it is sent. */
const POLICY: BudgetPolicy = {
  perRunNanoUsd: 0,
  dailyNanoUsd: 1e15,
  monthlyNanoUsd: 0,
  action: 'block',
};

/** A window that makes worker-first runs one after the other, until it is killed in one. */
async function main(options: WindowOptions): Promise<void> {
  const random = seededRandom(options.seed);
  const disk = nodeDisk(options.folder);
  const ledger = new Ledger({ disk, clock: systemClock });
  const self = { pid: process.pid, host: hostname(), isAlive: processExists };
  const reservations = new Reservations({ disk, ledger, clock: systemClock, random, self });
  const client = simulatorClient(options);
  const models = lookup(...readModels({ data: await client.listModels() }));
  const kill = (): void => void process.kill(process.pid, 'SIGKILL');

  for (let count = 0; count < options.runs; count += 1) {
    const killedAt = random() < KILLED_SHARE ? 1 + Math.floor(random() * MOST_EVENTS) : 0;
    // Half of them between two events.
    const killDelayMs = random() < 0.5 ? random() * 20 : null;
    const cancelAt = random() < 0.2 ? 1 + Math.floor(random() * MOST_EVENTS) : 0;
    const rejects = Math.floor(random() * 3);
    const gate = createRunGate(
      {
        reserve: async (run, ceiling) => {
          const { reservation } = await reservations.reserve(run, ceiling ?? 0, POLICY);
          if (!reservation?.isShared) throw new Error('Nothing refuses a reservation here.');
          return reservation;
        },
      },
      false,
    );
    const controller = new AbortController();
    let events = 0;
    let judged = 0;
    const { record } = await runTask(
      workerFirstRequest({ id: randomUUID() }),
      {
        client,
        models,
        clock: systemClock,
        random,
        checkBudget: gate.checkBudget,
        noteRequest: gate.noteRequest,
        prove: () => {
          judged += 1;
          return Promise.resolve(
            judged > rejects ? { isVerified: true } : { isVerified: false, reason: 'for the test' },
          );
        },
      },
      gate.observing(() => {
        events += 1;
        if (events === cancelAt) controller.abort();
        if (events !== killedAt) return;
        if (killDelayMs === null) kill();
        else void delay(killDelayMs).then(kill);
      }),
      controller.signal,
    );
    const entry = record.wasSent ? entryFromRecord(record, { demo: false }) : null;
    await gate.reservation()?.settle(entry);
    process.send?.('done');
  }
  reservations.dispose();
  await client.close();
}

void main(JSON.parse(process.argv[2] ?? '') as WindowOptions).then(() => process.exit(0));
