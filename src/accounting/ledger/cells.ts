import { asArray, readString } from '../../common/json';
import { readRouting } from './entryCodec';
import type { LedgerEntry } from './ledgerEntry';
import type { DayRange } from './localTime';
import { NO_TOTALS, type Totals, addTotals, subtractTotals, totalsOf } from './totals';

/** Sums of one local day, task, project, routing and pair of models: the grain of everything that is shown. */
export interface Cell {
  readonly day: number;
  readonly route: string;
  /** The user's tag; empty for none. */
  readonly project: string;
  readonly routing: LedgerEntry['routing'];
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
    const name = {
      day,
      route: entry.route,
      project: entry.project,
      routing: entry.routing,
      orchestratorModel: entry.orchestrator_model,
      workerModel: entry.worker_model,
    };
    const key = keyOf(name);
    const cell = this.#cells.get(key);
    const totals = combine(cell?.totals ?? NO_TOTALS, totalsOf(entry));
    if (totals.runs === 0) {
      this.#cells.delete(key);
      return;
    }
    this.#cells.set(key, { ...name, totals });
  }

  *within(days: DayRange): Generator<Cell> {
    for (const cell of this.#cells.values()) {
      if (cell.day >= days.firstDay && cell.day <= days.lastDay) yield cell;
    }
  }

  /** As rows of plain values, for the rollup's file. */
  encode(): unknown[] {
    return [...this.#cells.values()].map((cell) => [
      ...nameOf(cell),
      ...TOTALS_COLUMNS.map((column) => cell.totals[column]),
    ]);
  }

  /** @returns null when any row is not what `encode` writes. */
  static decode(rows: unknown): CellTable | null {
    if (!Array.isArray(rows)) return null;
    const table = new CellTable();
    for (const row of rows) {
      const cell = decodeCell(asArray(row));
      if (!cell) return null;
      table.#cells.set(keyOf(cell), cell);
    }
    return table;
  }
}

type CellName = Omit<Cell, 'totals'>;

function nameOf(name: CellName): unknown[] {
  const { day, route, project, routing, orchestratorModel, workerModel } = name;
  return [day, route, project, routing, orchestratorModel, workerModel];
}

function keyOf(name: CellName): string {
  return JSON.stringify(nameOf(name));
}

const TOTALS_COLUMNS = Object.keys(NO_TOTALS) as (keyof Totals)[];

function decodeCell(row: readonly unknown[]): Cell | null {
  const [day, route, project, routing, orchestratorModel, workerModel, ...numbers] = row;
  if (!Number.isSafeInteger(day) || numbers.length !== TOTALS_COLUMNS.length) return null;
  if (!numbers.every(Number.isSafeInteger)) return null;
  const pairs = TOTALS_COLUMNS.map((column, index) => [column, numbers[index]]);
  return {
    day: day as number,
    route: readString(route) ?? '',
    project: readString(project) ?? '',
    routing: readRouting(routing),
    orchestratorModel: readString(orchestratorModel) ?? '',
    workerModel: readString(workerModel) ?? '',
    totals: Object.fromEntries(pairs) as unknown as Totals,
  };
}
