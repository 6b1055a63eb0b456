import { asArray, asRecord } from '../../common/json';
import type { SimulatedModel } from '../models';
import type { Fields } from './fields';
import { invalid, RequestProblem } from './problem';

/** Form that the orchestrator's answer must have (API reference, structured outputs). */
export interface AnswerFormat {
  /** Null when any JSON object will do. */
  readonly schema: Readonly<Record<string, unknown>> | null;
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const FORMATS = ['text', 'json_object', 'json_schema', 'grammar', 'python'];

/**
 * Reads `response_format` of chat or `text.format` of Responses. What belongs to the other protocol
 * is refused: it would be ignored in silence.
 */
export function readAnswerFormat(
  body: Fields,
  protocol: 'chat' | 'responses',
  model: SimulatedModel,
): AnswerFormat | null {
  body.forbid(...foreignField(protocol));
  const format =
    protocol === 'chat' ? body.object('response_format') : body.object('text')?.object('format');
  if (!format) return null;
  const type = format.string('type') ?? invalid(`${format.path('type')}: required`);
  if (!FORMATS.includes(type)) invalid(`${format.path('type')}: unknown format ${type}`);
  if (type !== 'json_object' && type !== 'json_schema') return null;
  const schema = type === 'json_schema' ? readSchema(format, protocol) : null;
  if (model.formats === 'refused') throw refusedByProvider(type);
  // A model without the parameter ignores it.
  const isTaken = model.formats === 'schema' || (model.formats === 'json' && schema === null);
  return isTaken ? { schema } : null;
}

function foreignField(protocol: 'chat' | 'responses'): [string, string] {
  const reason = `not a field of ${protocol} requests`;
  return protocol === 'chat' ? ['text', reason] : ['response_format', reason];
}

function readSchema(format: Fields, protocol: 'chat' | 'responses'): Record<string, unknown> {
  const owner = protocol === 'chat' ? format.object('json_schema') : format;
  if (!owner) return invalid(`${format.path('json_schema')}: required`);
  const name = owner.string('name') ?? invalid(`${owner.path('name')}: required`);
  if (!NAME.test(name)) invalid(`${owner.path('name')}: 1 to 64 letters, digits, _ or -`);
  const { record } = owner.object('schema') ?? invalid(`${owner.path('schema')}: required`);
  if (record['type'] !== 'object') {
    invalid(`Invalid schema for response_format '${name}': schema must have type "object"`);
  }
  if (owner.boolean('strict') === true) requireStrict(record, name);
  return record;
}

/** What providers ask of a schema in strict mode, as their guides say it. */
function requireStrict(schema: unknown, name: string): void {
  const rules = asRecord(schema);
  if (!rules) return;
  const refuse = (why: string): never =>
    invalid(`Invalid schema for response_format '${name}': ${why}`);
  for (const word of ['$ref', 'oneOf', 'allOf', 'not', 'if', 'patternProperties', 'minimum']) {
    if (word in rules) refuse(`'${word}' is not permitted`);
  }
  const properties = asRecord(rules['properties']);
  if (properties) {
    const required = asArray(rules['required']);
    if (rules['additionalProperties'] !== false) {
      refuse("'additionalProperties' is required to be supplied and to be false");
    }
    const missing = Object.keys(properties).find((key) => !required.includes(key));
    if (missing !== undefined) refuse(`'required' must include every key; missing '${missing}'`);
    for (const property of Object.values(properties)) requireStrict(property, name);
  }
  if (rules['type'] === 'array' && !asRecord(rules['items'])) refuse("'items' is required");
  requireStrict(rules['items'], name);
  for (const choice of asArray(rules['anyOf'])) requireStrict(choice, name);
}

/** As the API passes on what a provider says. */
function refusedByProvider(type: string): RequestProblem {
  const message = `Invalid parameter: 'response_format' of type '${type}' is not supported with this model.`;
  return new RequestProblem(400, 'Provider returned error', {
    metadata: {
      raw: JSON.stringify({ error: { message, param: 'response_format' } }),
      provider_name: 'Simulator',
    },
  });
}

/** An answer as a model gives it that is held to a schema: a list goes into the object's field. */
export function heldTo(format: AnswerFormat | null, text: string): string {
  const properties = asRecord(format?.schema?.['properties']);
  const [only, ...others] = Object.keys(properties ?? {});
  if (only === undefined || others.length > 0 || !/^\s*\[/.test(text)) return text;
  return asRecord(properties?.[only])?.['type'] === 'array'
    ? `{${JSON.stringify(only)}:${text}}`
    : text;
}
