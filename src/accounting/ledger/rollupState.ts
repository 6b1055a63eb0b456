import { parseRecord, readCount } from '../../common/json';
import { CellTable } from './cells';
import { hashId } from './idIndex';

/** What is known of the first `offset` bytes of a month's file. */
export interface RollupState {
  offset: number;
  /** Hash of the bytes before `offset`: tells whether the file is still the one that was read. */
  print: number;
  /** Readable lines, which is also the number of valid records of the index. */
  lines: number;
  unreadable: number;
  /** Hash of those records: tells whether the index is still the one that was written. */
  indexPrint: number;
  readonly cells: CellTable;
  /** Live real entries of unknown cost that have a generation id: their ids and instants. */
  readonly open: Map<string, number>;
}

/** What is in it can be deleted at any time; it is made again from the ledger. */
export const ROLLUP_FOLDER = 'rollup';

/** Part of file names, because another version may read lines differently. */
export const ROLLUP_FORMAT = 4;

export function emptyState(emptyPrint: number): RollupState {
  return {
    offset: 0,
    print: emptyPrint,
    lines: 0,
    indexPrint: 0,
    unreadable: 0,
    cells: new CellTable(),
    open: new Map(),
  };
}

export function encodeState(state: RollupState): string {
  const text = JSON.stringify({
    format: ROLLUP_FORMAT,
    offset: state.offset,
    print: state.print,
    lines: state.lines,
    indexPrint: state.indexPrint,
    unreadable: state.unreadable,
    open: [...state.open],
    cells: state.cells.encode(),
  });
  return `${hashId(text)}\n${text}`;
}

/** @returns null for anything that `encodeState` did not write whole. */
export function decodeState(file: string): RollupState | null {
  const end = file.indexOf('\n');
  const text = file.slice(end + 1);
  // A damaged number looks like any other.
  if (end < 0 || file.slice(0, end) !== String(hashId(text))) return null;
  const saved = parseRecord(text);
  if (saved?.['format'] !== ROLLUP_FORMAT) return null;
  const [offset, print, lines, indexPrint, unreadable] = [
    'offset',
    'print',
    'lines',
    'indexPrint',
    'unreadable',
  ].map((key) => readCount(saved[key]));
  const cells = CellTable.decode(saved['cells']);
  const open = decodeOpen(saved['open']);
  if (offset == null || print == null || lines == null) return null;
  if (indexPrint == null || unreadable == null) return null;
  return cells && open ? { offset, print, lines, indexPrint, unreadable, cells, open } : null;
}

function decodeOpen(value: unknown): Map<string, number> | null {
  if (!Array.isArray(value)) return null;
  const open = new Map<string, number>();
  for (const pair of value as unknown[]) {
    const [id, atMs] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof id !== 'string' || typeof atMs !== 'number') return null;
    open.set(id, atMs);
  }
  return open;
}
