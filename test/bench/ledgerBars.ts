import { benchLedger } from './ledger';
import type { BenchResult } from './result';

/** The ledger with a million entries, as at activation. */
export async function measureLedger(): Promise<readonly BenchResult[]> {
  const bench = await benchLedger();
  if (!bench.isExact) throw new Error('The totals are not those that were written.');
  const { startMs, startMegabytes } = bench;
  return [
    {
      what: 'status bar total with 1,000,000 entries',
      figure: startMs,
      limit: 50,
      unit: 'ms',
      isMet: startMs <= 50,
    },
    {
      what: 'memory for it',
      figure: startMegabytes,
      limit: 20,
      unit: 'MB',
      isMet: startMegabytes <= 20,
    },
  ];
}
