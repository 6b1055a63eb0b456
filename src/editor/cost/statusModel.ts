import type { Counters } from '../../accounting/report/counters';
import type { Ledger, Period } from '../../accounting/ledger/ledger';
import { systemClock } from '../../common/clock';
import type { PeriodTotal, StatusModel } from './statusText';
import { readPolicy } from '../settings/budgetSettings';
import type { Demo } from '../connection/demo';
import type { RunRegistry } from '../run/activeRuns';
import { readSetting } from '../settings/settings';

/** Puts together what the status bar shows; cheap, because it is read at every change. */
export function readStatusModel(parts: {
  readonly ledger: Ledger;
  readonly counters: Counters;
  readonly registry: RunRegistry;
  readonly demo: Demo;
}): StatusModel {
  const { ledger, counters, demo } = parts;
  const { runs } = parts.registry;
  const oldest = Math.min(...runs.map((run) => run.startedAtMs));
  return {
    period: readSetting('statusBar.period'),
    totals: {
      session: shown(counters, 'session'),
      today: shown(counters, 'today'),
      month: shown(counters, 'month'),
    },
    runningSeconds: runs.length === 0 ? null : Math.floor((systemClock.now() - oldest) / 1000),
    runningCount: runs.length,
    budget: {
      ...readPolicy(),
      // Budgets count what was spent, whatever the user has reset.
      spentTodayNanoUsd: ledger.totals('today').costNanoUsd,
      spentMonthNanoUsd: ledger.totals('month').costNanoUsd,
    },
    demoNanoUsd: demo.endpoint === null ? null : ledger.demoNanoUsd(),
  };
}

function shown(counters: Counters, period: Period): PeriodTotal {
  const { totals, sinceMs } = counters.counter(period);
  return { ...totals, since: sinceMs === null ? null : timeText(sinceMs) };
}

/** Such as `14:05`, with the day when it was another one. */
function timeText(atMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(systemClock.now()).toDateString();
  const format = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(!isToday && { day: 'numeric', month: 'short' }),
  });
  return format.format(atMs);
}
