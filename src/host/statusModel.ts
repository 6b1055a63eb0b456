import type { Ledger } from '../accounting/ledger';
import { systemClock } from '../common/clock';
import { NANO_PER_USD } from '../common/money';
import type { StatusModel } from '../ui/statusText';
import type { Demo } from './demo';
import type { RunRegistry } from './runRegistry';
import { readSetting } from './settings';

/** Puts together what the status bar shows; cheap, because it is read at every change. */
export function readStatusModel(parts: {
  readonly ledger: Ledger;
  readonly registry: RunRegistry;
  readonly demo: Demo;
}): StatusModel {
  const { ledger, demo } = parts;
  const { runs } = parts.registry;
  const oldest = Math.min(...runs.map((run) => run.startedAtMs));
  return {
    period: readSetting('statusBar.period'),
    totals: {
      session: ledger.totals('session'),
      today: ledger.totals('today'),
      month: ledger.totals('month'),
    },
    runningSeconds: runs.length === 0 ? null : Math.floor((systemClock.now() - oldest) / 1000),
    runningCount: runs.length,
    budget: {
      dailyNanoUsd: Math.round(readSetting('budget.daily') * NANO_PER_USD),
      monthlyNanoUsd: Math.round(readSetting('budget.monthly') * NANO_PER_USD),
    },
    isDemo: demo.endpoint !== null,
  };
}
