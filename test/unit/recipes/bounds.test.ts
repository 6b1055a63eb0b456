import assert from 'node:assert/strict';
import { completeRecipe } from '../../../src/recipes/completion';
import { diagnoseRecipe } from '../../../src/recipes/diagnostics';
import { readRecipe } from '../../../src/recipes/recipe';
import { assertEndsWithin } from '../../support/cpuTime';

const limits = { maxCompletionTokens: 4096, maxToolCalls: 5, reasoningEffort: 'none', tools: [] };

function problemsOf(yaml: string): readonly string[] {
  const text = `---\n${yaml}\n---\nSay what it does.\n`;
  return readRecipe({ name: 'a', text, limits }).problems.map(({ problem }) => problem);
}

function repeated(line: (index: number) => string, length: number): string {
  let text = '';
  for (let index = 0; text.length < length; index += 1) text += line(index);
  return text;
}

suite('A recipe that is hard to read', () => {
  const shapes: Readonly<Record<string, (index: number) => string>> = {
    'thousands of fields': (index) => `k${index}: 1\n`,
    'aliases of aliases': (index) =>
      `a${index}: &a${index} [*a${Math.max(0, index - 1)}, *a${Math.max(0, index - 1)}]\n`,
    'brackets without end': () => '[a, ',
    'quotes without end': () => '"',
    'blocks without text': () => ' a: |\n',
    'keys on keys': () => 'a: ',
    'ever deeper lines': (index) => `${' '.repeat(index % 300)}a:\n`,
    'the same field': () => 'title: a\n',
    comments: () => '# a\n',
    'one long word': () => 'a',
  };
  for (const [name, line] of Object.entries(shapes)) {
    for (const length of [9_000, 60_000, 1_000_000]) {
      test(`${name}, ${length} characters: is answered soon, and never runs`, () => {
        const yaml = repeated(line, length);
        const text = `---\n${yaml}\n---\n`;
        assertEndsWithin(3_000, () => {
          problemsOf(yaml);
          diagnoseRecipe({ name: 'a', text, limits });
          completeRecipe(text, 20, { limits, l10n: { t: (message: string) => message } });
        });
        const problems = problemsOf(yaml);
        assert.ok(name === 'comments' || problems.length > 0);
        assert.ok(problems.length <= 25, String(problems.length));
      });
    }
  }

  test('aliases are refused, and so is a field that stands there twice', () => {
    assert.match(problemsOf('worker: &w {}\nschema: *w').join(), /not valid YAML/);
    assert.match(problemsOf('title: a\ntitle: b').join(), /title stands there twice/);
    assert.match(problemsOf('worker:\n  maxToolCalls: 1\n  maxToolCalls: 2').join(), /twice/);
  });

  test('a file that is too large is not looked into', () => {
    const text = `---\ntitle: a\n---\n${'x'.repeat(70_000)}`;
    const { recipe, problems } = readRecipe({ name: 'a', text, limits });
    assert.equal(recipe, null);
    assert.match(problems[0]?.problem ?? '', /too large/);
  });
});
