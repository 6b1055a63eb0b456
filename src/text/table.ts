import { seen } from '../common/shown';
import { asRecord } from '../common/json';
import { csvRow, type CsvValue } from './csv';

/** A list as rows; what is not a plain value in it stands as JSON. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CsvValue[])[];
}

/** The name of the only column of a list of plain values. */
const VALUE_COLUMN = 'value';

/**
 * Reads a JSON value as a table: a list of objects, a list of plain values, or an object that holds
 * nothing but one list.
 *
 * @returns null for any other value.
 */
export function readTable(value: unknown): Table | null {
  const list = readList(value);
  if (!list) return null;
  const records = list.map(asRecord);
  if (!records.every((record) => record !== null)) {
    return { columns: [VALUE_COLUMN], rows: list.map((item) => [cell(item)]) };
  }
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return {
    columns: columns.length > 0 ? columns : [VALUE_COLUMN],
    rows: records.map((record) => columns.map((column) => cell(record[column]))),
  };
}

function readList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[];
  const record = asRecord(value);
  const [only, ...others] = record ? Object.values(record) : [];
  return Array.isArray(only) && others.length === 0 ? only : null;
}

function cell(value: unknown): CsvValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isPlainList ? value.join(', ') : JSON.stringify(value);
}

/** CSV by RFC 4180 with a header. */
export function csvTable({ columns, rows }: Table): string {
  return [columns, ...rows].map(csvRow).join('');
}

/** A table as GitHub Flavored Markdown; `link` may make a cell of a column Markdown of its own. */
export function markdownTable(
  { columns, rows }: Table,
  link: (column: string, value: CsvValue) => string | null = () => null,
): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [
    row(columns.map((column) => plainCell(column))),
    row(columns.map(() => '---')),
    ...rows.map((values) =>
      row(
        columns.map((column, index) => {
          const value = values[index] ?? null;
          return link(column, value) ?? plainCell(value);
        }),
      ),
    ),
  ].join('');
}

/** Shows a value letter by letter: the text is a model's. */
function plainCell(value: CsvValue): string {
  if (value === null) return '';
  return seen(String(value)).replace(/[\\`*_[\]<>|$&~#!]/g, '\\$&');
}
