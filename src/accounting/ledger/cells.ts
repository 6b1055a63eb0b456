import { asArray, readString } from '../../common/json';
import type { LedgerEntry } from './ledgerEntry';
import type { DayRange } from './localTime';
import { NO_TOTALS, type Totals, addTotals, subtractTotals, totalsOf } from './totals';

/** Sums of one local day, task and pair of models: the grain of everything that is shown. */
export interface Cell {
  readonly day: number;
  readonly route: string;
  readonly orchestratorModel: string;
  readonly workerModel: string;
  readonly totals: Totals;
}

/** A table of cells to which entries can be added and from which they can be taken exactly. */
export class CellTable {
  readonly #cells = new Map<string, Cell>();

  add(day: number, entry: LedgerEntry): void {
    this.#change(day, entry, addTotals);
  }

  /** Takes out what `add` with the same arguments brought in. */
  subtract(day: number, entry: LedgerEntry): void {
    this.#change(day, entry, subtractTotals);
  }

  #change(day: number, entry: LedgerEntry, combine: typeof addTotals): void {
    if (entry.demo) return;
    const key = JSON.stringify([day, entry.route, entry.orchestrator_model, entry.worker_model]);
    const cell = this.#cells.get(key);
    const totals = combine(cell?.totals ?? NO_TOTALS, totalsOf(entry));
    if (totals.runs === 0) {
      this.#cells.delete(key);
      return;
    }
    this.#cells.set(key, {
      day,
      route: entry.route,
      orchestratorModel: entry.orchestrator_model,
      workerModel: entry.worker_model,
      totals,
    });
  }

  *within(days: DayRange): Generator<Cell> {
    for (const cell of this.#cells.values()) {
      if (cell.day >= days.firstDay && cell.day <= days.lastDay) yield cell;
    }
  }

  /** As rows of plain values, for the rollup's file. */
  encode(): unknown[] {
    return [...this.#cells.values()].map(
      ({ day, route, orchestratorModel, workerModel, totals }) => [
        day,
        route,
        orchestratorModel,
        workerModel,
        ...TOTALS_COLUMNS.map((column) => totals[column]),
      ],
    );
  }

  /** @returns null when any row is not what `encode` writes. */
  static decode(rows: unknown): CellTable | null {
    if (!Array.isArray(rows)) return null;
    const table = new CellTable();
    for (const row of rows) {
      const cell = decodeCell(asArray(row));
      if (!cell) return null;
      const { day, route, orchestratorModel, workerModel } = cell;
      table.#cells.set(JSON.stringify([day, route, orchestratorModel, workerModel]), cell);
    }
    return table;
  }
}

const TOTALS_COLUMNS = Object.keys(NO_TOTALS) as (keyof Totals)[];

function decodeCell(row: readonly unknown[]): Cell | null {
  const [day, route, orchestratorModel, workerModel, ...numbers] = row;
  if (!Number.isSafeInteger(day) || numbers.length !== TOTALS_COLUMNS.length) return null;
  if (!numbers.every(Number.isSafeInteger)) return null;
  const pairs = TOTALS_COLUMNS.map((column, index) => [column, numbers[index]]);
  return {
    day: day as number,
    route: readString(route) ?? '',
    orchestratorModel: readString(orchestratorModel) ?? '',
    workerModel: readString(workerModel) ?? '',
    totals: Object.fromEntries(pairs) as unknown as Totals,
  };
}
