import assert from 'node:assert/strict';
import type { CatalogModel } from '../../../../src/catalog/model';
import {
  answerFormat,
  formatKey,
  unwrapAnswer,
} from '../../../../src/delegation/request/answerFormat';
import type { JsonObject, WireRequest } from '../../../../src/openrouter/wire';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { extractTask, presetExtraction } from '../../../../src/tasks/extract';
import { extractPresets } from '../../../../src/tasks/extractPresets';
import { assertAcceptedBySdk } from '../../../support/sdkSchemas';
import { type SettingsChange, lookup, model, prepare, requestWith, workerModel } from '../kit';

const TODOS = presetExtraction(extractPresets[0]!);
const OBJECT: JsonObject = {
  type: 'object',
  properties: { name: { type: 'string' }, note: { type: ['string', 'null'] } },
  required: ['name', 'note'],
  additionalProperties: false,
};

function able(...parameters: readonly string[]): CatalogModel {
  return model('test/orchestrator', { supportedParameters: ['tools', ...parameters] });
}

const schemas = able('response_format', 'structured_outputs');

function wireOf(
  settings: SettingsChange,
  orchestrator = schemas,
  job: object = TODOS,
): WireRequest {
  const { wire } = prepare(requestWith({ ...job, settings }), lookup(orchestrator, workerModel));
  assertAcceptedBySdk(wire);
  return wire;
}

function formatIn(schema: JsonObject, orchestrator = schemas): ReturnType<typeof answerFormat> {
  return answerFormat({ task: extractTask, schema }, orchestrator);
}

suite('form of the answer', () => {
  const strictTodos = {
    name: 'extract',
    strict: true,
    schema: {
      type: 'object',
      properties: {
        answer: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              line: { type: 'integer' },
              mark: { type: 'string' },
              text: { type: 'string' },
            },
            required: ['line', 'mark', 'text'],
            additionalProperties: false,
          },
        },
      },
      required: ['answer'],
      additionalProperties: false,
    },
  };

  for (const settings of [
    { routing: 'direct' },
    { routing: 'delegated', answer: 'integrated' },
  ] as const) {
    test(`is told on Responses, ${settings.routing}`, () => {
      const wire = wireOf({ ...settings, protocol: 'responses' });
      assert.ok(wire.protocol === 'responses');
      assert.deepEqual(wire.body.text, { format: { type: 'json_schema', ...strictTodos } });
      assert.ok(!('response_format' in wire.body));
    });

    test(`is told on chat, ${settings.routing}`, () => {
      const wire = wireOf({ ...settings, protocol: 'chat' });
      assert.ok(wire.protocol === 'chat');
      assert.deepEqual(wire.body.response_format, {
        type: 'json_schema',
        json_schema: strictTodos,
      });
      assert.ok(!('text' in wire.body));
    });
  }

  test('is not told where a marker is the answer', () => {
    const { body } = wireOf({ routing: 'delegated', protocol: 'responses', answer: 'spliced' });
    assert.ok(!('text' in body) && !('response_format' in body));
  });

  test('is not told to a model that does not take it, nor to an unknown one', () => {
    const direct = { routing: 'direct', protocol: 'responses' } as const;
    assert.ok(!('text' in wireOf(direct, able()).body));
    assert.ok(!('text' in wireOf(direct, able('response_format')).body), 'a list is no object');
    assert.equal(answerFormat(TODOS, null), null);
  });

  test('is not told without a schema, nor for other answers', () => {
    assert.equal(answerFormat({ task: extractTask }, schemas), null);
    const task = { ...builtInTasks.reformat, schema: OBJECT };
    assert.equal(answerFormat({ task }, schemas), null);
  });

  test('is just JSON for a model that can be told no more', () => {
    assert.deepEqual(formatIn(OBJECT, able('response_format')), { type: 'json_object' });
    const job = { ...TODOS, schema: OBJECT };
    const { body } = wireOf({ routing: 'direct' }, able('response_format'), job);
    assert.deepEqual('text' in body && body.text, { format: { type: 'json_object' } });
  });

  test('is strict only with a schema that providers can enforce', () => {
    const isStrict = (schema: JsonObject): boolean | null => {
      const format = formatIn(schema);
      return format?.type === 'json_schema' ? format.strict : null;
    };
    const field = (value: JsonObject): JsonObject => ({
      type: 'object',
      properties: { value },
      required: ['value'],
      additionalProperties: false,
    });
    assert.equal(isStrict(OBJECT), true);
    assert.equal(isStrict(field({ enum: ['a', 1, null] })), true);
    assert.equal(isStrict(field({ anyOf: [{ type: 'string' }, { type: 'null' }] })), true);
    assert.equal(isStrict({ ...OBJECT, additionalProperties: true }), false);
    assert.equal(isStrict({ ...OBJECT, required: ['name'] }), false);
    assert.equal(isStrict({ ...OBJECT, required: ['name', 'note', 'more'] }), false);
    assert.equal(isStrict(field({ type: 'array' })), false);
    assert.equal(isStrict(field({ type: 'object' })), false);
    assert.equal(isStrict(field({})), false);
    assert.equal(isStrict(field({ oneOf: [{ type: 'string' }] })), false);
    assert.equal(isStrict(field({ enum: [{}] })), false);
    assert.equal(isStrict({ ...OBJECT, $defs: {} }), false);
  });

  test('in strict mode leaves bounds to the check here; else the schema goes as it is', () => {
    const bounded = { type: 'string', minLength: 2, pattern: '^a', description: 'A word.' };
    const strict = formatIn({ ...OBJECT, properties: { name: bounded, note: { type: 'null' } } });
    assert.ok(strict?.type === 'json_schema');
    assert.deepEqual(strict.schema['properties'], {
      name: { type: 'string', description: 'A word.' },
      note: { type: 'null' },
    });
    const loose = { type: 'object', properties: { name: bounded } };
    const format = formatIn(loose);
    assert.ok(format?.type === 'json_schema');
    assert.deepEqual([format.strict, format.schema], [false, loose]);
  });

  test('is none where the answer cannot be put into an object', () => {
    const entry = { $ref: '#/$defs/entry' };
    assert.equal(formatIn({ type: 'array', items: entry, $defs: { entry: OBJECT } }), null);
    assert.equal(formatIn({ type: ['array', 'object'] }), null);
    assert.equal(formatIn({ properties: {} }), null);
    assert.equal(formatIn({ ...OBJECT, $ref: '#' })?.type, 'json_schema');
  });

  test('has a name that the API takes', () => {
    const task = { ...extractTask, id: 'recipe:prices in €' };
    const format = answerFormat({ task, schema: OBJECT }, schemas);
    assert.ok(format?.type === 'json_schema');
    assert.equal(format.name, 'recipe');
    const named = answerFormat({ task: { ...task, id: 'ä'.repeat(80) }, schema: OBJECT }, schemas);
    assert.ok(named?.type === 'json_schema');
    assert.match(named.name, /^[a-zA-Z0-9_-]{1,64}$/);
  });

  test('is not asked for again where it was refused, and another one is', () => {
    const refused = new Set([formatKey('test/orchestrator', formatIn(OBJECT)!)]);
    assert.equal(answerFormat({ task: extractTask, schema: OBJECT }, schemas, refused), null);
    assert.notEqual(answerFormat(TODOS, schemas, refused), null);
  });

  test('costs tokens that are counted', () => {
    const ceiling = (orchestrator: CatalogModel): number =>
      prepare(
        requestWith({ ...TODOS, settings: { routing: 'direct' } }),
        lookup(orchestrator, workerModel),
      ).estimate!.ceilingNanoUsd;
    assert.ok(ceiling(schemas) > ceiling(able()));
  });

  test('puts a list into an object, and only that is taken out again', () => {
    const list = { type: 'array' };
    assert.deepEqual(unwrapAnswer({ answer: [1] }, list), [1]);
    assert.deepEqual(unwrapAnswer({ answer: [1], more: 1 }, list), { answer: [1], more: 1 });
    assert.deepEqual(unwrapAnswer({ answer: [1] }, { type: 'object' }), { answer: [1] });
    assert.deepEqual(unwrapAnswer([{ answer: 1 }], list), [{ answer: 1 }]);
  });
});
