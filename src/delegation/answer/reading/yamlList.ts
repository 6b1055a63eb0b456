import { asRecord, parseJson } from '../../../common/json';

const FIELD = /^(?:- |\s+)([\w-]+):\s+(\S.*)$/;
/** Values that go on in further lines, or are no texts. */
const OTHER_VALUE = /^[|>&*![{]/;

/** The records of a text that is nothing but a list of YAML with flat fields; null for any other text. */
export function readYamlList(text: string): readonly Readonly<Record<string, string>>[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
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
