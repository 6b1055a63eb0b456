import assert from 'node:assert/strict';
import fc from 'fast-check';
import { meaning, parse } from './service';
import { SNIPPETS } from './snippets';

type Pair = readonly [languageId: string, before: string, after: string];

/** Only layout differs: the proof must hold. */
const SAME: readonly Pair[] = [
  ['typescript', 'const a = [1,2];', 'const a = [\n  1,\n  2\n];'],
  ['typescript', 'if(a){b()}', 'if (a) {\n  b()\n}'],
  ['typescript', 'f(a) // x', '// x\nf(a)'],
  ['typescript', 'let a = 1\nlet b = 2', 'let a = 1;\nlet b = 2;'.replaceAll(';', '')],
  ['typescriptreact', 'a = <p>a b\n   c</p>', 'a = <p>\n  a b c\n</p>'],
  ['typescriptreact', 'a = <p><b/>\n\n<i/></p>', 'a = <p>\n<b/><i/>\n</p>'],
  ['python', 'f( a,b )', 'f(\n    a,\n    b\n)'],
  ['python', 'if a:\n  b\n  c\n', 'if a:\n    b\n\n    c\n'],
  ['python', 'x = a + \\\n  b\n', 'x = a + b\n'],
  ['python', 'def f():\n\t"""D."""\n\treturn 1\n', 'def f():\n    """D."""\n    return 1\n'],
  ['go', 'func f( a int )int{return a}', 'func f(a int) int {\n\treturn a\n}\n'],
  ['go', 'x := []int{1,2}', 'x := []int{\n\t1, 2}'],
  ['java', 'class A{int f(){return 1;}}', 'class A {\n  int f() {\n    return 1;\n  }\n}'],
  ['c', '#define A(x) \\\n   x  +  1\nint a;', '#define A(x) x + 1\nint   a;'],
  ['c', '#if A && \\\n  B\nint a;\n#endif', '#if A && B\n  int a;\n#endif'],
  ['c', '#define A(x) f( x )+1', '#define A(x) \\\n  f(x) + 1'],
  ['c', '#if A\n#  define B\n#endif', '#if A\n#define B\n#endif'],
  ['c', 'int f(void)\n{ return 1; }', 'int f(void) { return 1; }'],
  ['cpp', 'A<B<int> > a;', 'A<B<int>> a;'],
  ['rust', 'fn f()->i32{1}', 'fn f() -> i32 {\n    1\n}'],
  ['csharp', '#region a\nclass A{}\n#endregion', '#region a\nclass A\n{\n}\n#endregion'],
  ['php', '<?php if($a){b();}', '<?php\nif ($a) {\n    b();\n}'],
  ['ruby', 'f( a,\n  b )', 'f(a, b)'],
  ['ruby', 'a\n  .b', 'a.b'],
  ['shellscript', 'a  b \\\n  c', 'a b c'],
  ['shellscript', 'f(){ a; }', 'f() {\n  a\n}'.replace('\n}', ';\n}')],
  ['css', 'a{b:c}', 'a {\n  b: c\n}'],
  ['css', 'a,b>c{}', 'a,\nb > c {\n}'],
  ['json', '{"a":[1,2]}', '{\n  "a": [\n    1,\n    2\n  ]\n}'],
];

/** Something besides layout differs, be it by white space alone: the proof must fail. */
const DIFFERENT: readonly Pair[] = [
  ['typescript', 'function f() { return a }', 'function f() { return\na }'],
  ['typescript', 'a\n++b', 'a++\nb'],
  ['typescript', 'a = b\n(c)', 'a = b;\n(c)'],
  ['typescript', 'f(`a b`)', 'f(`a  b`)'],
  ['typescript', 'f("a")', 'f("b")'],
  ['typescript', 'a + b', 'a - b'],
  ['typescript', 'a.b.c', 'a.b.d'],
  ['typescript', 'f(() => { a })', 'f(() => ({ a }))'],
  ['javascript', 'if (a) { b }\nc', 'if (a) { b\nc }'],
  ['typescriptreact', 'a = <p>a <b/></p>', 'a = <p>a<b/></p>'],
  ['typescriptreact', 'a = <p><b/> <i/></p>', 'a = <p><b/><i/></p>'],
  ['typescriptreact', 'a = <p>a b</p>', 'a = <p>a c</p>'],
  ['python', 'if a:\n    b\n    c\n', 'if a:\n    b\nc\n'],
  ['python', 'a\nb\n', 'a; c\n'],
  ['python', 'f("a b")', 'f("a  b")'],
  ['python', 'x = (a)', 'x = (a,)'],
  [
    'python',
    'while a:\n  if b:\n    c\n  else:\n    d\n',
    'while a:\n  if b:\n    c\nelse:\n  d\n',
  ],
  ['go', 'func f() { return\na() }', 'func f() { return a() }'],
  ['go', 'x := "a b"', 'x := "a  b"'],
  ['go', 'a := b\n(c)()', 'a := b(c)()'],
  ['java', 'int a = b - -c;', 'int a = b --c;'],
  ['java', 'class A { int a; }', 'class A { long a; }'],
  ['c', '#define A 1\nint x;', '#define A 1 int x;\n'],
  ['c', '#define A(x) x', '#define A (x) x'],
  ['c', '#ifdef A\nf();\n#endif', '#ifdef A f();\n#endif'],
  ['c', '#define A\n(x);', '#define A (x);\n'],
  ['c', '#define A "a b"', '#define A "a  b"'],
  ['c', '#define A x + +y', '#define A x ++y'],
  ['c', '#define A x y', '#define A xy'],
  ['c', 'f();\n#ifdef A\n#endif', 'f(); #ifdef A\n#endif'],
  ['rust', 'fn f() -> i32 { 1 }', 'fn f() -> i32 { 1; }'],
  ['rust', 'a!("a b")', 'a!("a  b")'],
  ['csharp', '#if A\nF();\n#endif', '#if A F();\n#endif'],
  ['csharp', 'var a = @"a b";', 'var a = @"a  b";'],
  ['php', '<?php $a = "a b";', '<?php $a = "a  b";'],
  ['php', '<p>a b</p>', '<p>a  b</p>'],
  ['ruby', 'f\n(a)', 'f(a)'],
  ['ruby', 'x = a\n-b', 'x = a - b'],
  ['ruby', 'f -b', 'f - b'],
  ['ruby', 'a = <<~X\n  a\nX\n', 'a = <<~X\n    a\n  b\nX\n'],
  ['shellscript', 'a b\nc', 'a b c'],
  ['shellscript', 'a=b', 'a = b'],
  ['shellscript', 'a "b"c', 'a "b" c'],
  ['shellscript', 'cat <<X\n a\nX\n', 'cat <<X\n  a\nX\n'],
  ['shellscript', 'a; b', 'a & b'],
  ['css', 'a .b {}', 'a.b {}'],
  ['css', 'a :hover {}', 'a:hover {}'],
  ['css', 'a { b: 10px -2px }', 'a { b: 10px-2px }'],
  ['css', 'a { b: 1px }', 'a { b: 1 px }'],
  ['json', '{"a b":1}', '{"a  b":1}'],
];

const COMMENTS: Readonly<Record<string, string>> = {
  python: '# note',
  ruby: '# note',
  shellscript: '# note',
  css: '/* note */',
};

suite('Tokens and structure together', () => {
  for (const [languageId, before, after] of SAME) {
    test(`${languageId}: layout alone changes nothing: ${JSON.stringify(after)}`, async () => {
      assert.deepEqual(await meaning(languageId, after), await meaning(languageId, before));
    });
  }

  for (const [languageId, before, after] of DIFFERENT) {
    test(`${languageId}: is not the same: ${JSON.stringify(before)} ${JSON.stringify(after)}`, async () => {
      assert.notDeepEqual(await meaning(languageId, after), await meaning(languageId, before));
    });
  }

  for (const [languageId, source] of Object.entries(SNIPPETS)) {
    test(`${languageId}: changing any one code token is seen`, async () => {
      const before = await meaning(languageId, source);
      const { tokens } = await parse(languageId, source);
      const code = tokens.filter((token) => token.kind === 'code');
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...code),
          fc.constantFrom('q', '', '1'),
          async (token, end) => {
            const text = source.slice(token.start, token.end);
            // The separators at ends of lists and statements are the one thing left open.
            fc.pre(end !== '' || !/^[;,]$/.test(text));
            const changed = end === '' ? '' : `${text}${end}`;
            const after = source.slice(0, token.start) + changed + source.slice(token.end);
            assert.notDeepEqual(await meaning(languageId, after), before);
          },
        ),
        { numRuns: 40 },
      );
    });

    test(`${languageId}: Windows line ends change nothing`, async () => {
      const crlf = source.replaceAll('\n', '\r\n');
      assert.deepEqual(await meaning(languageId, crlf), await meaning(languageId, source));
    });

    // JSON has no comments, and the PHP sample ends in HTML.
    if (languageId === 'json' || languageId === 'php') continue;
    test(`${languageId}: comments do not count as code`, async () => {
      const after = `${source}${COMMENTS[languageId] ?? '// note'}\n`;
      assert.deepEqual(await meaning(languageId, after), await meaning(languageId, source));
    });
  }

  test('structure alone tells nesting and statement ends', async () => {
    const structure = async (languageId: string, text: string): Promise<string> =>
      (await parse(languageId, text)).structure;
    const inner = 'while a:\n  if b:\n    c\n  else:\n    d\n';
    const outer = 'while a:\n  if b:\n    c\nelse:\n  d\n';
    assert.notEqual(await structure('python', inner), await structure('python', outer));
    assert.notEqual(await structure('go', 'return\na()'), await structure('go', 'return a()'));
    assert.equal(await structure('go', 'return  a()'), await structure('go', 'return b()'));
  });

  test('white space between tokens is free where line breaks mean nothing', async () => {
    const space = fc.constantFrom(' ', '\n', '\n\n    ', '\t', '  ');
    for (const languageId of ['java', 'rust']) {
      const source = SNIPPETS[languageId] ?? '';
      const before = await meaning(languageId, source);
      const { tokens } = await parse(languageId, source);
      const code = tokens.filter((token) => token.kind === 'code');
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(space), async (spaces) => {
          const after = code
            .map((token) => source.slice(token.start, token.end) + String(spaces.next().value))
            .join('');
          assert.deepEqual(await meaning(languageId, after), before);
        }),
        { numRuns: 20 },
      );
    }
  });
});
