import assert from 'node:assert/strict';
import { readRecipe } from '../../../src/recipes/recipe';
import { RECIPE_TEMPLATE, recipeNameProblem } from '../../../src/recipes/template';

const limits = {
  maxCompletionTokens: 4096,
  maxToolCalls: 5,
  reasoningEffort: 'none',
  tools: [{ type: 'openrouter:web_search' }],
};

suite('recipe template', () => {
  test('runs as it is', () => {
    const { recipe, problems } = readRecipe({ name: 'explain', text: RECIPE_TEMPLATE, limits });
    assert.deepEqual(problems, []);
    assert.equal(recipe?.task.answer, 'text');
    assert.deepEqual(recipe.task.worker, { maxCompletionTokens: 1500 });
  });

  test('its commented fields are right as well', () => {
    const text = RECIPE_TEMPLATE.replace(/^( *)# (?=\w+: [~\w[])(?!text:|outline:)/gm, '$1');
    const { problems } = readRecipe({ name: 'explain', text, limits });
    assert.ok(text.includes('\n  temperature: 0.2'));
    assert.deepEqual(problems, []);
  });

  for (const name of ['../evil', 'a/b', 'a\\b', '.hidden', 'x.md', '-']) {
    test(`refuses the name ${name}`, () => assert.equal(recipeNameProblem(name), 'not-a-name'));
  }

  test('takes names in any script', () => {
    for (const name of ['explain', ' on call 2 ', 'erklären']) {
      assert.equal(recipeNameProblem(name), null);
    }
  });
});
