import type { Ajv, ValidateFunction } from 'ajv';
import { asRecord } from '../../../common/json';
import type { JsonObject } from '../../../openrouter/wire';
import { OutcomeError } from '../outcomeError';
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
  const { $schema: dialect, ...rules } = modernized(schema) as JsonObject;
  const name = typeof dialect === 'string' ? dialect : '';
  const validator = new (await validatorOf(name))({
    allErrors: true,
    strict: false,
    validateFormats: false,
    logger: false,
  });
  let validate: ValidateFunction;
  try {
    validate = validator.compile(rules);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return new OutcomeError('schema-invalid', { problems: [{ path: '', message }] });
  }
  return {
    problemsOf: (value) =>
      validate(value)
        ? []
        : (validate.errors ?? []).slice(0, MAX_PROBLEMS).map((error) => ({
            path: error.instancePath,
            message: error.message ?? error.keyword,
          })),
  };
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
