import type { CatalogModel } from '../../catalog/model';
import { asArray, asRecord } from '../../common/json';
import type { JsonFormat, JsonObject } from '../../openrouter/wire';
import { jobName } from '../../tasks/task';
import type { RunRequest } from '../run/run';

/** Field of the object that an answer is in which is not an object itself. */
export const ANSWER_FIELD = 'answer';

/** Forms of the answer that an endpoint did not take, by model; they are not asked for again. */
export interface RefusedFormats {
  has(key: string): boolean;
  add(key: string): unknown;
}

/**
 * The form of the answer to tell its writer, besides the prompt: the task's schema, where the
 * catalog says that the model can be held to one; that it is JSON, where it can only be told that.
 * The answer is checked here in any case, because enforcement varies (API reference, structured
 * outputs).
 *
 * @returns null when there is nothing to tell, or the model does not take it.
 */
export function answerFormat(
  { task, schema: own }: Pick<RunRequest, 'task' | 'schema'>,
  model: CatalogModel | null,
  refused?: RefusedFormats,
): JsonFormat | null {
  const schema = own ?? task.schema;
  if (task.answer !== 'json' || !schema || !model) return null;
  const format = formatFor(schema, jobName(task), model.supportedParameters);
  return format && refused?.has(formatKey(model.id, format)) === true ? null : format;
}

/** What is remembered of a form that was refused: another schema may be taken. */
export function formatKey(model: string, format: JsonFormat): string {
  return `${model}\n${JSON.stringify(format)}`;
}

function formatFor(
  schema: JsonObject,
  name: string,
  supported: readonly string[],
): JsonFormat | null {
  if (supported.includes('structured_outputs')) {
    const object = objectSchema(schema);
    if (!object) return null;
    const strict = strictForm(object);
    return {
      type: 'json_schema',
      name: name.replace(/[^\w-]/g, '_').slice(0, 64),
      strict: strict !== null,
      schema: strict ?? object,
    };
  }
  const isObject = schema['type'] === 'object';
  return isObject && supported.includes('response_format') ? { type: 'json_object' } : null;
}

/**
 * Providers hold models to objects alone, so anything else is put into one; `unwrapAnswer` takes it
 * out again. Null where that cannot be done: references point at the root, and a root of several
 * types could be either.
 */
function objectSchema(schema: JsonObject): JsonObject | null {
  const { type, $schema: dialect, ...rules } = schema;
  if (type === 'object') return schema;
  if (typeof type !== 'string' || /"\$(?:ref|dynamicRef|recursiveRef)"/.test(JSON.stringify(rules)))
    return null;
  return {
    ...(typeof dialect === 'string' ? { $schema: dialect } : {}),
    type: 'object',
    properties: { [ANSWER_FIELD]: { type, ...rules } },
    required: [ANSWER_FIELD],
    additionalProperties: false,
  };
}

/** An answer out of the object that it had to be put into. */
export function unwrapAnswer(value: unknown, schema: JsonObject): unknown {
  const { type } = schema;
  if (typeof type !== 'string' || type === 'object') return value;
  const entries = Object.entries(asRecord(value) ?? {});
  const [only] = entries;
  return entries.length === 1 && only?.[0] === ANSWER_FIELD ? only[1] : value;
}

/** Words that only bound a value. Providers refuse some of them; the answer is held to them here. */
const BOUNDS: ReadonlySet<string> = new Set([
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'pattern', 'format'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
  ...['$schema', '$comment', 'default', 'examples', 'title', 'deprecated'],
]);
const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'null']);

/**
 * A schema in the subset that every provider takes in strict mode, without what only bounds values:
 * all fields of each object are required, and no others allowed. Null when it is not of that kind.
 */
function strictForm(schema: unknown): JsonObject | null {
  const rules = asRecord(schema);
  if (!rules) return null;
  const kept: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(rules)) {
    if (BOUNDS.has(word)) continue;
    const strict = strictWord(word, value, rules);
    if (strict === null) return null;
    kept[word] = strict.value;
  }
  return isDescribed(kept) ? kept : null;
}

/** One word of a schema as strict mode has it; null when strict mode does not. */
function strictWord(
  word: string,
  value: unknown,
  rules: Record<string, unknown>,
): { readonly value: unknown } | null {
  switch (word) {
    case 'type':
    case 'description':
    case 'required':
      return { value };
    case 'enum':
      return asArray(value).every(isScalar) ? { value } : null;
    case 'const':
      return isScalar(value) ? { value } : null;
    case 'additionalProperties':
      return value === false ? { value } : null;
    case 'items':
      return wrapped(strictForm(value));
    case 'anyOf':
      return wrapped(allStrict(asArray(value)));
    case 'properties':
      return wrapped(strictProperties(value, asArray(rules['required'])));
    default:
      return null;
  }
}

function wrapped(value: unknown): { readonly value: unknown } | null {
  return value === null ? null : { value };
}

function allStrict(schemas: readonly unknown[]): readonly JsonObject[] | null {
  const strict = schemas.map(strictForm).filter((schema) => schema !== null);
  return strict.length === schemas.length && strict.length > 0 ? strict : null;
}

function strictProperties(value: unknown, required: readonly unknown[]): JsonObject | null {
  const fields = Object.entries(asRecord(value) ?? {});
  const strict = allStrict(fields.map(([, field]) => field));
  const names = fields.map(([name]) => name);
  const isAllRequired = names.every((name) => required.includes(name));
  if (!strict || !isAllRequired || required.length !== names.length) return null;
  return Object.fromEntries(names.map((name, index) => [name, strict[index]]));
}

/** Whether what may come is said in full: the fields of an object, the entries of a list. */
function isDescribed(schema: Record<string, unknown>): boolean {
  const { type } = schema;
  const types = Array.isArray(type) ? (type as unknown[]) : type === undefined ? [] : [type];
  if (types.length === 0) return 'anyOf' in schema || 'enum' in schema || 'const' in schema;
  return types.every((each) => {
    if (each === 'object')
      return 'properties' in schema && schema['additionalProperties'] === false;
    return each === 'array' ? 'items' in schema : SCALARS.has(String(each));
  });
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
