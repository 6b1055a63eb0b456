import assert from 'node:assert/strict';
import type { CatalogModel, ModelLookup } from '../../../src/catalog/model';
import { readModels } from '../../../src/catalog/readModels';
import { withAffordableWorker } from '../../../src/recipes/affordableModel';
import type { TaskDefinition } from '../../../src/tasks/task';
import { builtInTasks } from '../../../src/tasks/catalog';

function row(id: string, pricing: Readonly<Record<string, unknown>>): unknown {
  return { id, name: id, pricing };
}

const models: readonly CatalogModel[] = readModels([
  row('own/model', { prompt: '0.0000001', completion: '0.0000005' }),
  row('cheap/model', { prompt: '0.00000005', completion: '0.0000005' }),
  row('dear/output', { prompt: '0.0000001', completion: '0.000001' }),
  row('dear/input', { prompt: '0.000001', completion: '0.0000005' }),
  row('dear/request', { prompt: '0.0000001', completion: '0.0000005', request: '0.01' }),
  row('dear/long-prompts', {
    prompt: '0.0000001',
    completion: '0.0000005',
    overrides: [{ min_prompt_tokens: 1000, prompt: '0.000001' }],
  }),
  row('priceless/model', {}),
]);
const lookup: ModelLookup = { find: (id) => models.find((model) => model.id === id) ?? null };

function asking(model: string): TaskDefinition {
  return { ...builtInTasks.summarize, id: 'recipe:x', worker: { model, temperature: 0 } };
}

suite("a recipe's worker model", () => {
  for (const model of ['own/model', 'cheap/model']) {
    test(`${model} is used`, () => {
      const { task, refusedModel } = withAffordableWorker(asking(model), 'own/model', lookup);
      assert.deepEqual(task.worker, { model, temperature: 0 });
      assert.equal(refusedModel, null);
    });
  }

  for (const model of [
    'dear/output',
    'dear/input',
    'dear/request',
    'dear/long-prompts',
    'priceless/model',
    'unknown/model',
  ]) {
    test(`${model} is left out, and nothing else`, () => {
      const { task, refusedModel } = withAffordableWorker(asking(model), 'own/model', lookup);
      assert.deepEqual(task.worker, { temperature: 0 });
      assert.equal(refusedModel, model);
    });
  }

  test('without prices of its own the user keeps the model', () => {
    const none: ModelLookup = { find: () => null };
    assert.equal(withAffordableWorker(asking('a/b'), 'own/model', none).refusedModel, 'a/b');
    assert.equal(withAffordableWorker(asking('a/b'), 'a/b', none).refusedModel, null);
  });
});
