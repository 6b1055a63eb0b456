import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainEnglish } from '../../../src/common/translate';
import { RECIPE_FIELDS } from '../../../src/recipes/recipe';
import { type RecipeDiagnostic, diagnoseRecipe } from '../../../src/recipes/diagnostics';
import { recipeFields } from '../../../src/recipes/fieldHelp';
import { completeRecipe, hoverRecipe } from '../../../src/recipes/completion';
import { RECIPE_TEMPLATE } from '../../../src/recipes/template';
import { WORKER_FIELDS } from '../../../src/recipes/workerFields';

const limits = {
  maxCompletionTokens: 4096,
  maxToolCalls: 5,
  reasoningEffort: 'low',
  tools: [{ type: 'openrouter:datetime' }],
};
const ports = { limits, l10n: plainEnglish };

/** The cursor is where the text has a `|`. */
function at(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  assert.ok(offset >= 0);
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

function labels(marked: string): readonly string[] {
  const { text, offset } = at(marked);
  return completeRecipe(text, offset, ports).map(({ label }) => label);
}

/** The text after the suggestion was taken. */
function taken(marked: string, label: string): string {
  const { text, offset } = at(marked);
  const found = completeRecipe(text, offset, ports).find((each) => each.label === label);
  assert.ok(found, label);
  return text.slice(0, found.start) + found.insertText + text.slice(found.end);
}

function hover(marked: string): string | null {
  const { text, offset } = at(marked);
  return hoverRecipe(text, offset, ports)?.help ?? null;
}

function diagnose(text: string): readonly RecipeDiagnostic[] {
  return diagnoseRecipe({ name: 'name', text, limits });
}

/** The marked text of each diagnostic, with what it says. */
function marked(text: string): readonly (readonly [string, string])[] {
  return diagnose(text).map(({ start, end, message }) => [text.slice(start, end), message]);
}

suite('help for recipes', () => {
  test('every field has help, and names what may be written', () => {
    const fields = recipeFields(ports);
    assert.deepEqual(
      fields.map(({ path }) => path),
      [...RECIPE_FIELDS, ...WORKER_FIELDS.map((name) => `worker.${name}`)],
    );
    for (const { path, help } of fields) assert.match(help, /\.$/, path);
  });

  test('every value that is offered is one that a recipe takes', () => {
    for (const { path, values } of recipeFields(ports)) {
      for (const { value } of values) {
        const [parent, child] = path.split('.');
        const written = value.startsWith('openrouter') ? `[${value}]` : value;
        const line = child ? `${parent ?? ''}:\n  ${child}: ${written}` : `${path}: ${written}`;
        const found = diagnose(`---\n${line}\n---\nDo it.\n`).filter((each) => !each.isWarning);
        assert.deepEqual(found, [], `${path}: ${value}`);
      }
    }
  });

  test('fields are offered at the top, without those that are there', () => {
    assert.deepEqual(labels('---\n|\n---\nDo it.'), RECIPE_FIELDS);
    assert.deepEqual(labels('---\ntitle: A\nre|\nworker:\n  model: x\n---\n'), [
      'result',
      'context',
      'schema',
    ]);
    assert.equal(taken('---\nre|\n---\n', 'result'), '---\nresult: \n---\n');
    assert.equal(taken('---\nwo|\n---\n', 'worker'), '---\nworker:\n  \n---\n');
    assert.equal(taken('---\nre|s: edit\n---\n', 'result'), '---\nresult: edit\n---\n');
  });

  test('fields of the worker are offered below it', () => {
    assert.deepEqual(labels('---\nworker:\n  |\n---\n'), WORKER_FIELDS);
    assert.deepEqual(
      labels('---\nworker:\n  # model: x\n  temperature: 0\n  |\nresult: text\n---\n'),
      WORKER_FIELDS.filter((name) => name !== 'temperature'),
    );
  });

  test('values are offered behind the colon', () => {
    assert.deepEqual(labels('---\nresult: |\n---\n'), ['text', 'edit', 'json']);
    assert.deepEqual(labels('---\ncontext: o|\n---\n'), ['outline', 'full']);
    assert.equal(taken('---\nresult:|\n---\n', 'edit'), '---\nresult: edit\n---\n');
    assert.equal(taken('---\nresult: te|xt\r\n---\n', 'json'), '---\nresult: json\r\n---\n');
    assert.deepEqual(labels('---\nworker:\n  reasoningEffort: |\n---\n'), [
      'none',
      'minimal',
      'low',
    ]);
    assert.deepEqual(labels('---\nworker:\n  maxCompletionTokens: |\n---\n'), ['4096']);
  });

  test('tools are offered in brackets and as a list', () => {
    assert.equal(labels('---\nworker:\n  tools: [openrouter:datetime, |]\n---\n').length, 3);
    assert.equal(
      labels('---\nworker:\n  tools:\n    - openrouter:datetime\n    - |\n---\n').length,
      3,
    );
    assert.equal(
      taken('---\nworker:\n  tools:\n    - open|\n---\n', 'openrouter:datetime'),
      '---\nworker:\n  tools:\n    - openrouter:datetime\n---\n',
    );
  });

  test('nothing is offered in the body, in comments and in a schema', () => {
    assert.deepEqual(labels('---\nresult: text\n---\nDo |it.'), []);
    assert.deepEqual(labels('---\n# re|\n---\n'), []);
    assert.deepEqual(labels('---\nresult: text # or |\n---\n'), []);
    assert.deepEqual(labels('---\nschema:\n  |\n---\n'), []);
    assert.deepEqual(labels('Do it.|'), []);
  });

  test('front matter is offered where a file begins, and closes itself', () => {
    assert.equal(taken('|', '---'), '---\nresult: text\n---\n\n');
    assert.deepEqual(labels('---\nre|'), RECIPE_FIELDS);
    assert.deepEqual(labels('---\ntitle: A\n\nDo |it.'), []);
  });

  test('a hover says what a key and a value mean', () => {
    assert.match(hover('---\nres|ult: edit\n---\n') ?? '', /`text`, `edit` or `json`/);
    assert.match(hover('---\nresult: ed|it\n---\n') ?? '', /draft/);
    assert.match(hover('---\nworker:\n  maxComp|letionTokens: 10\n---\n') ?? '', /16 to 4096/);
    assert.match(hover('---\nworker:\n  too|ls: []\n---\n') ?? '', /`openrouter:datetime`/);
    assert.equal(hover('---\nunkn|own: 1\n---\n'), null);
    assert.equal(hover('---\nresult: text\n---\nresu|lt'), null);
  });

  test('a problem is marked on its line', () => {
    assert.deepEqual(marked('---\ntitle: A\nresult: film\n---\nDo it.'), [
      ['result: film', 'result has an unknown value. Write text or edit or json.'],
    ]);
    const text = '---\r\nworker:\r\n  model: x\r\n  temperature: 7\r\n---\r\nDo it.';
    assert.deepEqual(marked(text), [
      ['temperature: 7', 'worker.temperature is not a usable number. Write a number from 0 to 2.'],
    ]);
    assert.equal(marked('---\ntemperature: 0\n---\nDo it.')[0]?.[0], 'temperature: 0');
  });

  test('what is lowered is a warning', () => {
    const [found] = diagnose('---\nworker:\n  maxCompletionTokens: 9000\n---\nDo it.');
    assert.equal(found?.isWarning, true);
    assert.equal(diagnose('---\nresult: x\n---\nDo it.')[0]?.isWarning, false);
  });

  test('what has no field is marked where it is', () => {
    assert.equal(marked('---\nresult: text\nDo it.')[0]?.[0], '---');
    assert.equal(marked('---\nresult: text\n---\n\n')[0]?.[0], '---');
    assert.equal(marked('---\ntitle: A\nresult: [text\n---\nDo it.').length, 1);
    const [broken = ['', '']] = marked('---\ntitle: A\n  result: text\n---\nDo it.');
    assert.match(broken[1], /not valid YAML/);
    assert.notEqual(broken[0], '---');
  });

  test('the template of a new recipe has no problem', () => {
    assert.deepEqual(diagnose(RECIPE_TEMPLATE), []);
  });

  test('any text gives places inside of it', () => {
    const lines = fc.array(
      fc.constantFrom(
        '---',
        'title: x',
        'worker:',
        '  tools:',
        '    - a',
        'result',
        '  :',
        '- ',
        '\t',
        '# c',
        '',
      ),
    );
    fc.assert(
      fc.property(lines, fc.nat(), fc.constantFrom('\n', '\r\n'), (parts, seed, eol) => {
        const text = parts.join(eol);
        const offset = seed % (text.length + 1);
        const found = [...completeRecipe(text, offset, ports), ...diagnose(text)];
        const shown = hoverRecipe(text, offset, ports);
        for (const { start, end } of shown ? [...found, shown] : found) {
          assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end}`);
        }
      }),
    );
  });
});
