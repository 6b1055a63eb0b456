import assert from 'node:assert/strict';
import { tokenText } from '../../../src/syntax/syntax';
import { declared, documentationOf, outline, parse } from './service';

suite('Fragments', () => {
  const fragments: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'typescript',
      '  /** A. */\n  async a(x) { return x }\n\n  get b() { return 2 }\n',
      ['method a(x) returns', 'method b() returns'],
    ],
    [
      'typescript',
      '  private readonly a = 1;\n  constructor(b: string) {}\n',
      ['variable a()', 'method constructor(b)'],
    ],
    ['typescript', 'a: 1,\nb() { return 1 },\n', ['method b() returns']],
    ['java', '  @Override\n  public int f(int a) { return a; }\n', ['method f(a) returns']],
    [
      'csharp',
      '  public int P { get; set; }\n  public int F(int a) { return a; }\n',
      ['variable P()', 'method F(a) returns'],
    ],
    ['php', 'function f($a) { return $a; }\n', ['function f($a) returns']],
    ['php', '  private function f($a) { return $a; }\n', ['method f($a) returns']],
    [
      'python',
      '    def f(self, a):\n        return a\n\n    def g(self):\n        pass\n',
      ['method f(a) returns', 'method g()'],
    ],
    ['rust', '    pub fn f(&self) -> i32 { 1 }\n', ['function f() returns']],
    ['go', '\tif a {\n\t\treturn\n\t}\n', []],
    ['css', '  color: red;\n  margin: 0;\n', []],
    ['json', '"a": 1,\n"b": [2]\n', []],
  ];
  for (const [languageId, source, expected] of fragments) {
    test(`${languageId}: reads ${JSON.stringify(source)}`, async () => {
      const tree = await parse(languageId, source);
      assert.equal(tree.hasErrors, false);
      assert.deepEqual(outline(tree), expected);
      const first = tree.tokens[0];
      assert.ok(first);
      assert.equal(first.start, source.search(/\S/), 'offsets are those of the fragment');
      assert.equal(tree.tokens.at(-1)?.end, source.trimEnd().length);
    });
  }

  test('positions in a fragment are its own', async () => {
    const source = '/** A. */\nprivate a(x) { return "é" }\n  b() {}';
    const tree = await parse('typescript', source);
    assert.equal(tree.hasErrors, false);
    assert.equal(documentationOf(tree, source, 'a'), '/** A. */');
    const { start, end, startLine, depth, documentationLine } = declared(tree, 'a');
    assert.equal(source.slice(start, end), 'private a(x) { return "é" }');
    assert.deepEqual(
      { startLine, depth, documentationLine },
      { startLine: 1, depth: 0, documentationLine: 1 },
    );
  });

  test('a first line of a fragment can be documented', async () => {
    const tree = await parse('typescript', '  private a(x) {}\n  b() {}\n');
    assert.equal(declared(tree, 'a').documentationLine, 0);
  });

  test('what cannot be read has errors and still has tokens', async () => {
    const source = 'function ( { ] return "a" +';
    const tree = await parse('typescript', source);
    assert.equal(tree.hasErrors, true);
    assert.equal(
      tree.tokens.map((token) => tokenText(token, source)).join(''),
      'function({]return"a"+',
    );
  });

  test('a fragment that closes more than it opens has errors', async () => {
    const tree = await parse('typescript', '  private a() {}\n}\n\nclass B {\n  private c() {}\n');
    assert.equal(tree.hasErrors, true);
    assert.ok(tree.declarations.every(({ depth }) => depth >= 0));
  });

  test('statements are not taken for members', async () => {
    assert.equal((await parse('typescript', 'if (a) {\n  b()\n} else\n')).hasErrors, true);
  });

  test('a part of a statement has errors', async () => {
    assert.equal((await parse('go', 'a int) {\n\treturn\n}\n')).hasErrors, true);
    assert.equal((await parse('python', 'else:\n    a\n')).hasErrors, true);
    assert.equal((await parse('java', 'return a; } }')).hasErrors, true);
  });
});
