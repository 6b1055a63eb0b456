import { asArray, asRecord } from '../../../common/json';
import type { JsonObject } from '../../../openrouter/wire';
import type { AnswerProblem, Mending } from '../../run/readingNotes';
import type { Mended } from './mending';
import { type NumberLiterals, keepsDigits } from './numberLiterals';
import type { CompiledSchema } from './schema';

/** A value that conforms, with the entries that had to be left out. */
export interface FittedValue extends Mended<unknown> {
  readonly leftOut: readonly AnswerProblem[];
}

/**
 * Brings a value to a schema where only one change of form does it: numbers that came as text, names
 * in other writing, a list inside of an object, a missing field that may be null. Of a list, entries
 * that conform are kept when some do not.
 *
 * @returns what is wrong when it cannot be brought to it.
 */
export function fitToSchema(
  value: unknown,
  schema: JsonObject,
  { compiled, literals }: { readonly compiled: CompiledSchema; readonly literals: NumberLiterals },
): FittedValue | readonly AnswerProblem[] {
  const problems = compiled.problemsOf(value);
  if (problems.length === 0) return { value, mended: [], leftOut: [] };
  const mended = new Set<Mending>();
  const fitted = fit(unwrapped(value, schema, mended), schema, { mended, literals });
  const rest = compiled.problemsOf(fitted);
  if (rest.length === 0) return { value: fitted, mended: [...mended], leftOut: [] };
  return keepGood(fitted, compiled, { problems: rest, mended: [...mended] }) ?? problems;
}

/** The entries of a list that conform on their own; null when too few do. */
function keepGood(
  value: unknown,
  compiled: CompiledSchema,
  {
    problems,
    mended,
  }: { readonly problems: readonly AnswerProblem[]; readonly mended: readonly Mending[] },
): FittedValue | null {
  if (!Array.isArray(value) || problems.some(({ path }) => !/^\/\d+/.test(path))) return null;
  const bad = new Set(
    value
      .map((_, index) => index)
      .filter((index) => compiled.problemsOf([value[index]]).length > 0),
  );
  const good = value.filter((_, index) => !bad.has(index)) as unknown[];
  if (good.length === 0 || good.length < bad.size || compiled.problemsOf(good).length > 0)
    return null;
  return { value: good, mended, leftOut: problems };
}

/** The list that was asked for, out of an object around it; a list of the one object that came. */
function unwrapped(value: unknown, schema: JsonObject, mended: Set<Mending>): unknown {
  if (schema['type'] !== 'array') return value;
  if (Array.isArray(value)) {
    const [inner, ...others] = value as unknown[];
    const isDouble = Array.isArray(inner) && others.length === 0;
    if (!isDouble || asRecord(schema['items'])?.['type'] !== 'object') return value;
    mended.add('wrapping');
    return inner;
  }
  const record = asRecord(value);
  if (!record) return value;
  const [only, ...more] = Object.values(record);
  // An object with nothing but an object around the list.
  if (asRecord(only) && more.length === 0 && !Array.isArray(only)) {
    const inside = Object.values(asRecord(only) ?? {});
    if (inside.some(Array.isArray)) return unwrapped(only, schema, mended);
  }
  const lists = Object.values(record).filter(Array.isArray);
  mended.add('wrapping');
  const entry = asRecord(schema['items']);
  const names = asArray(entry?.['required']);
  const isEntry = names.length > 0 && names.every((name) => Object.hasOwn(record, String(name)));
  return !isEntry && lists.length === 1 ? lists[0] : [value];
}

interface Fitting {
  readonly mended: Set<Mending>;
  readonly literals: NumberLiterals;
}

function fit(value: unknown, schema: unknown, fitting: Fitting): unknown {
  const rules = asRecord(schema);
  if (!rules) return value;
  if (Array.isArray(value)) return value.map((entry) => fit(entry, rules['items'], fitting));
  const record = asRecord(value);
  if (record) return fitObject(record, rules, fitting);
  const fitted = fitScalar(value, typesOf(rules), fitting.literals);
  if (fitted !== value) fitting.mended.add('values');
  return fitted;
}

function fitObject(
  record: Record<string, unknown>,
  rules: Record<string, unknown>,
  fitting: Fitting,
): unknown {
  const { mended } = fitting;
  const properties = asRecord(rules['properties']);
  if (!properties) return record;
  const result: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(record)) {
    const name = Object.hasOwn(properties, given) ? given : nameLike(given, properties, record);
    if (name !== given) mended.add('names');
    if (name === null) {
      // What was not asked for is left out where it may not be there.
      if (rules['additionalProperties'] !== false) result[given] = value;
    } else result[name] = fit(value, properties[name], fitting);
  }
  for (const name of asArray(rules['required']).map(String)) {
    if (Object.hasOwn(result, name) || !typesOf(asRecord(properties[name])).includes('null'))
      continue;
    result[name] = null;
    mended.add('values');
  }
  return result;
}

/**
 * Names that models use in place of `line`: fewer than for insertions, because in a schema of the
 * user's own `start` or `number` may be a field of its own.
 */
const LINE_SYNONYMS = new Set(['lineno', 'linenumber', 'linenum', 'ln', 'row', 'startline']);

/** The property that a name means which is written in another way; null for none. */
function nameLike(
  given: string,
  properties: Record<string, unknown>,
  record: Record<string, unknown>,
): string | null {
  const plain = withoutSigns(given);
  const same = Object.keys(properties).filter((name) => withoutSigns(name) === plain);
  const [only] = same.length === 0 && LINE_SYNONYMS.has(plain) ? ['line'] : same;
  if (only === undefined || same.length > 1 || !Object.hasOwn(properties, only)) return null;
  // Two that mean the same leave open which does.
  const rivals = Object.keys(record).filter(
    (each) =>
      withoutSigns(each) === withoutSigns(only) ||
      (only === 'line' && LINE_SYNONYMS.has(withoutSigns(each))),
  );
  return rivals.length > 1 ? null : only;
}

/** Digits stay: `line1` and `line2` are two fields. */
function withoutSigns(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function typesOf(schema: Record<string, unknown> | null): readonly string[] {
  const type = schema?.['type'];
  return Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : [];
}

function fitScalar(value: unknown, types: readonly string[], literals: NumberLiterals): unknown {
  if (types.length === 0) return value;
  const isNumber = types.includes('number') || types.includes('integer');
  if (typeof value === 'string' && !types.includes('string')) {
    const text = value.trim();
    if (isNumber && /^-?\d+(?:\.\d+)?$/.test(text)) {
      return keepsDigits(text) ? Number(text) : value;
    }
    if (types.includes('integer') && /^(?:l|ln|line)\s*\.?\s*\d+$/i.test(text)) {
      return Number(/\d+/.exec(text)?.[0]);
    }
    if (types.includes('boolean') && /^(?:true|false)$/i.test(text)) return /^true$/i.test(text);
    if (types.includes('null') && /^(?:null|none|)$/i.test(text)) return null;
  }
  const isText = types.includes('string') && !isNumber && !types.includes(typeof value);
  if (!isText) return value;
  if (typeof value === 'number') return literals.textOf(value) ?? value;
  return typeof value === 'boolean' ? String(value) : value;
}
