import { unfence } from '../../../text/fences';

export interface Table {
  /** Every value is a text. */
  readonly entries: readonly Readonly<Record<string, string>>[];
  /** Whether a fence or a text behind it shows that no row was cut off. */
  readonly isClosed: boolean;
}

/**
 * Reads a list of objects that came as a table: of Markdown, or of values between commas, semicolons
 * or tabs with their names on the first line.
 *
 * @returns null for none, for more than one, for rows that do not have a cell for each name, and where
 *   dots stand for further rows.
 */
export function readTable(answer: string): Table | null {
  const fenced = unfence(answer.trim(), '');
  if (fenced.type === 'ambiguous') return null;
  const isClosed = fenced.type === 'fenced' && fenced.isClosed;
  const table = markdownTable(fenced.text.trim().split(/\r?\n/));
  if (table) return { ...table, isClosed: isClosed || table.isClosed };
  const entries = separatedValues(fenced.text.trim());
  return entries && { entries, isClosed };
}

type Row = readonly string[];

/** GitHub Flavored Markdown, section 4.10: a line of names, one of dashes, the rows. */
function markdownTable(lines: readonly string[]): Table | null {
  const rules = lines.flatMap((line, index) => (isRule(line) ? [index] : []));
  const [rule = 0, ...others] = rules;
  if (rule === 0 || others.length > 0) return null;
  const end = lines.findIndex((line, index) => index > rule && !line.includes('|'));
  const rows = lines.slice(rule + 1, end < 0 ? lines.length : end);
  // Another row below the end is one that was torn off, or one of a second table.
  if (end >= 0 && lines.slice(end).some((line) => /^\s*\|.*\|\s*$/.test(line))) return null;
  // A row without its last bar is not whole.
  const hasBar = (line: string): boolean => /\|\s*$/.test(line);
  if (rows.some((row) => hasBar(row) !== hasBar(lines[rule] ?? ''))) return null;
  const entries = objects([lines[rule - 1] ?? '', ...rows].map(cellsOf));
  return entries && { entries, isClosed: end >= 0 };
}

function isRule(line: string): boolean {
  return line.includes('|') && /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/.test(line);
}

function cellsOf(line: string): Row {
  const inside = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inside.split(/(?<!\\)\|/).map((cell) => {
    const text = cell.trim().replaceAll('\\|', '|');
    const code = /^`([^`]+)`$/.exec(text)?.[1] ?? text;
    return code.replace(/<br\s*\/?>/gi, '\n');
  });
}

/** RFC 4180, with other separators, too. */
function separatedValues(text: string): readonly Record<string, string>[] | null {
  const names = text.split(/\r?\n/, 1)[0] ?? '';
  const separator = [',', ';', '\t'].find((each) => names.includes(each));
  if (separator === undefined || !/^["\w][\w "\t,;-]*$/.test(names)) return null;
  const rows: string[][] = [[]];
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`,
    'y',
  );
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) return null;
    const [, quoted, bare = '', end] = match;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare.trim());
    if (end === '') break;
    if (end !== separator) rows.push([]);
  }
  return objects(rows.filter((row) => row.length > 1 || row[0] !== ''));
}

function objects([names = [], ...rows]: readonly Row[]): Record<string, string>[] | null {
  const isTable = names.length > 1 && rows.length > 0 && new Set(names).size === names.length;
  const isElided = (row: Row): boolean => row.every((cell) => /^(?:\.{3}|…|⋮)?$/.test(cell));
  if (!isTable || rows.some((row) => row.length !== names.length || isElided(row))) return null;
  return rows.map((row) =>
    Object.fromEntries(names.map((name, column) => [name, row[column] ?? ''])),
  );
}
