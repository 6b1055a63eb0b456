import assert from 'node:assert/strict';
import { proveReformat } from '../../../../src/drafts/proof/proof';
import { syntax } from '../../syntax/service';

/** Language, text, the same text with other white space. */
type Pair = readonly [languageId: string, base: string, proposed: string];

/** White space that means nothing in the language. */
const FREE: readonly Pair[] = [
  ['shellscript', 'a $( b )|c\n', 'a $(b) | c\n'],
  ['shellscript', '(a)|b\n', '( a ) |\nb\n'],
  ['ruby', 'a\n  .b\n  # c\n  .d\n', 'a\n.b\n# c\n.d\n'],
  ['typescript', 'x = a.b.c(d)\n', 'x = a.\n  b.\n  c(d)\n'],
  ['typescript', 'x = a > b\n', 'x = a >\n  b\n'],
  ['python', 'if a:\n  b(1,\n2)\nelse:\n  c\n', 'if a:\n\tb(1, 2)\n\n\nelse:\n\tc\n'],
  ['python', 'x = [1,\n\n2]\n', 'x = [\n    1, 2\n]\n'],
  ['python', 'x = a + \\\n  b\n', 'x = a + b\n'],
  ['python', 'x=-1\ny = a@b\n', 'x = -1\ny = a @ b\n'],
  ['go', 'package a\n\nfunc f() { g(a, b) }\n', 'package a\n\nfunc f() {\n\tg(a,\n\t\tb)\n}\n'],
  ['javascript', 'if (a) b()\nelse c()\n', 'if (a)\n  b()\nelse\n  c()\n'],
  ['javascript', 'const f = (a) => a\n', 'const f = (a) =>\n  a\n'],
  ['javascript', 'f(a)\n  .then(b)\n', 'f(a).then(b)\n'],
  ['javascript', 'x = a ? b : c\n', 'x = a\n  ? b\n  : c\n'],
  ['javascript', 'function f() {} g()\n', 'function f() {\n}\ng()\n'],
  ['javascript', 'a = b+ +c\n', 'a = b + +c\n'],
  ['typescript', 'class A extends B {}\n', 'class A\n  extends B {}\n'],
  ['typescript', 'let a: Map<string, Set<x>>\n', 'let a: Map<\n  string,\n  Set<x>\n>\n'],
  ['typescript', 'let a: Map<b, Set<x>>\n', 'let a: Map<\n  b,\n  Set<\n    x\n  >\n>\n'],
  ['typescript', 'f<A>(b)\n', 'f<\n  A\n>(b)\n'],
  ['typescript', 'type A = B | C\n', 'type A =\n  B |\n  C\n'],
  ['typescript', 'let a: Map<string, Set<x>>\n', 'let a: Map<string, Set<x> >\n'],
  ['typescriptreact', 'a = <p b="c" d><e/></p>\n', 'a = <p\n  b="c"\n  d\n>\n  <e />\n</p>\n'],
  ['typescriptreact', 'a = <p>b&lt;\n  c</p>\n', 'a = <p>b&lt;\n\n    c</p>\n'],
  ['typescriptreact', 'a = <p>&lt;b</p>\n', 'a = <p>\n  &lt;b\n</p>\n'],
  ['shellscript', 'if a; then b; fi\n', 'if a; then\n  b;\nfi\n'],
  ['shellscript', 'a|b >c\n', 'a |\n  b > c\n'],
  ['shellscript', 'f() { a; }\n', 'f()\n{\n  a;\n}\n'],
  ['shellscript', 'x=(1 2)\n', 'x=(\n  1\n  2\n)\n'],
  ['css', 'a{--b: 1, 2; c: d, e}\n', 'a{--b: 1, 2;c:d,e}\n'],
  ['css', 'a>b,c{d:e}\n', 'a > b,\nc {\n  d: e\n}\n'],
  ['css', '@media (a:b){c{d:e}}\n', '@media (a: b) {\n  c { d: e }\n}\n'],
  ['c', 'int f(void){return !a;}\n', 'int f(void)\n{\n  return ! a;\n}\n'],
  ['c', '#define A(x) x\nint a;\n', '#define A(x)   x\nint   a;\n'],
  ['c', '/* a */\n#define B 1\n', '/* a */ #define B 1\n'],
  ['c', '#define B 1\n/* a\n*/\n#define C 1\n', '#define B 1\n/* a\n*/ #define C 1\n'],
  ['cpp', 'A<B<int> > a;\n', 'A<B<int>> a;\n'],
  ['rust', 'fn f(){let a=0..2;}\n', 'fn f() {\n    let a = 0 .. 2;\n}\n'],
  ['java', 'class A{int a=b- -c;}\n', 'class A {\n  int a = b - -c;\n}\n'],
  ['csharp', 'class A{int? B=>c;}\n', 'class A\n{\n    int? B => c;\n}\n'],
  ['php', '<?php f( $a );\n', '<?php\nf($a);\n'],
  ['ruby', 'f(a,b)\nx=a+b\n', 'f(a, b)\nx = a + b\n'],
  ['json', '{"a":[1,-2]}\n', '{\n  "a": [1, -2]\n}\n'],
];

/** White space that the language refuses or reads as something else. */
const TELLING: readonly Pair[] = [
  ['c', '#define A 1\n/* b */\n#define C 1\n', '#define A 1\n/* b */#define\n  C 1\n'],
  ['c', '#define A 1\n/* b */\n#define C 1\n', '#define A 1\n/* b */ \\\n#define\n  C 1\n'],
  ['c', '/* b */ #define A 1\n', '/* b */ #define\nA 1\n'],
  ['c', '#ifdef A /* b\n */\nint c;\n#endif\n', '#ifdef A /* b\n */ int c;\n#endif\n'],
  ['c', '#define A /* b\n */ 1\n', '#define A /* b\n */\n1\n'],
  ['cpp', 'int a; /* b\n*/\n#define C 1\n', 'int a; /* b\n*/ #define C 1\n'],
  ['csharp', '/* b */\n#if A\nclass B {}\n#endif\n', '/* b */ #if A\nclass B {}\n#endif\n'],
  ['shellscript', 'for m in $(a); do b; done\n', 'for m in$(a); do b; done\n'],
  ['shellscript', '. /usr/`a`\n', '. /usr/ `a`\n'],
  ['shellscript', 'a <(b) >(c)\n', 'a <(b)>(c)\n'],
  ['shellscript', "a 'b'\\ c\n", "a 'b'\\\tc\n"],
  ['shellscript', 'a $b\n\n# c\nd\n', 'a $b\\\n# c\nd\n'],
  ['shellscript', 'a $(b) #c\n', 'a $(b)#c\n'],
  ['shellscript', 'case a in\n  b | c) d ;;\nesac\n', 'case a in\n  b |\n  c) d ;;\nesac\n'],
  ['ruby', 'a = %w[b c]\n', 'a = %w[b \\\n c]\n'],
  ['ruby', 'x = a ? b : c\n', 'x = a ? b :\\\nc\n'],
  ['ruby', 'a\n  .b\n', 'a\n\n  .b\n'],
  ['ruby', 'a = <<~X + b\n  c\nX\n', 'a = <<~X \\\n + b\n  c\nX\n'],
  ['php', '<?php echo 1 ?>\n', '<?php echo 1 ?>\n  '],
  ['php', '<?php $a = (int) $b;\n', '<?php $a = (\nint\n) $b;\n'],
  ['typescript', '@a.b c() {}\n', '@a.\nb c() {}\n'],
  ['typescript', 'x = a.b instanceof c\n', 'x = a.\n  b instanceof c\n'],
  ['typescript', 'x = a < b > c\n', 'x = a < b >\n  c\n'],
  ['typescriptreact', 'x = <a.b c="d" />\n', 'x = <a.\n  b c="d" />\n'],
  ['typescriptreact', 'a = <p>b&lt;c</p>\n', 'a = <p>b&lt;\n  c</p>\n'],
  ['typescriptreact', 'a = <p>b&lt;c</p>\n', 'a = <p>b\n  &lt;c</p>\n'],
  ['typescriptreact', 'a = <p>&lt;&gt;</p>\n', 'a = <p>&lt;\n&gt;</p>\n'],
  ['python', 'a = 1\nb = 2\n', 'a = 1\n  b = 2\n'],
  ['python', 'if a:\n  b\n  c\n', 'if a:\n  b\n   c\n'],
  ['python', 'if a:\n  if b:\n    c\n  d\n', 'if a:\n  if b:\n    c\n   d\n'],
  ['python', 'if a:\n        b\n        c\n', 'if a:\n        b\n\tc\n'],
  ['python', 'x = a + b\n', 'x = a +\\\n\n b\n'],
  ['python', 'assert a, b\n', 'assert a,\n  b\n'],
  ['python', 'from a import b\n', 'from a import\\\n\nb\n'],
  ['python', 'x = 1 if a else 2\n', 'x = 1if a else 2\n'],
  ['python', '@a\ndef f(): pass\n', '@a def f(): pass\n'],
  ['python', 'f(a) .b\n', 'f(a)\n.b\n'],
  [
    'go',
    'package a\n\nfunc f() {\n\tx := []int{1}\n}\n',
    'package a\n\nfunc f() {\n\tx := []int{1\n\t}\n}\n',
  ],
  [
    'go',
    'package a\n\nfunc f() int {\n\treturn a\n}\n',
    'package a\n\nfunc f() int {\n\treturn\n\ta\n}\n',
  ],
  [
    'go',
    'package a\n\nfunc f() {\n\tif a {\n\t} else {\n\t}\n}\n',
    'package a\n\nfunc f() {\n\tif a {\n\t}\n\telse {\n\t}\n}\n',
  ],
  ['go', 'package a\n\nfunc f() {\n\tg()\n}\n', 'package a\n\nfunc f()\n{\n\tg()\n}\n'],
  ['go', 'package a\n\nvar x = a < -b\n', 'package a\n\nvar x = a <-b\n'],
  ['javascript', 'x = async (a) => a\n', 'x = async\n(a) => a\n'],
  ['javascript', 'async function f() {}\n', 'async\nfunction f() {}\n'],
  ['javascript', 'for (;;) { break a }\n', 'for (;;) { break\na }\n'],
  ['javascript', 'function* f() { yield a }\n', 'function* f() { yield\na }\n'],
  ['javascript', 'a++\nb\n', 'a\n++\nb\n'],
  ['javascript', 'a = b + +c\n', 'a = b ++c\n'],
  ['javascript', 'a = 1 .x\n', 'a = 1.x\n'],
  ['javascript', 'a = b / /c/.d\n', 'a = b //c/.d\n'],
  ['typescript', 'type A = b\n', 'type\nA = b\n'],
  ['typescript', 'declare const a: b\n', 'declare\nconst a: b\n'],
  ['typescript', 'namespace A {}\n', 'namespace\nA {}\n'],
  ['typescript', 'class A { readonly x = 1 }\n', 'class A { readonly\nx = 1 }\n'],
  ['typescript', 'class A { private f() {} }\n', 'class A { private\nf() {} }\n'],
  ['typescript', 'x = a as b\n', 'x = a\nas b\n'],
  ['typescript', 'x = a!\n', 'x = a\n!\n'],
  ['typescript', 'let a: B<c>\n', 'let a: B\n<c>\n'],
  ['typescriptreact', 'a = <p>b {c}</p>\n', 'a = <p>b{c}</p>\n'],
  ['shellscript', '[ -f a ]\n', '[ -f a]\n'],
  ['shellscript', 'a > b\n', 'a >\nb\n'],
  ['shellscript', 'echo a 2>b\n', 'echo a 2 >b\n'],
  ['shellscript', 'a && b\n', 'a\n&& b\n'],
  ['shellscript', 'if a; then b; fi\n', 'if\\\na; then b; fi\n'],
  ['shellscript', '( (a) )\n', '((a))\n'],
  ['shellscript', 'a b\n', 'a\\\nb\n'],
  ['shellscript', 'for a in b; do c; done\n', 'for a\nin\nb; do c; done\n'],
  ['shellscript', 'cat <<X | b\ny\nX\n', 'cat <<X |\nb\ny\nX\n'],
  ['css', 'a .b{c:d}\n', 'a.b{c:d}\n'],
  ['css', 'a:is(b) c{d:e}\n', 'a:is(b)c{d:e}\n'],
  ['css', 'a{b:calc(1px + 2px)}\n', 'a{b:calc(1px +2px)}\n'],
  ['css', 'a{--b: 1, 2}\n', 'a{--b: 1,2}\n'],
  ['css', 'a{--b:c d}\n', 'a{--b:c  d}\n'],
  ['css', 'a{b:f (c)}\n', 'a{b:f(c)}\n'],
  ['css', '@media not (a:b){c{d:e}}\n', '@media not(a:b){c{d:e}}\n'],
  ['c', '#define A (x)\n', '#define A(x)\n'],
  ['c', 'int a\\\n b;\n', 'int a\\\nb;\n'],
  ['c', '#define A x\nint a;\n', '#define A x int a;\n'],
  ['c', '#ifndef A\n#define A\n#endif\n', '#ifndef A \\\n #define A\n#endif\n'],
  ['c', 'int a = 0xe +1;\n', 'int a = 0xe+1;\n'],
  ['cpp', 'auto a = "b" _c;\n', 'auto a = "b"_c;\n'],
  ['rust', 'fn f() { a & &b; }\n', 'fn f() { a &&b; }\n'],
  ['rust', "fn f<'a>() { b!(c 'a); }\n", "fn f<'a>() { b!(c'a); }\n"],
  ['java', 'class A{int a=b- -c;}\n', 'class A{int a=b--c;}\n'],
  ['php', '<?php /* a */ f();\n', '<?php/* a */ f();\n'],
  ['php', '<?php f() ?>\n a\n', '<?php f() ?>\n\n a\n'],
  ['php', '<?php echo 1 . 2;\n', '<?php echo 1 .2;\n'],
  ['php', '<?php a\\b();\n', '<?php a \\b();\n'],
  ['ruby', 'f (a)\n', 'f(a)\n'],
  ['ruby', 'f [a]\n', 'f[a]\n'],
  ['ruby', 'f - a\n', 'f -a\n'],
  ['ruby', 'a ? b : c\n', 'a ?b : c\n'],
  ['ruby', 'return a\n', 'return\na\n'],
  ['ruby', 'f <<X, a\nb\nX\n', 'f <<X,\na\nb\nX\n'],
  ['json', '[-1]\n', '[- 1]\n'],
];

/** Characters that look like white space, and are no such thing to any proof. */
const CHARACTERS = ['\u00a0', '\ufeff', '\u2028', '\v', '\f', '\u0085'];

async function verdict([languageId, base, proposed]: Pair): Promise<string> {
  return (await proveReformat({ base, proposed, languageId, syntax })).verdict;
}

suite('proveReformat, gap by gap', () => {
  for (const pair of FREE) {
    test(`${pair[0]}: means nothing: ${JSON.stringify(pair[2])}`, async () => {
      assert.equal(await verdict(pair), 'verified');
    });
  }

  for (const pair of TELLING) {
    test(`${pair[0]}: is not verified: ${JSON.stringify(pair[2])}`, async () => {
      assert.notEqual(await verdict(pair), 'verified');
    });
  }

  test('names the place that no rule covers', async () => {
    const base = 'class A {\n  b = 1\n  accessor c = 1\n}\n';
    const proposed = base.replace('accessor c', 'accessor\n  c');
    const proof = await proveReformat({
      base,
      proposed,
      languageId: 'typescript',
      syntax,
    });
    assert.equal(proof.verdict === 'unverified' && proof.reason, 'white-space');
    assert.deepEqual(
      proof.differences.map(({ kind, line }) => `${kind} ${String(line)}`),
      ['white-space 4'],
    );
  });

  for (const character of CHARACTERS) {
    const code = character.codePointAt(0)?.toString(16) ?? '';
    test(`U+${code} is no white space`, async () => {
      for (const languageId of ['javascript', 'python', 'go', 'java', 'css', 'json']) {
        const pair: Pair = [languageId, '[1, 2]\n', `[1,${character}2]\n`];
        assert.notEqual(await verdict(pair), 'verified', languageId);
      }
      const comment: Pair = ['javascript', '// a\nb\n', `// a${character}\nb\n`];
      assert.notEqual(await verdict(comment), 'verified');
    });
  }
});

suite('The first line of a program', () => {
  for (const languageId of ['javascript', 'shellscript', 'python', 'ruby']) {
    test(`${languageId}: nothing comes before what runs it`, async () => {
      const base = '#!/usr/bin/env x\na\n';
      for (const proposed of [` ${base}`, `\n${base}`]) {
        const { verdict } = await proveReformat({ base, proposed, languageId, syntax });
        assert.notEqual(verdict, 'verified');
      }
    });
  }
});
