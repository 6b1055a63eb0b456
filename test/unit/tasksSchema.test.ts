import assert from 'node:assert/strict';
import Ajv from 'ajv';
import { asRecord } from '../../src/common/json';
import { builtInTasks } from '../../src/tasks/catalog';
import { OVERRIDABLE, readTaskOverrides } from '../../src/editor/settings/taskOverrides';
import { manifestSettings } from '../support/manifestSettings';

type Schema = Readonly<Record<string, unknown>>;

function child(parent: unknown, name: string): Schema {
  const found = asRecord(asRecord(parent)?.[name]);
  assert.ok(found, name);
  return found;
}

/** What a setting and its override are validated and explained by; not default, scope and order. */
const SHARED = [
  'type',
  'enum',
  'enumDescriptions',
  'minimum',
  'maximum',
  'items',
  'markdownDescription',
];

suite('schema of delegate.tasks', () => {
  const settings = manifestSettings();
  const schema = child(settings, 'delegate.tasks');
  const [pattern = ''] = Object.keys(child(schema, 'patternProperties'));
  const task = child(child(schema, 'patternProperties'), pattern);
  const overrides = child(task, 'properties');
  const { type, properties, patternProperties, additionalProperties } = schema;
  const isValid = new Ajv({ strict: false }).compile({
    type,
    properties,
    patternProperties,
    additionalProperties,
  });

  test('offers every built-in task, and takes recipes', () => {
    assert.deepEqual(Object.keys(child(schema, 'properties')), Object.keys(builtInTasks));
    for (const id of [...Object.keys(builtInTasks), 'recipe:my recipe']) {
      assert.ok(isValid({ [id]: { workerModel: 'a/b' } }), id);
      assert.ok(!isValid({ [id]: { workerModel: 1 } }), id);
    }
    for (const id of ['Summarize', 'docstrings', 'recipe:', '']) {
      assert.ok(!isValid({ [id]: {} }), id);
    }
  });

  test('has exactly the settings that code lets a task override', () => {
    assert.deepEqual(Object.keys(overrides), [...OVERRIDABLE]);
    assert.equal(task['additionalProperties'], false);
  });

  for (const key of OVERRIDABLE) {
    test(`${key} is what the setting of that name is`, () => {
      const setting = child(settings, `delegate.${key}`);
      const shared = Object.entries(setting).filter(([name]) => SHARED.includes(name));
      assert.deepEqual(overrides[key], Object.fromEntries(shared));
    });
  }

  const values: readonly unknown[] = [
    '',
    'text',
    'responses',
    'chat',
    'spliced',
    'integrated',
    'auto',
    'direct',
    'none',
    'max',
    -1,
    0,
    0.5,
    1,
    2,
    2.5,
    15,
    16,
    25,
    26,
    200_000,
    200_001,
    true,
    null,
    [],
    ['openrouter:datetime'],
    {},
  ];
  for (const key of OVERRIDABLE) {
    test(`${key}: the schema marks exactly what code refuses`, () => {
      for (const value of values) {
        const tasks = { docstring: { [key]: value } };
        const { problems } = readTaskOverrides(tasks, 'docstring');
        assert.equal(isValid(tasks), problems.length === 0, JSON.stringify(value));
      }
    });
  }
});
