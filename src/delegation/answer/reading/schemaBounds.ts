import type { Ajv } from 'ajv';
import { asRecord } from '../../../common/json';

/** More references than schemas have that people write for an answer. */
const MAX_REFERENCES = 40;
/** Validations to which references may multiply, as each may lead to several others. */
const MAX_VALIDATIONS_LOG10 = 6;

/** How far a schema may be followed, so that holding an answer against it ends in good time. */
export interface SchemaBounds {
  /** Why the schema must not be used at all; null for nothing. */
  readonly problem: string | null;
  /** Deepest nesting of a value that is still checked. */
  readonly maxDepth: number;
}

export function boundsOf(schema: unknown): SchemaBounds {
  const references = countReferences(schema);
  if (references > MAX_REFERENCES) {
    return { problem: `it has more than ${MAX_REFERENCES} references`, maxDepth: 0 };
  }
  return {
    problem: null,
    maxDepth:
      references < 2 ? Infinity : Math.floor(MAX_VALIDATIONS_LOG10 / Math.log10(references)),
  };
}

function countReferences(schema: unknown): number {
  let count = 0;
  const waiting: unknown[] = [schema];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...(next as unknown[]));
    for (const [word, value] of Object.entries(asRecord(next) ?? {})) {
      if (/^\$(?:ref|dynamicRef|recursiveRef)$/.test(word)) count += 1;
      waiting.push(value);
    }
  }
  return count;
}

/** Whether a value is nested deeper than so many levels. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    );
  }
  return false;
}

/** Compares the entries of a list by their text: one with each other takes the square of their number. */
export function useLinearUniqueness(validator: Ajv): void {
  validator.removeKeyword('uniqueItems');
  validator.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (isUnique: boolean, entries: readonly unknown[]) =>
      !isUnique || new Set(entries.map(canonical)).size === entries.length,
    error: { message: 'must NOT have duplicate items' },
  });
}

/** JSON with the fields of objects in order, so that equal values have equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    const record = Array.isArray(each) ? null : asRecord(each);
    return record
      ? Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each;
  });
}
