import type { NanoUsd } from '../../common/money';
import type { BudgetPolicy } from '../budget/budget';
import type { Cell } from '../ledger/cells';
import type { Counters } from './counters';
import type { Ledger, Period } from '../ledger/ledger';
import type { LedgerEntry } from '../ledger/ledgerEntry';
import { type DayRange, dayName } from '../ledger/localTime';
import { NO_TOTALS, type Totals, addTotals, savedNanoUsd } from '../ledger/totals';

/** Totals with what was saved against the direct route (an estimate, negative for a loss). */
export interface ReportTotals extends Totals {
  readonly savedNanoUsd: NanoUsd;
}

/** What a counter of the status bar shows. */
export interface CounterTotals extends ReportTotals {
  /** When the user reset it; null when it shows the whole period. */
  readonly sinceMs: number | null;
}

export interface ReportRow {
  readonly totals: ReportTotals;
}

export interface BudgetState {
  readonly period: 'day' | 'month';
  /** 0 is off. */
  readonly limitNanoUsd: NanoUsd;
  readonly spentNanoUsd: NanoUsd;
  /** Runs whose cost is unknown and which are not in `spentNanoUsd`. */
  readonly unknownRuns: number;
}

/** Everything the page "Show cost" shows, in one value. */
export interface CostReport {
  /** Since their last resets; everything else here is whole. */
  readonly session: CounterTotals;
  readonly today: CounterTotals;
  readonly month: CounterTotals;
  /** One row per local day of the range, oldest first, days without runs included. */
  readonly days: readonly (ReportRow & { readonly day: string })[];
  /** Of the range, the dearest first. */
  readonly byTask: readonly (ReportRow & { readonly route: string })[];
  /** The same by the user's tag, with one row for runs without; empty when no run has one. */
  readonly byProject: readonly (ReportRow & { readonly project: string })[];
  readonly byRouting: readonly (ReportRow & { readonly routing: LedgerEntry['routing'] })[];
  readonly byModel: readonly (ReportRow & {
    readonly orchestratorModel: string;
    readonly workerModel: string;
  })[];
  readonly range: ReportTotals;
  readonly budgets: readonly BudgetState[];
  readonly perRunBudgetNanoUsd: NanoUsd;
  /** Newest first, demo runs included and marked. */
  readonly lastRuns: readonly LedgerEntry[];
  /** Lines of the ledger's files that could not be read. */
  readonly unreadableLines: number;
  /** Entries that the disk has not taken. */
  readonly waitingEntries: number;
}

export interface ReportOptions {
  readonly days: DayRange;
  readonly policy: BudgetPolicy;
  readonly lastRuns: number;
  readonly counters: Pick<Counters, 'counter'>;
}

/** Reads the range again and sums it up. */
export async function readCostReport(ledger: Ledger, options: ReportOptions): Promise<CostReport> {
  const { days, policy, counters } = options;
  await ledger.refresh();
  const cells = await ledger.cells(days);
  const shown = (period: Period): CounterTotals => {
    const { totals, sinceMs } = counters.counter(period);
    return { ...withSaved(totals), sinceMs };
  };
  return {
    session: shown('session'),
    today: shown('today'),
    month: shown('month'),
    days: rowsByDay(cells, days),
    byTask: rowsBy(cells, ({ route }) => ({ route })),
    byProject: cells.some(({ project }) => project !== '')
      ? rowsBy(cells, ({ project }) => ({ project }))
      : [],
    byRouting: rowsBy(cells, ({ routing }) => ({ routing })),
    byModel: rowsBy(cells, ({ orchestratorModel, workerModel }) => ({
      orchestratorModel,
      workerModel,
    })),
    range: withSaved(sumCells(cells)),
    budgets: [
      budgetState('day', policy.dailyNanoUsd, ledger.totals('today')),
      budgetState('month', policy.monthlyNanoUsd, ledger.totals('month')),
    ],
    perRunBudgetNanoUsd: policy.perRunNanoUsd,
    lastRuns: await ledger.lastEntries(options.lastRuns),
    unreadableLines: ledger.unreadableLines,
    waitingEntries: ledger.waitingEntries.length,
  };
}

function withSaved(totals: Totals): ReportTotals {
  return { ...totals, savedNanoUsd: savedNanoUsd(totals) };
}

function sumCells(cells: readonly Cell[]): Totals {
  return cells.reduce((sum, { totals }) => addTotals(sum, totals), NO_TOTALS);
}

function rowsByDay(cells: readonly Cell[], days: DayRange): CostReport['days'] {
  const rows: (ReportRow & { day: string })[] = [];
  for (let day = days.firstDay; day <= days.lastDay; day += 1) {
    const ofDay = cells.filter((cell) => cell.day === day);
    rows.push({ day: dayName(day), totals: withSaved(sumCells(ofDay)) });
  }
  return rows;
}

/** Sums cells that have the same name; the dearest come first, then those with the most runs. */
function rowsBy<T extends Readonly<Record<string, string>>>(
  cells: readonly Cell[],
  nameOf: (cell: Cell) => T,
): (T & ReportRow)[] {
  const groups = new Map<string, { name: T; totals: Totals }>();
  for (const cell of cells) {
    const name = nameOf(cell);
    const key = JSON.stringify(name);
    const totals = addTotals(groups.get(key)?.totals ?? NO_TOTALS, cell.totals);
    groups.set(key, { name, totals });
  }
  return [...groups.values()]
    .sort((a, b) => b.totals.costNanoUsd - a.totals.costNanoUsd || b.totals.runs - a.totals.runs)
    .map(({ name, totals }) => ({ ...name, totals: withSaved(totals) }));
}

function budgetState(
  period: BudgetState['period'],
  limitNanoUsd: NanoUsd,
  totals: Totals,
): BudgetState {
  const { costNanoUsd: spentNanoUsd, unknownRuns } = totals;
  return { period, limitNanoUsd, spentNanoUsd, unknownRuns };
}
