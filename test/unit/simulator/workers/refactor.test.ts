import assert from 'node:assert/strict';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { CannotDoError } from '../../../../src/simulator/workers/workerJob';
import { meaning } from '../../syntax/service';
import { SNIPPETS } from '../../syntax/snippets';
import { job } from './job';

function refactor(
  instruction: string,
  selection: string,
  languageId = 'typescript',
): Promise<string> {
  return runWorker(job({ job: 'refactor', languageId, selection, instruction }));
}

suite('Worker: rename', () => {
  test('renames identifiers, not strings, comments or members of others', async () => {
    assert.equal(
      await refactor(
        'Rename count to total',
        'let count = 1; // count\nf(count, "count", a.count, counts);\n',
      ),
      'let total = 1; // count\nf(total, "count", a.count, counts);\n',
    );
  });

  test('renames a declared method wherever it is called', async () => {
    assert.equal(
      await refactor(
        'rename the method `add` to `put`',
        'class A { add(x) { this.add(x); b.add(x); } }',
      ),
      'class A { put(x) { this.put(x); b.put(x); } }',
    );
  });

  test('a shorthand property keeps its key', async () => {
    assert.equal(
      await refactor('rename a to b', 'const a = 1;\nreturn { a, c: a };\n'),
      'const b = 1;\nreturn { a: b, c: b };\n',
    );
  });

  test('an import is no shorthand property', async () => {
    assert.equal(await refactor('rename a to b', 'if (x) { a, c }'), 'if (x) { b, c }');
  });

  test('works in other languages', async () => {
    assert.equal(
      await refactor(
        'Rename value to amount',
        'def f(value):\n    return self.value + value\n',
        'python',
      ),
      'def f(amount):\n    return self.amount + amount\n',
    );
    assert.equal(
      await refactor('rename s to store', 'func (s *S) f() { s.x = 1 }', 'go'),
      'func (store *S) f() { store.x = 1 }',
    );
  });

  test('a name that is taken or missing cannot be done', async () => {
    await assert.rejects(refactor('rename a to b', 'let a = b;'), CannotDoError);
    await assert.rejects(refactor('rename x to y', 'let a = 1;'), CannotDoError);
  });
});

suite('Worker: extract constant', () => {
  test('the literal that is repeated goes before the declaration with its first use', async () => {
    assert.equal(
      await refactor(
        'Extract the repeated string into GREETING',
        "import x from 'y';\n\n/** F. */\nfunction f() {\n  return 'hello' + g('hello');\n}\n",
      ),
      "import x from 'y';\n\nconst GREETING = 'hello';\n\n/** F. */\nfunction f() {\n  return GREETING + g(GREETING);\n}\n",
    );
  });

  test('the literal that is named wins', async () => {
    assert.equal(
      await refactor(
        'Extract magic number 86400 to a constant named DAY_SECONDS',
        'x = 86400 + 7 + 7\n',
        'python',
      ),
      'DAY_SECONDS = 86400\n\nx = DAY_SECONDS + 7 + 7\n',
    );
  });

  test('Java constants go into the class', async () => {
    assert.equal(
      await refactor(
        'extract constant LIMIT',
        'class A {\n    int f(int a) {\n        return a > 50 ? 50 : a;\n    }\n}\n',
        'java',
      ),
      'class A {\n    private static final int LIMIT = 50;\n\n    int f(int a) {\n        return a > LIMIT ? LIMIT : a;\n    }\n}\n',
    );
  });

  test('nothing repeated cannot be done', async () => {
    await assert.rejects(refactor('extract a constant', 'f(2, 3);'), CannotDoError);
  });
});

suite('Worker: const and let', () => {
  test('const where nothing is assigned later, let elsewhere', async () => {
    assert.equal(
      await refactor(
        'Convert var to const or let',
        'function f() {\n  var a = 1;\n  var b;\n  var c = 2;\n  b = a;\n  c += b;\n  for (var i = 0; i < 3; i++) g(i);\n  for (var k of a) { g(k); }\n}\n',
        'javascript',
      ),
      'function f() {\n  const a = 1;\n  let b;\n  let c = 2;\n  b = a;\n  c += b;\n  for (let i = 0; i < 3; i++) g(i);\n  for (const k of a) { g(k); }\n}\n',
    );
  });

  test('what relies on the reach of var stays', async () => {
    const source = 'function f() {\n  if (a) { var x = 1; }\n  return x;\n}\n';
    assert.equal(await refactor('use const instead of var', source, 'javascript'), source);
  });
});

suite('Worker: guard clauses', () => {
  test('a function that ends in one if returns early', async () => {
    assert.equal(
      await refactor(
        'Use a guard clause',
        'function f(a) {\n  log(a);\n  if (a === 1) {\n    g();\n    h();\n  }\n}\n',
      ),
      'function f(a) {\n  log(a);\n  if (a !== 1) {\n    return;\n  }\n  g();\n  h();\n}\n',
    );
  });

  test('conditions are negated with care', async () => {
    const body = (condition: string): string =>
      `void f() {\n    if (${condition}) {\n        g();\n    }\n}\n`;
    const expected: readonly (readonly [string, string])[] = [
      ['!a', 'a'],
      ['a', '!a'],
      ['a && b', '!(a && b)'],
      ['a != b', 'a == b'],
      ['a < b', '!(a < b)'],
      ['!a || b', '!(!a || b)'],
    ];
    for (const [before, after] of expected) {
      const result = await refactor('early return', body(before), 'c');
      assert.ok(result.includes(`if (${after}) {\n        return;\n    }\n    g();`), result);
    }
  });

  test('a function with a result or an else is left alone', async () => {
    await assert.rejects(
      refactor('early return', 'function f() {\n  if (a) {\n    return 1;\n  }\n}\n'),
      CannotDoError,
    );
    await assert.rejects(
      refactor(
        'early return',
        'function f() {\n  if (a) {\n    b();\n  } else {\n    c();\n  }\n}\n',
      ),
      CannotDoError,
    );
  });
});

suite('Worker: other refactors', () => {
  test('output for debugging is removed where it is a line of its own', async () => {
    assert.equal(
      await refactor(
        'Remove the console.log calls',
        'a();\n  console.log(a, `b`);\nif (x) console.log(1);\n// console.log(2)\n',
      ),
      'a();\nif (x) console.log(1);\n// console.log(2)\n',
    );
  });

  test('words of a recipe that are not understood change line ends only', async () => {
    for (const [languageId, source] of Object.entries(SNIPPETS)) {
      const untidy = source.replaceAll(';\n', ';  \n');
      const result = await runWorker(
        job({
          job: 'recipe',
          answer: 'replacement',
          languageId,
          selection: untidy,
          instruction: 'Make it nicer',
        }),
      );
      assert.deepEqual(
        await meaning(languageId, result),
        await meaning(languageId, untidy),
        languageId,
      );
      assert.doesNotMatch(result, /; +\n/);
    }
  });
});
