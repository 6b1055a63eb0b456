import { asArray, asRecord } from '../../common/json';
import type { ExtractedItem } from './extractors/item';

/** Field names that mean the same, so that a schema's own words are understood. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['line', 'lineNumber', 'line_number', 'startLine', 'row'],
  ['name', 'key', 'identifier', 'id', 'symbol', 'title', 'url', 'value'],
  [
    'text',
    'message',
    'value',
    'string',
    'statement',
    'content',
    'description',
    'label',
    'url',
    'name',
  ],
  ['mark', 'kind', 'type', 'tag', 'category'],
  ['default', 'defaultValue', 'default_value', 'fallback'],
  ['fields', 'members', 'properties', 'parameters', 'tables'],
];

/**
 * Puts what was found into the shape that a JSON Schema describes: a list of items, or an object
 * around one. Required fields that were not found get an empty value of their type.
 */
export function shapeBySchema(schema: unknown, items: readonly ExtractedItem[]): unknown {
  const type = typeOf(schema);
  if (type === 'array') return items.map((item) => shapeItem(asRecord(schema)?.['items'], item));
  if (type !== 'object') return items.length;
  const properties = Object.entries(asRecord(asRecord(schema)?.['properties']) ?? {});
  const list = properties.find(([, property]) => typeOf(property) === 'array');
  if (!list) return shapeItem(schema, items[0] ?? { line: 1 });
  return Object.fromEntries(
    properties.map(([name, property]) => {
      if (name === list[0]) return [name, shapeBySchema(property, items)];
      return [name, typeOf(property) === 'integer' ? items.length : emptyOf(property)];
    }),
  );
}

function shapeItem(schema: unknown, item: unknown): unknown {
  const type = typeOf(schema);
  const record = asRecord(item);
  if (type === null) return item;
  if (!record) return convert(schema, item);
  if (type !== 'object') return convert(schema, record['text'] ?? record['name'] ?? record['line']);
  const properties = asRecord(asRecord(schema)?.['properties']);
  if (!properties) return item;
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      convert(property, lookUp(record, name)),
    ]),
  );
}

function lookUp(record: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  const group = SYNONYMS.find(
    (names) => names.includes(name) && names.some((each) => Object.hasOwn(record, each)),
  );
  const known = group?.find((each) => Object.hasOwn(record, each));
  return known === undefined ? undefined : record[known];
}

/** A value as the schema wants it; an empty one when it cannot be made of it. */
function convert(schema: unknown, value: unknown): unknown {
  const allowed = asArray(asRecord(schema)?.['enum']);
  if (allowed.length > 0) return allowed.includes(value) ? value : allowed[0];
  if (value === undefined || value === null) return emptyOf(schema);
  switch (typeOf(schema)) {
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'integer':
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : emptyOf(schema);
    case 'boolean':
      return Boolean(value);
    case 'array': {
      const parts = Array.isArray(value) ? value : [value];
      return parts.map((part: unknown) => shapeItem(asRecord(schema)?.['items'], part));
    }
    case 'object':
      return shapeItem(schema, value);
    default:
      return value;
  }
}

function emptyOf(schema: unknown): unknown {
  const record = asRecord(schema);
  const types = asArray(record?.['type']);
  if (types.includes('null') || record?.['type'] === 'null') return null;
  const [first] = asArray(record?.['enum']);
  if (first !== undefined) return first;
  switch (typeOf(schema)) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return typeof record?.['minimum'] === 'number' ? record['minimum'] : 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return shapeItem(schema, {});
    default:
      return null;
  }
}

/** The type that a schema names, the first that is not `null`; null when it names none. */
function typeOf(schema: unknown): string | null {
  const record = asRecord(schema);
  const type = record?.['type'];
  if (typeof type === 'string') return type;
  const named = asArray(type).find((each) => each !== 'null');
  if (typeof named === 'string') return named;
  return record?.['properties'] === undefined ? null : 'object';
}
