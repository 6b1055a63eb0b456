import assert from 'node:assert/strict';
import { readTaskOverrides } from '../../../../src/editor/settings/taskOverrides';

suite('readTaskOverrides', () => {
  test('takes what fits the task and leaves other tasks alone', () => {
    const tasks = {
      docstring: { workerModel: 'a/small', 'worker.temperature': 0, 'worker.maxToolCalls': 25 },
      summarize: { workerModel: 'b/other' },
    };
    assert.deepEqual(readTaskOverrides(tasks, 'docstring'), {
      overrides: tasks.docstring,
      problems: [],
    });
    assert.deepEqual(readTaskOverrides(tasks, 'refactor'), { overrides: {}, problems: [] });
  });

  test('names what is wrong and what to write instead, and uses the rest', () => {
    const { overrides, problems } = readTaskOverrides(
      { extract: { protocol: 'smtp', routing: 'auto', 'worker.maxToolCalls': 26 } },
      'extract',
    );
    assert.deepEqual(overrides, { routing: 'auto' });
    assert.deepEqual(problems, [
      {
        setting: 'delegate.tasks.extract',
        kind: 'wrong-value',
        key: 'protocol',
        expected: 'responses or chat',
      },
      {
        setting: 'delegate.tasks.extract',
        kind: 'wrong-value',
        key: 'worker.maxToolCalls',
        expected: 'a whole number from 1 to 25',
      },
    ]);
  });

  for (const key of ['api.baseUrl', 'budget.perRun', 'budget.daily', 'provider', 'constructor']) {
    test(`never lets a task override ${key}`, () => {
      const { overrides, problems } = readTaskOverrides({ docstring: { [key]: 'x' } }, 'docstring');
      assert.deepEqual(overrides, {});
      assert.deepEqual(
        problems.map((problem) => problem.kind),
        ['unknown-key'],
      );
    });
  }

  for (const value of ['text', 3, null, ['a']]) {
    test(`reports ${JSON.stringify(value)} in place of an object`, () => {
      const { problems } = readTaskOverrides({ docstring: value }, 'docstring');
      assert.deepEqual(
        problems.map((problem) => problem.kind),
        ['not-an-object'],
      );
    });
  }
});
