import assert from 'node:assert/strict';
import {
  RUN_SETTINGS,
  SETTING_RULES,
  describeValue,
} from '../../../../src/editor/settings/settingRules';
import type { SettingKey } from '../../../../src/manifest';
import { type ManifestSetting, manifestSettings } from '../../../support/manifestSettings';

const schemas = Object.entries(manifestSettings()).map(
  ([name, schema]) => [name.slice('delegate.'.length) as SettingKey, schema] as const,
);

/** Values of every type, none of them an enum's. */
const samples: Readonly<Record<ManifestSetting['type'] | 'null', unknown>> = {
  string: 'another text',
  integer: 100,
  number: 1.5,
  boolean: true,
  array: [],
  object: {},
  null: null,
};

suite('rules of settings', () => {
  for (const [key, schema] of schemas) {
    test(`delegate.${key}: as the manifest says`, () => {
      const rule = SETTING_RULES[key];
      assert.equal(rule(schema.default), null, 'the default');
      for (const value of schema.enum ?? []) assert.equal(rule(value), null, value);
      for (const [type, value] of Object.entries(samples)) {
        const isType = type === schema.type || (type === 'integer' && schema.type === 'number');
        if (isType) continue;
        assert.notEqual(rule(value), null, `${type}: ${describeValue(value)}`);
      }
      assert.notEqual(rule(undefined), null);
      assert.notEqual(rule(NaN), null);
      assert.notEqual(rule(Infinity), null);
      if (schema.enum) assert.notEqual(rule('another text'), null);
      const { minimum, maximum } = schema;
      if (minimum !== undefined) assert.equal(rule(minimum), null, `${minimum}`);
      if (minimum !== undefined) assert.notEqual(rule(minimum - 1), null, `${minimum - 1}`);
      if (maximum !== undefined) assert.equal(rule(maximum), null, `${maximum}`);
      if (maximum !== undefined) assert.notEqual(rule(maximum + 1), null, `${maximum + 1}`);
      if (schema.type === 'integer') assert.notEqual(rule(100.5), null, '100.5');
    });
  }

  test('there is one for each setting, and a run rests on all but the status bar’s', () => {
    const keys = schemas.map(([key]) => key).sort();
    assert.deepEqual(Object.keys(SETTING_RULES).sort(), keys);
    assert.deepEqual(
      [...RUN_SETTINGS].sort(),
      keys.filter((key) => key !== 'statusBar.period'),
    );
  });

  const wrong: readonly (readonly [SettingKey, unknown])[] = [
    ['worker.tools', [3]],
    ['worker.tools', [{}]],
    ['worker.tools', [{ type: 'openrouter:web_search', parameters: 'x' }]],
    ['privacy.ignoreFiles', ['.delegateignore', null]],
    ['tasks', { docstring: 'cheap' }],
    ['provider', { order: 'a' }],
    ['provider', { zdr: 'yes' }],
    ['provider', { data_collection: 'never' }],
    ['provider', { max_price: 3 }],
    ['provider', { max_price: { prompt: '1e3' } }],
    ['provider', { max_price: { prompt: -1 } }],
    ['provider', { sort: 3 }],
    ['budget.perRun', 1e300],
  ];
  for (const [key, value] of wrong) {
    test(`delegate.${key} cannot be ${JSON.stringify(value)}`, () => {
      assert.notEqual(SETTING_RULES[key](value), null);
    });
  }

  const right: readonly (readonly [SettingKey, unknown])[] = [
    ['worker.tools', ['openrouter:datetime', { type: 'openrouter:web_search', parameters: {} }]],
    [
      'provider',
      {
        order: ['a'],
        zdr: true,
        data_collection: null,
        sort: { by: 'price' },
        max_price: { prompt: 1, completion: '2.5' },
        something_new: [1],
      },
    ],
    ['tasks', { docstring: { workerModel: 'a/b' } }],
  ];
  for (const [key, value] of right) {
    test(`delegate.${key} may be ${JSON.stringify(value)}`, () => {
      assert.equal(SETTING_RULES[key](value), null);
    });
  }

  test('a value that may be a key is not repeated', () => {
    assert.equal(describeValue('sk-or-v1-secret'), 'a text');
    assert.deepEqual([null, '', 3, false, [1], {}].map(describeValue), [
      'null',
      'an empty text',
      '3',
      'false',
      'a list',
      'an object',
    ]);
  });
});
