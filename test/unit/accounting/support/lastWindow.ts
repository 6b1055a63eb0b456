import type { ReconcilerOptions } from '../../../../src/accounting/bills/reconcile';
import { LOOK_UP_DELAYS_MS, Reconciler } from '../../../../src/accounting/bills/reconcile';
import { Reservations } from '../../../../src/accounting/budget/reservations';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import type { ManualClock } from '../../../support/manualClock';

/** Longer than any lease of a killed window. */
const REST_MS = 600_000;

/**
 * A last window after all others have died: it accounts for what killed ones left, and looks up
 * what can be known.
 */
export async function settleAfterKills(
  folder: string,
  clock: ManualClock,
  getGeneration: ReconcilerOptions['getGeneration'],
): Promise<void> {
  const disk = nodeDisk(folder);
  const zone = (): number => 0;
  const ledger = new Ledger({ disk, clock, zone });
  const self = { pid: process.pid, host: 'last', isAlive: () => false };
  const reservations = new Reservations({ disk, ledger, clock, random: () => 0, self, zone });
  clock.advance(REST_MS);
  await reservations.recover();
  const released: Promise<void>[] = [];
  const reconciler = new Reconciler({
    ledger,
    disk,
    clock,
    windowId: 'last',
    getGeneration,
    onSettled: (id) => released.push(reservations.release(id)),
  });
  for (const delayMs of [0, ...LOOK_UP_DELAYS_MS]) {
    clock.advance(delayMs + 1000);
    await reconciler.work();
  }
  await Promise.all(released);
  await reservations.recover();
  reservations.dispose();
}
