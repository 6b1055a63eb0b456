import { hostname } from 'node:os';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { Reservations } from '../../../../src/accounting/budget/reservations';
import { processExists } from '../../../../src/common/processes';
import { fastClock } from './fastClock';
import { entryOf, plannedRun } from './ledgerFixtures';

const NOON_MS = Date.parse('2026-03-14T12:00:00Z');

/** A window of its own: four runs at once, each as often as the daily budget lets it. */
async function main(folder: string, limitNanoUsd: number, ceilingNanoUsd: number): Promise<void> {
  const clock = fastClock({ originMs: Date.now(), startMs: NOON_MS, speed: 1 });
  const disk = nodeDisk(folder);
  const ledger = new Ledger({ disk, clock, zone: () => 0 });
  const reservations = new Reservations({
    disk,
    ledger,
    clock,
    zone: () => 0,
    random: Math.random,
    self: { pid: process.pid, host: hostname(), isAlive: processExists },
  });
  const policy = {
    perRunNanoUsd: 0,
    dailyNanoUsd: limitNanoUsd,
    monthlyNanoUsd: 0,
    action: 'block',
  } as const;
  const runUntilRefused = async (): Promise<void> => {
    for (;;) {
      const planned = plannedRun({ startedAtMs: clock.now() });
      const { reservation } = await reservations.reserve(planned, ceilingNanoUsd, policy);
      if (!reservation) return;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      // A bill may be as high as the ceiling and is mostly lower.
      const cost = Math.floor(ceilingNanoUsd * Math.min(1, 0.4 + Math.random()));
      const at = new Date(planned.startedAtMs).toISOString();
      await reservation.settle(entryOf({ id: planned.id, at, cost_nano_usd: cost }));
      process.send?.({ cost });
    }
  };
  await Promise.all(Array.from({ length: 4 }, runUntilRefused));
  reservations.dispose();
}

const [folder = '', limit, ceiling] = process.argv.slice(2);
process.once('message', () => {
  void main(folder, Number(limit), Number(ceiling)).then(() => process.disconnect());
});
process.send?.('ready');
