/** Lists of records in other notations than JSON: a table of Markdown, a list of YAML. */

import { asRecord, parseJson } from '../../../common/json';

type Entry = Readonly<Record<string, string>>;

/** The records of a text that is nothing but such a list; null for any other text. */
export function readRecords(text: string): readonly Entry[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return readTable(lines) ?? readYamlList(lines);
}

/** A row that does not end with its bar may be cut off. */
const ROW = /^\s*\|(.*)\|\s*$/;
const RULE = /^[\s|:-]*-[\s|:-]*$/;

function readTable([head = '', rule = '', ...rows]: readonly string[]): readonly Entry[] | null {
  const names = cellsOf(head);
  if (!names || !RULE.test(rule) || rows.length === 0) return null;
  const entries: Entry[] = [];
  for (const row of rows) {
    const cells = cellsOf(row);
    if (cells?.length !== names.length) return null;
    entries.push(Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
  }
  return entries;
}

function cellsOf(row: string): readonly string[] | null {
  const inside = ROW.exec(row)?.[1];
  return (
    inside?.split(/(?<!\\)\|/).map((cell) =>
      cell
        .trim()
        .replaceAll('\\|', '|')
        .replace(/^`([^`]*)`$/, '$1'),
    ) ?? null
  );
}

const FIELD = /^(?:- |\s+)([\w-]+):\s+(\S.*)$/;
/** Values that go on in further lines, or are no texts. */
const OTHER_VALUE = /^[|>&*![{]/;

function readYamlList(lines: readonly string[]): readonly Entry[] | null {
  // A last text without quotes may be cut off, unless a sentence ends there.
  if (!/[.!?。)\]}"'`]\s*$/.test(lines.at(-1) ?? '')) return null;
  const entries: Record<string, string>[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    if (name === '' || OTHER_VALUE.test(value)) return null;
    if (line.startsWith('- ')) entries.push({});
    const entry = asRecord(entries.at(-1)) as Record<string, string> | null;
    const text = scalarOf(value.trim());
    if (!entry || text === null || name in entry) return null;
    entry[name] = text;
  }
  return entries.length > 0 ? entries : null;
}

/** Null for a text in quotes that does not end. */
function scalarOf(value: string): string | null {
  if (value.startsWith("'")) {
    return /^'(?:[^']|'')*'$/.test(value) ? value.slice(1, -1).replaceAll("''", "'") : null;
  }
  if (!value.startsWith('"')) return value;
  const parsed = parseJson(value);
  return parsed.ok && typeof parsed.value === 'string' ? parsed.value : null;
}
