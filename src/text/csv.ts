export type CsvValue = string | number | boolean | null;

/** One row by RFC 4180, with its line ending; null is an empty field. */
export function csvRow(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

/**
 * Spreadsheets take a text that starts like a formula for one, and slugs and ids are other people's
 * texts (the tilde of an alias is harmless). Such a text gets an apostrophe in front.
 */
function csvField(value: CsvValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
