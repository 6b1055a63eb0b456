/** Reading values of unknown shape, as they come from the network or from files. */

export type ParseResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Error };

/** `JSON.parse` whose failure is a value: bad input from outside is not an exception. */
export function parseJson(text: string): ParseResult {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, error: error as Error };
  }
}

/** The value as an object with string keys, or null for anything else, arrays included. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** A JSON text as an object with string keys, or null for anything else. */
export function parseRecord(text: string): Record<string, unknown> | null {
  const parsed = parseJson(text);
  return parsed.ok ? asRecord(parsed.value) : null;
}

/** The value as a list; an empty one for anything else. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a non-empty string. */
export function readString(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The value if it is a whole number that counts something. */
export function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
