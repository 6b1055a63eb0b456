import os from 'node:os';
import { Reservations } from '../../../src/accounting/budget/reservations';
import { Reconciler } from '../../../src/accounting/bills/reconcile';
import { Ledger } from '../../../src/accounting/ledger/ledger';
import { nodeDisk } from '../../../src/accounting/nodeDisk';
import { processExists } from '../../../src/common/processes';
import { simulatorClient } from '../../support/simulatorClient';
import { poll } from '../../support/poll';
import { fastClock } from '../../unit/accounting/support/fastClock';
import type { ServerReady } from './server';

/** Minutes and hours between look-ups pass in seconds. */
const SPEED = 2000;

/** Looks up the bills of requests whose processes were killed, as the next start would. */
export async function settleBills(folder: string, ready: ServerReady): Promise<void> {
  const client = simulatorClient(ready);
  const disk = nodeDisk(folder);
  const now = Date.now();
  const clock = fastClock({ originMs: now, startMs: now, speed: SPEED });
  const ledger = new Ledger({ disk, clock });
  const self = { pid: process.pid, host: os.hostname(), isAlive: processExists };
  const reservations = new Reservations({ disk, ledger, clock, random: Math.random, self });
  await reservations.recover();
  const stop = new Reconciler({
    ledger,
    disk,
    clock,
    windowId: 'bench',
    getGeneration: (id) => client.getGeneration(id),
  }).start();
  const today = ledger.today();
  await poll('the bills of killed requests', async () => {
    const open = await ledger.openEntries({ firstDay: today - 1, lastDay: today });
    return open.size === 0;
  });
  stop();
  reservations.dispose();
  await client.close();
}
