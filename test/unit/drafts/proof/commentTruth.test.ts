import assert from 'node:assert/strict';
import { proveDocstring, proveReformat } from '../../../../src/drafts/proof/proof';
import { syntax } from '../../syntax/service';

/** Language, text, the same text with more in it that a grammar takes for a comment. */
type Pair = readonly [languageId: string, base: string, proposed: string];

const NO_COMMENTS: readonly Pair[] = [
  ['csharp', 'class A { }\n', '// a\u2028int b;\nclass A { }\n'],
  ['javascript', 'a()\n', '// a\u2028b()\na()\n'],
  ['java', 'class A { }\n', '// a \\u000a int b;\nclass A { }\n'],
  ['java', 'class A { }\n', '/* a \\u002a/ int b; */\nclass A { }\n'],
  ['java', 'class A { }\n', '// C:\\users\nclass A { }\n'],
  ['css', 'a { b: c }\n', '// d\na { b: c }\n'],
  ['php', '<?php\nf();\n', '<?php\n// a ?> b\nf();\n'],
  ['json', '{"a": 1}\n', '// b\n{"a": 1}\n'],
  ['ruby', 'class A\nend\n', 'class A\n  =begin\n  b\n  =end\nend\n'],
  ['shellscript', 'a=`\nb\n`\n', 'a=`\n# c `d` e\nb\n`\n'],
  ['shellscript', '((a +\nb))\n', '((a +\n# c\nb))\n'],
  ['shellscript', 'a=$((\nb))\n', 'a=$((\n# c\nb))\n'],
  ['shellscript', 'for ((;;\na)); do b; done\n', 'for ((;;\n# c\na)); do b; done\n'],
  ['rust', 'fn f(a: i32) {}\n', 'fn f(/// A.\na: i32) {}\n'],
  ['rust', 'fn f() -> i32 {\n    1\n}\n', 'fn f() -> i32 {\n    /// One.\n    1\n}\n'],
  ['rust', 'struct A {\n}\n', 'struct A {\n/// Nothing.\n}\n'],
  ['go', 'package a\n\nimport "C"\n', 'package a\n\n// int b;\nimport "C"\n'],
  ['go', 'package a\n', '//go:build ignore\n\npackage a\n'],
  ['go', '//go:build linux\n\npackage a\n', '//go:build linux\n// Package a.\npackage a\n'],
  [
    'python',
    'def f():\n    (f"a" "b")\n    return 1\n',
    'def f():\n    """New."""\n    return 1\n',
  ],
  ['typescript', 'f()\n', '// @ts-nocheck\nf()\n'],
  ['python', 'def f():\n    return 1\n', '# -*- coding: latin-1 -*-\ndef f():\n    return 1\n'],
];

const COMMENTS: readonly Pair[] = [
  ['csharp', 'class A { }\n', '// a b\nclass A { }\n'],
  ['java', 'class A { }\n', '// a \\u0041 b\nclass A { }\n'],
  ['rust', 'struct A {\n    b: i32,\n}\n', '/// A.\nstruct A {\n    /// B.\n    b: i32,\n}\n'],
  ['rust', 'fn f() -> i32 {\n    1\n}\n', '// One.\nfn f() -> i32 {\n    1\n}\n'],
  ['shellscript', 'a=$(\nb\n)\n', 'a=$(\n# c `d` e\nb\n)\n'],
  ['shellscript', 'for ((;;a)); do\nb; done\n', 'for ((;;a)); do # c\nb; done\n'],
  ['go', 'package a\n\nimport "b"\n', '// Package a.\npackage a\n\nimport "b"\n'],
  [
    'go',
    '//go:build linux\n\npackage a\n\nfunc F() {}\n',
    '//go:build linux\n\n// Package a.\npackage a\n\nfunc F() {}\n',
  ],
  [
    'go',
    'package a\n\ntype T struct {\n\tB\n\t*C\n}\n',
    'package a\n\ntype T struct {\n\t// B.\n\tB\n\t// C.\n\t*C\n}\n',
  ],
  [
    'typescript',
    'interface A {\n  [b: string]: c;\n  new (): A;\n  (): void;\n}\n',
    'interface A {\n  /** B. */\n  [b: string]: c;\n  /** New. */\n  new (): A;\n  /** Call. */\n  (): void;\n}\n',
  ],
  [
    'javascript',
    'function f() {}\nmodule.exports = { f };\n',
    'function f() {}\n/** F. */\nmodule.exports = { f };\n',
  ],
  [
    'cpp',
    'class A {\n  friend int f(A a) { return 1; }\n};\n',
    'class A {\n  /** F. */\n  friend int f(A a) { return 1; }\n};\n',
  ],
  [
    'python',
    'def f():\n    ("Old "\n     "one.")\n    return 1\n',
    'def f():\n    """New."""\n    return 1\n',
  ],
];

/** Comments that speak to tools, moved away from what they speak of. */
const MOVED: readonly Pair[] = [
  ['typescript', '// @ts-expect-error\nf(a)\ng()\n', '// @ts-expect-error\n\nf(a)\ng()\n'],
  ['typescript', 'f(a) // eslint-disable-line\n', 'f(a)\n// eslint-disable-line\n'],
  ['python', 'f( a )  # noqa\n', 'f(a)\n# noqa\n'],
];

const verdictOf = async (prove: typeof proveDocstring, pair: Pair): Promise<string> => {
  const [languageId, base, proposed] = pair;
  return (await prove({ base, proposed, languageId, syntax })).verdict;
};

suite('Proofs, what is a comment', () => {
  for (const pair of NO_COMMENTS) {
    test(`${pair[0]}: not ${JSON.stringify(pair[2])}`, async () => {
      assert.notEqual(await verdictOf(proveDocstring, pair), 'verified');
    });
  }

  for (const pair of COMMENTS) {
    test(`${pair[0]}: ${JSON.stringify(pair[2])}`, async () => {
      assert.equal(await verdictOf(proveDocstring, pair), 'verified');
    });
  }

  for (const pair of MOVED) {
    test(`${pair[0]}: moved is not verified: ${JSON.stringify(pair[2])}`, async () => {
      assert.notEqual(await verdictOf(proveReformat, pair), 'verified');
    });
  }

  test('a comment between a directive and its line is not verified', async () => {
    const base = '// eslint-disable-next-line no-eval\nf()\n';
    const pair: Pair = ['javascript', base, base.replace('\nf', '\n// F.\nf')];
    assert.notEqual(await verdictOf(proveDocstring, pair), 'verified');
  });

  test('a docstring that is not indented like its block is not verified', async () => {
    const pair: Pair = [
      'python',
      'def f():\n    return 1\n',
      'def f():\n  """F."""\n    return 1\n',
    ];
    assert.notEqual(await verdictOf(proveDocstring, pair), 'verified');
  });

  test('a text in which nothing changed is verified, whatever it is', async () => {
    const broken: Pair = ['typescript', 'function (', 'function ('];
    assert.equal(await verdictOf(proveReformat, broken), 'verified');
    assert.equal(await verdictOf(proveDocstring, broken), 'verified');
    assert.equal(await verdictOf(proveReformat, ['cobol', 'a\r\n', 'a\n']), 'verified');
  });
});
