import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type RecipeReading, readRecipe } from '../../../src/recipes/recipe';

const LIMITS = {
  maxCompletionTokens: 4096,
  maxToolCalls: 5,
  reasoningEffort: 'medium',
  tools: [
    { type: 'openrouter:datetime' },
    { type: 'openrouter:web_search', parameters: { max_results: 2 } },
  ],
};

function read(text: string): RecipeReading {
  return readRecipe({ name: 'changelog', text, limits: LIMITS });
}

function fieldsOf(text: string): readonly string[] {
  const { problems } = read(text);
  for (const { problem, remedy } of problems) {
    assert.match(problem, /\.$|: /);
    assert.match(remedy, /\.$/);
  }
  return problems.map((problem) => problem.field);
}

suite('recipe', () => {
  test('of an instruction alone', () => {
    const { recipe, problems } = read('Write a changelog entry.\n');
    assert.deepEqual(problems, []);
    assert.equal(recipe?.instruction, 'Write a changelog entry.');
    assert.equal(recipe.task.id, 'recipe:changelog');
    assert.equal(recipe.task.title, 'changelog');
    assert.equal(recipe.task.answer, 'text');
    assert.equal(recipe.task.context, 'outline');
    assert.equal(recipe.task.worker, undefined);
  });

  test('with all fields', () => {
    const { recipe, problems } = read(
      [
        '---',
        'title: Name the errors',
        'result: json',
        'context: full',
        'worker:',
        '  model: some/model',
        '  maxCompletionTokens: 1000',
        '  temperature: 0',
        '  reasoningEffort: low',
        '  instructions: Be brief.',
        '  tools:',
        '    - openrouter:datetime',
        '    - type: openrouter:web_search',
        '      parameters: { max_results: 50 }',
        '  maxToolCalls: 2',
        'schema: { type: array }',
        '---',
        '',
        'List all errors.',
        '---',
        'With their codes.',
      ].join('\r\n'),
    );
    assert.deepEqual(problems, []);
    assert.equal(recipe?.instruction, 'List all errors.\n---\nWith their codes.');
    assert.equal(recipe.task.title, 'Name the errors');
    assert.equal(recipe.task.answer, 'json');
    assert.equal(recipe.task.context, 'full');
    assert.deepEqual(recipe.task.schema, { type: 'array' });
    assert.deepEqual(recipe.task.worker, {
      model: 'some/model',
      maxCompletionTokens: 1000,
      temperature: 0,
      reasoningEffort: 'low',
      instructions: 'Be brief.',
      tools: [
        { type: 'openrouter:datetime' },
        { type: 'openrouter:web_search', parameters: { max_results: 2 } },
      ],
      maxToolCalls: 2,
    });
  });

  test('an edit replaces the selection', () => {
    assert.equal(read('---\nresult: edit\n---\nSort it.').recipe?.task.answer, 'replacement');
  });

  test('limits above the user’s own are lowered and told', () => {
    const { recipe, problems } = read(
      '---\nworker: { maxCompletionTokens: 9000, maxToolCalls: 25 }\n---\nGo.',
    );
    assert.deepEqual(recipe?.task.worker, { maxCompletionTokens: 4096, maxToolCalls: 5 });
    assert.deepEqual(
      problems.map((problem) => problem.field),
      ['worker.maxCompletionTokens', 'worker.maxToolCalls'],
    );
  });

  const wrong: readonly (readonly [string, string, readonly string[]])[] = [
    ['no instruction', '---\nresult: text\n---\n', ['']],
    ['front matter that is not closed', '---\nresult: text\nGo.', ['']],
    ['broken YAML', '---\nresult: [text\n---\nGo.', ['']],
    ['front matter that is a list', '---\n- a\n---\nGo.', ['']],
    ['an unknown result', '---\nresult: html\n---\nGo.', ['result']],
    ['an unknown context', '---\ncontext: all\n---\nGo.', ['context']],
    ['an unknown field', '---\nbudget: 5\n---\nGo.', ['budget']],
    ['a worker field at the top', '---\ntemperature: 1\n---\nGo.', ['temperature']],
    ['a title that is none', '---\ntitle: [a]\n---\nGo.', ['title']],
    ['a schema without JSON', '---\nschema: { type: array }\n---\nGo.', ['schema']],
    ['a schema that is none', '---\nresult: json\nschema: array\n---\nGo.', ['schema']],
    ['a worker that is none', '---\nworker: fast\n---\nGo.', ['worker']],
    ['an unknown worker field', '---\nworker: { speed: 1 }\n---\nGo.', ['worker.speed']],
    ['a hot worker', '---\nworker: { temperature: 3 }\n---\nGo.', ['worker.temperature']],
    [
      'an unknown effort',
      '---\nworker: { reasoningEffort: a }\n---\nGo.',
      ['worker.reasoningEffort'],
    ],
    ['a function tool', '---\nworker: { tools: [function] }\n---\nGo.', ['worker.tools']],
    [
      'the subagent itself',
      '---\nworker: { tools: ["openrouter:subagent"] }\n---\nGo.',
      ['worker.tools'],
    ],
    [
      'half a token',
      '---\nworker: { maxCompletionTokens: 16.5 }\n---\nGo.',
      ['worker.maxCompletionTokens'],
    ],
  ];
  for (const [title, text, fields] of wrong) {
    test(`with ${title} is not run`, () => {
      assert.deepEqual(fieldsOf(text), fields);
      assert.equal(read(text).recipe, null);
    });
  }

  test('an effort and tools beyond the user own are lowered, with a word', () => {
    const front = '---\nworker: { reasoningEffort: max, tools: [openrouter:web_fetch] }\n---\nGo.';
    assert.deepEqual(fieldsOf(front), ['worker.reasoningEffort', 'worker.tools']);
    assert.deepEqual(read(front).recipe?.task.worker, { reasoningEffort: 'medium', tools: [] });
  });

  test('a key that is no text is refused without a word in the process’s log', async () => {
    const warned: string[] = [];
    const note = (warning: Error): unknown => warned.push(warning.message);
    process.on('warning', note);
    try {
      assert.deepEqual(fieldsOf('---\n? { secret: 1 }\n: 2\n---\nDo it.\n'), ['{ secret: 1 }']);
      await new Promise(setImmediate);
    } finally {
      process.off('warning', note);
    }
    assert.deepEqual(warned, []);
  });

  test('any text is read or refused with a reason', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (front, body) => {
        const { recipe, problems } = read(`---\n${front}\n---\n${body}`);
        assert.ok(recipe !== null || problems.length > 0);
      }),
    );
  });
});
