import { benchLedger } from './ledger';
import { type BenchResult, atMost, withoutBar } from './result';

/** The ledger with a million entries, as at activation. */
export async function measureLedger(): Promise<readonly BenchResult[]> {
  const year = await benchLedger();
  const month = await benchLedger(1_000_000, 1);
  if (!year.isExact || !month.isExact)
    throw new Error('The totals are not those that were written.');
  return [
    atMost(50, {
      what: 'status bar total with 1,000,000 entries over a year',
      figure: year.startMs,
      unit: 'ms',
    }),
    atMost(20, { what: 'memory for it', figure: year.startMegabytes, unit: 'MB' }),
    atMost(50, {
      what: 'status bar total with 1,000,000 entries in one month',
      figure: month.startMs,
      unit: 'ms',
    }),
    atMost(50, {
      what: 'the same with 50 entries since the last save',
      figure: month.startWithTailMs,
      unit: 'ms',
    }),
    withoutBar({
      what: 'counting that month again, in the background: memory',
      figure: month.firstCountMegabytes,
      unit: 'MB',
    }),
  ];
}
