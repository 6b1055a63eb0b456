import type { Ajv, ValidateFunction } from 'ajv';
import { asRecord } from '../../../common/json';
import type { JsonObject } from '../../../openrouter/wire';
import { OutcomeError } from '../outcomeError';
import { linearPatterns } from './linearPattern';
import { boundsOf, isDeeperThan, useLinearUniqueness } from './schemaBounds';
import type { AnswerProblem } from '../../run/readingNotes';

/** A JSON Schema that answers can be held against. */
export interface CompiledSchema {
  readonly problemsOf: (value: unknown) => readonly AnswerProblem[];
}

/** Most problems of one answer that are told; the first few show what is wrong. */
const MAX_PROBLEMS = 20;

/**
 * Compiles a JSON Schema of draft 4, 6, 7, 2019-09 or 2020-12.
 *
 * @returns an error of code `schema-invalid` when it is not one, or refers to another document.
 */
export async function compileSchema(schema: JsonObject): Promise<CompiledSchema | OutcomeError> {
  const { problem, maxDepth } = boundsOf(schema);
  if (problem !== null) return invalid(problem);
  const { $schema: dialect, ...rules } = modernized(schema) as JsonObject;
  const name = typeof dialect === 'string' ? dialect : '';
  const { RE2JS } = await import('re2js');
  const newPattern = linearPatterns(RE2JS);
  const regExp = Object.assign((pattern: string) => newPattern(pattern), { code: 'linearPattern' });
  const validator = new (await validatorOf(name))({
    code: { regExp },
    allErrors: true,
    strict: false,
    validateFormats: false,
    logger: false,
  });
  useLinearUniqueness(validator);
  let validate: ValidateFunction;
  try {
    validate = validator.compile(rules);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return invalid(message);
  }
  return {
    problemsOf: (value) =>
      isDeeperThan(value, maxDepth)
        ? [{ path: '', message: 'is nested too deeply to be checked' }]
        : problemsOf(value, validate),
  };
}

function problemsOf(value: unknown, validate: ValidateFunction): readonly AnswerProblem[] {
  try {
    if (validate(value)) return [];
  } catch {
    // A schema that refers to itself without end, a value nested without one, or too much text.
    return [{ path: '', message: 'cannot be checked' }];
  }
  return (validate.errors ?? []).slice(0, MAX_PROBLEMS).map((error) => ({
    path: error.instancePath,
    message: error.message ?? error.keyword,
  }));
}

function invalid(message: string): OutcomeError {
  return new OutcomeError('schema-invalid', { problems: [{ path: '', message }] });
}

/** Loaded on first use: most runs need no validator. */
async function validatorOf(dialect: string): Promise<typeof Ajv> {
  return /2020-12|2019-09/.test(dialect)
    ? (await import('ajv/dist/2020.js')).Ajv2020
    : (await import('ajv')).Ajv;
}

/** Words whose values are schemas by name. */
const MAPS = new Set(['properties', 'patternProperties', 'definitions', '$defs', 'dependencies']);
/** Words whose values are data, not schemas. */
const DATA = new Set(['enum', 'const', 'default', 'examples', 'required']);

/**
 * A schema of draft 4 in the words of later drafts: `id`, and bounds that are excluded by a flag.
 * Those forms are errors in later drafts, so nothing that was valid there changes.
 */
function modernized(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(modernized);
  const record = asRecord(schema);
  if (!record) return schema;
  const result: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(record)) {
    if (DATA.has(word)) result[word] = value;
    else if (MAPS.has(word)) result[word] = mapValues(value);
    else if (word === 'id' && typeof value === 'string' && record['$id'] === undefined) {
      // An address of the schema itself: it needs none.
    } else result[word] = modernized(value);
  }
  return {
    ...result,
    ...boundOf(record, 'minimum', 'exclusiveMinimum'),
    ...boundOf(record, 'maximum', 'exclusiveMaximum'),
  };
}

function mapValues(value: unknown): unknown {
  const record = asRecord(value);
  if (!record) return value;
  return Object.fromEntries(Object.entries(record).map(([name, each]) => [name, modernized(each)]));
}

/** The two words of a bound whose exclusion is a flag; nothing when it is not. */
function boundOf(schema: Record<string, unknown>, bound: string, exclusive: string): object {
  const isExcluded = schema[exclusive];
  if (typeof isExcluded !== 'boolean') return {};
  const value = schema[bound];
  return isExcluded
    ? { [bound]: undefined, [exclusive]: value }
    : { [bound]: value, [exclusive]: undefined };
}
