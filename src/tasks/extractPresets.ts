import type { JsonObject } from '../openrouter/wire';

/** A thing that is often looked for, with the shape of its list. */
export interface ExtractPreset {
  readonly id: 'todos' | 'types' | 'strings' | 'sql' | 'config-keys';
  /** English title; the user sees a localized one. */
  readonly title: string;
  readonly instruction: string;
  readonly schema: JsonObject;
}

const LINE: JsonObject = { type: 'integer', minimum: 1 };
const TEXT: JsonObject = { type: 'string' };

/** A list of objects whose fields are all required and nothing else. */
function listOf(properties: Readonly<Record<string, JsonObject>>): JsonObject {
  return {
    type: 'array',
    items: {
      type: 'object',
      properties,
      required: Object.keys(properties),
      additionalProperties: false,
    },
  };
}

export const extractPresets: readonly ExtractPreset[] = [
  {
    id: 'todos',
    title: 'TODOs',
    instruction: 'Comments marked TODO, FIXME, HACK or XXX; text without the mark.',
    schema: listOf({ line: LINE, mark: TEXT, text: TEXT }),
  },
  {
    id: 'types',
    title: 'Types',
    instruction:
      'Declared types: classes, interfaces, structs, enums, type aliases; fields by name and type as written.',
    schema: listOf({
      line: LINE,
      kind: TEXT,
      name: TEXT,
      fields: listOf({ name: TEXT, type: TEXT }),
    }),
  },
  {
    id: 'strings',
    title: 'Strings',
    instruction: 'String literals that a person reads: messages, labels, titles; no keys or paths.',
    schema: listOf({ line: LINE, text: TEXT }),
  },
  {
    id: 'sql',
    title: 'SQL',
    instruction: 'SQL statements in strings, with the tables they touch.',
    schema: listOf({ line: LINE, statement: TEXT, tables: { type: 'array', items: TEXT } }),
  },
  {
    id: 'config-keys',
    title: 'Config keys',
    instruction:
      'Configuration keys and environment variables that are read, with the default as written, else null.',
    schema: listOf({ line: LINE, key: TEXT, default: { type: ['string', 'null'] } }),
  },
];
