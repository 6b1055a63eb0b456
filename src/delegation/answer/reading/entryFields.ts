/** Under which names workers give line, text and name of an insertion, and how they write a line. */

import { asRecord } from '../../../common/json';

export const LINE_NAMES = [
  'line',
  'lineno',
  'linenumber',
  'linenum',
  'startline',
  'start',
  'ln',
  'row',
  'number',
  'no',
  'at',
  'position',
  'lines',
  'anchor',
  'beforeline',
  'location',
  'linestart',
  'range',
];
export const TEXT_NAMES = [
  'text',
  'comment',
  'docstring',
  'documentation',
  'doc',
  'docs',
  'doccomment',
  'jsdoc',
  'javadoc',
  'docblock',
  'commenttext',
  'commentblock',
  'content',
  'body',
  'insert',
  'insertion',
  'value',
  'newtext',
  'description',
  'summary',
  'string',
  'message',
];
export const NAME_NAMES = [
  'name',
  'symbol',
  'function',
  'functionname',
  'declaration',
  'signature',
  'method',
  'class',
  'identifier',
  'target',
  'entity',
  'code',
  'element',
];

export interface Field {
  readonly name: string;
  readonly value: unknown;
}

/** A field's name without what differs between ways of writing: `doc_string` is `docstring`. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

/** The first field that has one of some names, in whatever writing. */
export function fieldOf(record: Record<string, unknown>, names: readonly string[]): Field | null {
  const keys = Object.keys(record);
  for (const name of names) {
    const key = keys.find((each) => lettersOf(each) === name);
    if (key !== undefined) return { name: key, value: record[key] };
  }
  return null;
}

/** A line number in any writing: `12`, `"12"`, `"L12"`, `"line 12"`, `"12-15"`, `[12, 15]`. */
export function lineOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return lineOf(value[0]);
  const record = asRecord(value);
  if (record) return lineOf(fieldOf(record, LINE_NAMES)?.value ?? null);
  if (typeof value !== 'string') return null;
  const match =
    /^\s*(?:l|ln|line|lines|zeile)?\s*[.:#]?\s*(\d{1,7})(?:\.0+)?\s*(?:[-–:|]\s*\d*)?\s*$/i.exec(
      value,
    );
  return match ? Number(match[1]) : null;
}
