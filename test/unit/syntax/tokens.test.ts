import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PARSED_LANGUAGES } from '../../../src/syntax/grammars';
import { tokenText } from '../../../src/syntax/syntax';
import { parse } from './service';
import { SNIPPETS } from './snippets';

/** Texts of the tokens of one kind. */
async function texts(languageId: string, source: string, kind = 'code'): Promise<string[]> {
  const tree = await parse(languageId, source);
  return tree.tokens
    .filter((token) => token.kind === kind)
    .map((token) => tokenText(token, source));
}

const withoutSpace = (text: string): string => text.replace(/\s+/g, '');

suite('Tokens', () => {
  for (const [languageId, source] of Object.entries(SNIPPETS)) {
    test(`${languageId}: the sample parses without errors`, async () => {
      assert.equal((await parse(languageId, source)).hasErrors, false);
    });

    test(`${languageId}: every visible character is in exactly one token`, async () => {
      const { tokens } = await parse(languageId, source);
      let end = 0;
      let joined = '';
      for (const token of tokens) {
        assert.ok(token.start >= end, 'tokens are in order and do not overlap');
        end = token.end;
        joined += source.slice(token.start, token.end);
      }
      const continued = source.replace(/\\\n/g, '\n');
      const hasContinuations = ['c', 'cpp', 'shellscript', 'python', 'ruby'].includes(languageId);
      // A macro's body is one token with its continuation lines; elsewhere they are layout.
      const expected = hasContinuations ? continued : source;
      const actual = hasContinuations ? joined.replace(/\\\n/g, '\n') : joined;
      assert.equal(withoutSpace(actual), withoutSpace(expected));
    });
  }

  test('every visible character of arbitrary text is in exactly one token', async () => {
    const pieces = fc.constantFrom(
      '"',
      "'",
      '`',
      '{',
      '}',
      '(',
      ')',
      '/*',
      '*/',
      '//',
      '#',
      '\n',
      ' ',
    );
    const words = fc.constantFrom(
      'if',
      'x',
      '1',
      '=',
      ';',
      'def',
      ':',
      '<',
      '>',
      'é',
      '😀',
      '\\',
      '\r\n',
    );
    const text = fc
      .array(fc.oneof(pieces, words), { maxLength: 30 })
      .map((parts) => parts.join(''));
    const language = fc.constantFrom('typescript', 'go', 'java', 'rust', 'csharp', 'php', 'css');
    await fc.assert(
      fc.asyncProperty(language, text, async (languageId, source) => {
        const { tokens } = await parse(languageId, source);
        const joined = tokens.map((token) => source.slice(token.start, token.end)).join('');
        assert.equal(withoutSpace(joined), withoutSpace(source));
      }),
      { numRuns: 300 },
    );
  });

  test('a sample exists for every language but for aliases', () => {
    const aliases = ['javascriptreact', 'jsonc', 'cuda-cpp'];
    const expected = PARSED_LANGUAGES.filter((language) => !aliases.includes(language));
    assert.deepEqual(Object.keys(SNIPPETS).sort(), [...expected].sort());
  });

  const atoms: readonly (readonly [string, string, string])[] = [
    ['typescript', 'f(`a  ${x + 1}  b`)', '`a  ${x + 1}  b`'],
    ['typescript', "f('a  b')", "'a  b'"],
    ['javascript', 'f(/a  b/g)', '/a  b/g'],
    ['python', 'f("a  b")', '"a  b"'],
    ['python', 'f(f"a  {x}  b")', 'f"a  {x}  b"'],
    ['go', 'var a = `a  b`', '`a  b`'],
    ['go', 'var a = "a  b"', '"a  b"'],
    ['java', 'class A { String a = """\n  a  b\n"""; }', '"""\n  a  b\n"""'],
    ['cpp', 'auto a = R"(a  b)";', 'R"(a  b)"'],
    ['rust', 'const A: &str = r#"a  b"#;', 'r#"a  b"#'],
    ['csharp', 'var a = $"a  {x}";', '$"a  {x}"'],
    ['php', '<?php $a = "a  $b";', '"a  $b"'],
    ['ruby', 'a = "a  #{b}"', '"a  #{b}"'],
    ['ruby', 'a = <<~X\n  a  b\nX\n', '\n  a  b\nX'],
    ['shellscript', 'echo "a  $b"', '"a  $b"'],
    ['shellscript', 'cat <<X\n  a  b\nX\n', '  a  b\n'],
    ['css', 'a { b: "a  b" }', '"a  b"'],
  ];
  for (const [languageId, source, atom] of atoms) {
    test(`${languageId}: ${JSON.stringify(atom)} is one token`, async () => {
      const found = await texts(languageId, source);
      assert.ok(
        found.some((text) => text.endsWith(atom)),
        JSON.stringify(found),
      );
    });
  }

  test('comments are told from code', async () => {
    assert.deepEqual(await texts('go', 'a := 1 // one\n/* two */', 'comment'), [
      '// one',
      '/* two */',
    ]);
    assert.deepEqual(await texts('python', 'a = 1 # one\n', 'comment'), ['# one']);
    assert.deepEqual(await texts('java', 'class A { /* x */ }', 'comment'), ['/* x */']);
    assert.deepEqual(await texts('rust', '/// one\nfn a() {}\n', 'comment'), ['/// one']);
  });

  test('a comment counts without its indentation', async () => {
    const source = '  /**\n   * One.\r\n   */\n  let a';
    assert.deepEqual(await texts('typescript', source, 'comment'), ['/**\n* One.\n*/']);
  });

  test('Python docstrings are documentation, other strings are code', async () => {
    const source =
      '"""m"""\nx = "a"\n"late"\nclass A:\n    """c"""\n    def f(self):\n        r"""d"""\n        "e"\n';
    assert.deepEqual(await texts('python', source, 'doc'), ['"""m"""', '"""c"""', 'r"""d"""']);
    assert.deepEqual(
      (await texts('python', source)).filter((text) => text.includes('"')),
      ['"a"', '"late"', '"e"'],
    );
  });

  test('a formatted or binary string is no docstring', async () => {
    assert.deepEqual(await texts('python', 'def f():\n    f"{a}"\n', 'doc'), []);
    assert.deepEqual(await texts('python', 'def f():\n    b"a"\n', 'doc'), []);
  });

  test('a docstring counts without the indentation that its lines share', async () => {
    const deep = 'class A:\n        """a\n          b\n            c\n        """\n';
    const flat = 'class A:\n    """a\n      b\n        c\n    """\n';
    assert.deepEqual(await texts('python', deep, 'doc'), await texts('python', flat, 'doc'));
    const other = 'class A:\n    """a\n    b\n        c\n    """\n';
    assert.notDeepEqual(await texts('python', deep, 'doc'), await texts('python', other, 'doc'));
  });

  test('Python tokens know the depth of their block', async () => {
    const source = 'a\nif b:\n    c\n    while d:\n        e\nf\n';
    const tree = await parse('python', source);
    const depths = tree.tokens.map(
      (token, index) => `${tokenText(token, source)}${String(tree.blockDepths[index])}`,
    );
    assert.deepEqual(depths, ['a0', 'if0', 'b0', ':0', 'c1', 'while1', 'd1', ':1', 'e2', 'f0']);
    assert.equal(tree.layoutMatters, true);
  });

  test('languages without significant indentation have no block depths', async () => {
    const tree = await parse('go', SNIPPETS['go'] ?? '');
    assert.equal(tree.layoutMatters, false);
    assert.deepEqual(tree.blockDepths, []);
  });
});
