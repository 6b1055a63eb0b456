import assert from 'node:assert/strict';
import { proveDocstring, proveReformat } from '../../../../src/drafts/proof/proof';
import type { SyntaxService } from '../../../../src/syntax/syntax';
import { syntax } from '../../syntax/service';
import { type ProofCase, checkProof, writeProof } from './proofNotation';

suite('proveReformat', () => {
  const cases: readonly ProofCase[] = [
    {
      name: 'layout alone',
      languageId: 'typescript',
      base: 'const a={b:1,\n  c}\n',
      proposed: 'const a = { b: 1, c }\n',
      result: 'verified only-layout-changed',
    },
    {
      name: 'a comment indented again',
      languageId: 'typescript',
      base: 'f(); /* a\n     b */\n',
      proposed: 'f();\n/* a\n   b */\n',
      result: 'verified only-layout-changed',
    },
    {
      name: 'a variable renamed on the way',
      languageId: 'typescript',
      base: 'function f(count) {\nreturn count+1;\n}\n',
      proposed: 'function f(total) {\n  return total + 1;\n}\n',
      result: 'changed; 1 code count -> total; 2 code count -> total',
    },
    {
      name: 'trailing commas and semicolons',
      languageId: 'typescript',
      base: 'const a = [1,\n2]\nf(a,\nb)\n',
      proposed: 'const a = [\n  1,\n  2,\n];\nf(\n  a,\n  b,\n);\n',
      result:
        'changed; 3 punctuation nothing -> ,; 4 punctuation nothing -> ;; ' +
        '7 punctuation nothing -> ,; 8 punctuation nothing -> ;',
    },
    {
      name: 'a trailing comma removed',
      languageId: 'python',
      base: 'f(a, b,)\n',
      proposed: 'f(a, b)\n',
      result: 'changed; 1 punctuation , -> nothing',
    },
    {
      name: 'a comma whose loss changes the value',
      languageId: 'python',
      base: 'x = (a,)\n',
      proposed: 'x = (a)\n',
      result: 'changed; 1 structure x = (a,) -> x = (a); 1 punctuation , -> nothing',
    },
    {
      name: 'quotes',
      languageId: 'python',
      base: "x = ['a', 'it\\'s']\n",
      proposed: 'x = ["a", "it\'s"]\n',
      result: `changed; 1 quotes 'a' -> "a"; 1 quotes 'it\\'s' -> "it's"`,
    },
    {
      name: 'a backslash in a raw string',
      languageId: 'python',
      base: "x = r'\\''\n",
      proposed: 'x = r"\'"\n',
      result: `changed; 1 code r'\\'' -> r"'"`,
    },
    {
      name: 'an operator removed',
      languageId: 'typescript',
      base: 'type A = B | C;\n',
      proposed: 'type A = B\nC;\n',
      result: 'changed; 2 code | -> nothing',
    },
    {
      name: 'quotes that matter',
      languageId: 'shellscript',
      base: "echo '$a'\n",
      proposed: 'echo "$a"\n',
      result: `changed; 1 code '$a' -> "$a"`,
    },
    {
      name: 'quotes with another content',
      languageId: 'javascript',
      base: "f('a')\n",
      proposed: 'f("b")\n',
      result: `changed; 1 code 'a' -> "b"`,
    },
    {
      name: 'parentheses',
      languageId: 'javascript',
      base: 'f(x => x)\n',
      proposed: 'f((x) => x)\n',
      result: 'changed; 1 punctuation nothing -> (; 1 punctuation nothing -> )',
    },
    {
      name: 'a value torn from its return',
      languageId: 'javascript',
      base: 'function f() {\n  return a\n}\n',
      proposed: 'function f() {\n  return\n  a\n}\n',
      result: 'changed; 3 structure return a -> a',
    },
    {
      name: 'a comment removed',
      languageId: 'go',
      base: 'func F() {} // f\n',
      proposed: 'func F() {}\n',
      result: 'changed; 1 comment // f -> nothing',
    },
    {
      name: 'a comment added',
      languageId: 'go',
      base: 'func F() {}\n',
      proposed: '// F.\nfunc F() {}\n',
      result: 'changed; 1 comment nothing -> // F.',
    },
    {
      name: 'a line moved into a block',
      languageId: 'python',
      base: 'if a:\n  b()\nc()\n',
      proposed: 'if a:\n    b()\n    c()\n',
      result: 'changed; 3 structure c() -> c()',
    },
    {
      name: 'blocks indented otherwise',
      languageId: 'python',
      base: 'if a:\n  b()\nc( 1 )\n',
      proposed: 'if a:\n\tb()\n\n\nc(1)\n',
      result: 'verified only-layout-changed',
    },
    {
      name: 'white space inside a template',
      languageId: 'typescript',
      base: 'f(`a\n  b`);\n',
      proposed: 'f(`a\n    b`);\n',
      result: 'changed; 1 code `a\n  b` -> `a\n    b`',
    },
    {
      name: 'a draft that breaks the syntax',
      languageId: 'java',
      base: 'class A { int f() { return 1; } }\n',
      proposed: 'class A { int f() { return 1; }\n',
      result: 'changed; 1 code } -> nothing',
    },
    {
      name: 'a text that was broken before',
      languageId: 'java',
      base: 'class A { int f( { return 1; } }\n',
      proposed: 'class A {\n  int f( { return 1; }\n}\n',
      result: 'unverified syntax-errors',
    },
    {
      name: 'a language without grammar',
      languageId: 'cobol',
      base: 'a  b\n',
      proposed: 'a b\n',
      result: 'unverified no-grammar',
    },
  ];
  for (const given of cases) {
    test(`${given.name} (${given.languageId})`, async () => {
      assert.equal(await checkProof(proveReformat, given), given.result);
    });
  }

  test('counts what a formatter does on purpose', async () => {
    const result = await proveReformat({
      base: "f('a', [\n  1\n]);\ng(\n  1\n)\nh(x => 1,);[,a]=b\n",
      proposed: 'f("a", [\n  1,\n]);\ng(\n  1,\n);\nh((x) => 1);[a]=b\n',
      languageId: 'typescript',
      syntax,
    });
    assert.deepEqual(result.verdict === 'changed' && result.counts, {
      trailingCommasAdded: 2,
      trailingCommasRemoved: 1,
      semicolonsAdded: 1,
      semicolonsRemoved: 0,
      quotesChanged: 1,
      otherPunctuation: 3,
      comments: 0,
      directives: 0,
      structure: 0,
      code: 0,
    });
  });

  test('quotes do not hide what else changed beside them', async () => {
    const result = await proveReformat({
      base: 'type A =\n  | "a"\n  | "b"\n',
      proposed: "type A = 'a' | 'c';\n",
      languageId: 'typescript',
      syntax,
    });
    assert.equal(
      writeProof(result),
      `changed; 1 code "b" -> 'c';; 1 punctuation | -> nothing; 1 quotes "a" -> 'a'`,
    );
  });

  test('lists code before punctuation when there is not room for both', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => `call(${String(index)})\n`);
    const result = await proveReformat({
      base: lines.join(''),
      proposed: lines.map((line) => line.replace('\n', ';\n').replace('99', '98')).join(''),
      languageId: 'typescript',
      syntax,
    });
    assert.equal(result.differenceCount, 101);
    assert.equal(result.differences.length, 50);
    assert.deepEqual(result.differences.at(-1), {
      kind: 'code',
      line: 100,
      before: '99',
      after: '98',
    });
  });

  test('lists the first differences, counts all and cuts long texts', async () => {
    const names = Array.from({ length: 80 }, (_, index) => `x${'y'.repeat(300)}${String(index)}`);
    const result = await proveReformat({
      base: names.map((name) => `${name};\n`).join(''),
      proposed: names.map((name) => `${name}z;\n`).join(''),
      languageId: 'typescript',
      syntax,
    });
    assert.equal(result.verdict, 'changed');
    assert.equal(result.differenceCount, 80);
    assert.equal(result.differences.length, 50);
    assert.equal(result.differences[49]?.line, 50);
    for (const { before } of result.differences) assert.equal(before.length, 200);
  });

  test('thousands of changed tokens are compared in little time', async () => {
    const lines = Array.from(
      { length: 3000 },
      (_, index) => `call(a, ${String(index % 10)}, b);\n`,
    );
    const result = await proveReformat({
      base: lines.join(''),
      proposed: lines.map((line) => line.replace('a', 'c').replace('b', 'd')).join(''),
      languageId: 'typescript',
      syntax,
    });
    assert.equal(result.verdict, 'changed');
    assert.ok(result.differenceCount > 0);
  });
});

suite('Proofs of a part of a document', () => {
  const context = { before: 'class A {\n  x = 1;\n\n', after: '}\n' };
  const base = '  get f() { return 1 }\n';

  test('lines count from the start of the range', async () => {
    const result = await proveReformat({
      base,
      proposed: '  get f() {\n    return 2\n  }\n',
      languageId: 'typescript',
      syntax,
      context,
    });
    assert.equal(writeProof(result), 'changed; 2 code 1 -> 2');
  });

  test('a selection inside a string is not taken for code', async () => {
    const input = {
      base: 'a  b\n',
      proposed: 'a b\n',
      languageId: 'typescript',
      syntax,
    };
    assert.equal((await proveReformat(input)).verdict, 'unverified');
    const inString = { ...input, context: { before: 'f(`\n', after: '`);\n' } };
    assert.equal((await proveReformat(inString)).verdict, 'changed');
  });

  test('errors elsewhere in the document do not keep a whole range from being proved', async () => {
    const input = { base: 'f( 1 );\n', proposed: 'f(1);\n', languageId: 'typescript', syntax };
    const broken = { ...input, context: { before: 'function g( {\n', after: '' } };
    assert.equal((await proveReformat(broken)).verdict, 'verified');
  });

  test('but a range that cuts a token of the document is not proved alone', async () => {
    const input = { base: 'f( 1 );\n', proposed: 'f(1);\n', languageId: 'typescript', syntax };
    const cut = { ...input, context: { before: 'g( {\nx = `', after: '`;\n' } };
    assert.notEqual((await proveReformat(cut)).verdict, 'verified');
  });

  test('a grammar that cannot be loaded leaves the text unverified', async () => {
    const broken: SyntaxService = { parse: () => Promise.reject(new Error('no file')) };
    const result = await proveDocstring({
      base,
      proposed: `// F.\n${base}`,
      languageId: 'typescript',
      syntax: broken,
    });
    assert.equal(writeProof(result), 'unverified grammar-failed');
  });
});
