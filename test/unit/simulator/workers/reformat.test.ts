import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatterFor } from '../../../../src/simulator/workers/formatters';
import { layoutStyleOf } from '../../../../src/simulator/workers/layoutStyle';
import { reformatCode } from '../../../../src/simulator/workers/reformat';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { type Meaning, meaning, parse, syntax } from '../../syntax/service';
import { SNIPPETS } from '../../syntax/snippets';
import { job } from './job';
import { projectRoot } from '../../../support/projectFiles';

function reformat(languageId: string, selection: string): Promise<string> {
  return runWorker(job({ job: 'reformat', languageId, selection }));
}

const FORMATTED = [
  'typescript',
  'typescriptreact',
  'javascript',
  'json',
  'css',
  'python',
  'go',
  'java',
  'c',
  'cpp',
  'csharp',
];
const withoutFormatters = (): null => null;

/** The text with the indentation of each line taken off; only for languages where that is layout. */
function flattened(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimStart())
    .join('\n');
}

suite('Worker: reformat', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'typescript',
      'function  f( a:number ){return a}\n',
      'function f(a: number) {\n  return a;\n}\n'.replace('a;\n', 'a\n'),
    ],
    ['typescript', 'const a = "x";\nif(a){b( )}\n', 'const a = "x";\nif (a) {\n  b()\n}\n'],
    ['python', 'def f( a,b ):\n  return  a+b\n', 'def f(a, b):\n  return a + b\n'],
    ['go', 'func  f( a int )int{\nreturn   a}\n', 'func f(a int) int {\n\treturn a\n}\n'],
    [
      'java',
      'class A{\n    int f( ){return 1;}\n}\n',
      'class A {\n    int f() {\n        return 1;\n    }\n}\n',
    ],
    ['c', 'int f( int a )\n{\n    return  a ;\n}\n', 'int f(int a) {\n    return a;\n}\n'],
    ['json', '{"a":[1,2],\n"b":null}\n', '{ "a": [1, 2], "b": null }\n'],
    ['markdown', '# A\n* b\n* c\n', '# A\n\n- b\n- c\n'],
  ];
  for (const [languageId, before, after] of cases) {
    test(`${languageId}: ${JSON.stringify(before)}`, async () => {
      assert.equal(await reformat(languageId, before), after);
    });
  }

  test('a member keeps its margin, tabs too', async () => {
    assert.equal(
      await reformat('typescript', '\t\tprivate  a( ){\n\t\t\treturn 1;\n\t\t}\n'),
      '\t\tprivate a() {\n\t\t\treturn 1;\n\t\t}\n',
    );
    assert.equal(
      await reformat('python', '    def f( self ):\n        return  1\n'),
      '    def f(self):\n        return 1\n',
    );
  });

  test('a selection that begins within its first line keeps the rest of that line', async () => {
    assert.equal(
      await reformat('typescript', 'function f( ) {\n      return 1;\n    }'),
      'function f() {\n      return 1;\n    }',
    );
  });

  test('the end of the selection stays as it is', async () => {
    for (const ending of ['', '\n', '\n\n']) {
      assert.equal(await reformat('go', `x  := 1${ending}`), `x := 1${ending}`);
    }
  });

  test('quotes, semicolons and commas stay although the formatter has its own mind', async () => {
    const source = 'const a = \'x\'\nconst b = [\n  "y",\n  1\n]\nconst c = x  => x\n';
    const result = await reformat('javascript', source);
    assert.notEqual(result, source);
    assert.deepEqual(await meaning('javascript', result), await meaning('javascript', source));
  });

  test('parentheses that the formatter adds around a long return do not end the statement', async () => {
    const long = 'someConditionWithAName'.repeat(2);
    const source = `function f() {\n  return ${long} &&   ${long} && ${long}\n}\n`;
    const result = await reformat('javascript', source);
    assert.match(result, /return some.* &&\n/);
    assert.deepEqual(await meaning('javascript', result), await meaning('javascript', source));
  });

  test('a literal over several lines keeps its lines', async () => {
    const source = '    const a = `\n  x\n y`;\n    if (a) {b()}\n';
    const result = await reformat('typescript', source);
    assert.ok(result.startsWith('    const a = `\n  x\n y`;\n'), result);
    assert.deepEqual(await meaning('typescript', result), await meaning('typescript', source));
  });

  test('what no formatter reads is laid out by its brackets', async () => {
    const source = 'if (a) {\nb( );   \n      c();\n} else\n';
    assert.equal(await reformat('typescript', source), 'if (a) {\n  b( );\n  c();\n} else\n');
  });

  for (const languageId of FORMATTED) {
    test(`${languageId}: the formatter's own result of the sample proves to be layout alone`, async () => {
      const source = SNIPPETS[languageId] ?? '';
      const formatter = formatterFor(languageId);
      assert.ok(formatter);
      const formatted = await formatter(source, layoutStyleOf(source, languageId));
      assert.deepEqual(await meaning(languageId, formatted), await meaning(languageId, source));
    });
  }

  // Samples whose literals stay on one line, in languages where indentation is layout.
  for (const languageId of ['typescript', 'javascript', 'json', 'css', 'go', 'cpp', 'csharp']) {
    test(`${languageId}: a sample without indentation comes back in order`, async () => {
      const source = SNIPPETS[languageId] ?? '';
      const restored = await reformat(languageId, flattened(source));
      assert.notEqual(restored, flattened(source));
      assert.deepEqual(await meaning(languageId, restored), await meaning(languageId, source));
      const indented = restored.split('\n').filter((line) => /^\s/.test(line)).length;
      const expected = source.split('\n').filter((line) => /^\s/.test(line)).length;
      assert.ok(indented >= 0.7 * expected, `${indented} lines of ${expected}`);
    });
  }

  test('formatting a second time changes nothing', async () => {
    for (const languageId of FORMATTED) {
      const once = await reformat(languageId, SNIPPETS[languageId] ?? '');
      assert.equal(await reformat(languageId, once), once, languageId);
    }
  });

  test('any part of real code keeps its tokens, with and without formatters', async () => {
    const texts: [string, string][] = Object.entries(SNIPPETS);
    const file = join(projectRoot, 'node_modules/undici/lib/core/util.js');
    texts.push(['javascript', readFileSync(file, 'utf8')]);
    const part = fc.record({
      text: fc.constantFrom(...texts),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 1, max: 40 }),
      finder: fc.constantFrom(formatterFor, withoutFormatters),
    });
    await fc.assert(
      fc.asyncProperty(part, async ({ text: [languageId, source], from, length, finder }) => {
        const lines = source.split('\n');
        const first = Math.floor(from * (lines.length - 1));
        const selection = lines.slice(first, first + length).join('\n');
        const result = await reformatCode(syntax, { languageId, selection, findFormatter: finder });
        // Of half a class the grammar can only guess the structure, and guesses by the layout.
        const { hasErrors } = await parse(languageId, selection);
        const certain = async (text: string): Promise<Partial<Meaning>> => {
          const { structure, ...rest } = await meaning(languageId, text);
          return hasErrors ? rest : { ...rest, structure };
        };
        assert.deepEqual(await certain(result), await certain(selection));
        assert.equal(result.replace(/\s+|\\\n/g, ''), selection.replace(/\s+|\\\n/g, ''));
      }),
      { numRuns: 120 },
    );
  }).timeout(60_000);

  test('without formatters, lines are indented by their brackets', async () => {
    const source = 'class A {\nf() {\nreturn {\na: 1,  \n};\n}\n\n\n}\n';
    const result = await reformatCode(syntax, {
      languageId: 'typescript',
      selection: source,
      findFormatter: withoutFormatters,
    });
    assert.equal(result, 'class A {\n  f() {\n    return {\n      a: 1,\n    };\n  }\n\n}\n');
  });

  test('without formatters, indentation with meaning stays', async () => {
    const selection = 'if a:\n      b  \n      c\n';
    const result = await reformatCode(syntax, {
      languageId: 'python',
      selection,
      findFormatter: withoutFormatters,
    });
    assert.equal(result, 'if a:\n      b\n      c\n');
  });
});
