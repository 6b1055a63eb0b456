import { NANO_PER_USD } from '../../../src/common/money';
import { alignedTable } from '../measuredTable';
import { median } from '../median';
import { type BenchResult, atMost } from '../result';
import type { Faults, RouteRow, RoutesResult, Share } from './routes';

/** Prints the table of a pair. @returns its bars, and the table for the documents. */
export function reportRoutes({ pair, rows }: RoutesResult): {
  readonly results: readonly BenchResult[];
  readonly table: readonly string[];
} {
  const table = [...costTable(rows, pair.name), ...faultTable(rows)];
  console.log(`\n${table.join('\n')}`);
  return { results: bars(rows, pair), table };
}

function bars(rows: readonly RouteRow[], { name, isDefault }: RoutesResult['pair']): BenchResult[] {
  const auto = Math.max(...rows.map((row) => row.autoNanoUsd / row.directNanoUsd));
  const results = [bar(`route auto: cost ÷ direct, worst (${name})`, auto, 1)];
  // The contract sets the other bars for the default pair.
  if (!isDefault) return results;
  const ratios = rows.flatMap((row) => ratioAt(row, 5) ?? []);
  const all = rows.flatMap(({ workerFirst }) => workerFirst?.faults ?? []);
  const wrong = all.flatMap((faults) => faults.wrong);
  for (const each of wrong) console.log(`Verified and wrong: ${each}`);
  return [
    ...results,
    bar('worker first, 5 % of answers faulty: cost ÷ direct, median', median(ratios), 0.06),
    bar('the same: worst job', Math.max(...ratios), 0.12),
    atMost(0, {
      what: `faulty answers of ${sum(all, ({ spoiled }) => spoiled)} that stand as verified`,
      figure: wrong.length,
      unit: '',
    }),
  ];
}

function costTable(rows: readonly RouteRow[], pair: string): string[] {
  const head = [
    'job and lines',
    'direct',
    'delegated ÷ direct',
    'auto ÷ direct',
    'auto takes',
    'worker first ÷ direct',
  ];
  const body = rows.map((row) => {
    const { job, directNanoUsd: direct, workerFirst, autoRoute } = row;
    return [
      job,
      `$${(direct / NANO_PER_USD).toFixed(4)}`,
      share(row.delegatedNanoUsd / direct),
      share(row.autoNanoUsd / direct),
      autoRoute,
      workerFirst === null ? 'nothing proves it' : share(workerFirst.cleanNanoUsd / direct),
    ];
  });
  return [`## Routes: ${pair}`, '', ...alignedTable([head, ...body]), ''];
}

function faultTable(rows: readonly RouteRow[]): string[] {
  const tried = rows.filter(({ workerFirst }) => (workerFirst?.faults.length ?? 0) > 0);
  if (tried.length === 0) return [];
  const head = [
    'job and lines',
    '÷ direct at 5 %',
    'at 10 %',
    'at 20 %',
    'runs',
    'spoiled',
    'to the orchestrator',
    'sent back for',
  ];
  const body = tried.map((row) => {
    const faults = row.workerFirst?.faults ?? [];
    return [
      row.job,
      ...([5, 10, 20] as const).map((percent) => {
        const ratio = ratioAt(row, percent);
        return ratio === null ? '' : share(ratio);
      }),
      String(sum(faults, ({ runs }) => runs)),
      String(sum(faults, ({ spoiled }) => spoiled)),
      String(sum(faults, ({ escalated }) => escalated)),
      reasonsText(faults),
    ];
  });
  return [
    "## Worker first with a share of the worker's answers faulty",
    '',
    ...alignedTable([head, ...body]),
    '',
  ];
}

function reasonsText(faults: readonly Faults[]): string {
  const counts = new Map<string, number>();
  for (const { reasons } of faults) {
    for (const [reason, count] of reasons) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => (count === 1 ? reason : `${reason} (${count}×)`))
    .join('; ');
}

function ratioAt({ workerFirst, directNanoUsd }: RouteRow, percent: Share): number | null {
  const faults = workerFirst?.faults.find((each) => each.share === percent);
  return faults ? faults.costNanoUsd / directNanoUsd : null;
}

function share(ratio: number): string {
  return ratio.toFixed(3);
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}

function bar(what: string, figure: number, limit: number): BenchResult {
  return atMost(limit, { what, figure, unit: '×' });
}
