import assert from 'node:assert/strict';
import {
  type LanguageComments,
  commentRulesOf,
  writeComment,
} from '../../../src/syntax/commentStyle';

function written(
  languageId: string,
  lines: readonly string[],
  comments?: LanguageComments,
): readonly string[] | null {
  const rules = commentRulesOf(languageId, comments);
  return rules.documentation && writeComment(lines, rules.documentation, rules);
}

suite('writeComment', () => {
  const cases: readonly (readonly [languageId: string, line: string, comment: string])[] = [
    ['typescript', 'a */ b', '/** a *\\/ b */'],
    ['typescript', 'a /* b', '/** a /* b */'],
    ['kotlin', 'a /* b */ c', '/** a / * b *\\/ c */'],
    ['java', 'a \\u002a\\\\u \\\\\\u', '/** a \\\\u002a\\\\u \\\\\\\\u */'],
    ['typescript', '/', '/** / */'],
    ['python', 'a "quoted"', '"""a "quoted\\""""'],
    ['python', 'a """ b', '"""a \\"\\"\\" b"""'],
    ['python', 'C:\\new \\', '"""C:\\\\new \\\\"""'],
    ['python', '"', '"""\\""""'],
    ['rust', '/ a', '/// / a'],
    ['go', 'a \\', '// a \\'],
    ['makefile', 'a \\', '# a \\ .'],
    ['vb', 'a & b', "''' <summary>"],
    ['lua', '[[ a', '-- [[ a'],
  ];
  for (const [languageId, line, comment] of cases) {
    test(`${languageId}: ${line}`, () => {
      assert.equal(written(languageId, [line])?.[0], comment);
    });
  }

  test('a docstring of several lines ends on a line of its own', () => {
    assert.deepEqual(written('python', ['a', '', 'b"']), ['"""a', '', 'b"', '"""']);
  });

  test('no line ends with blanks', () => {
    assert.deepEqual(written('go', ['a', '', 'b']), ['// a', '//', '// b']);
    assert.deepEqual(written('c', ['a', '', 'b']), ['/**', ' * a', ' *', ' * b', ' */']);
  });
});

suite('commentRulesOf', () => {
  test('a known language does not need a configuration', () => {
    assert.deepEqual(written('sql', ['a'], { lineComment: '#' }), ['-- a']);
  });

  test('an unknown one takes the line comment, then the block comment', () => {
    const blockComment = ['/*', '*/'] as const;
    assert.deepEqual(written('zig', ['a'], { lineComment: '//', blockComment }), ['// a']);
    assert.deepEqual(written('zig', ['a'], { blockComment }), ['/** a */']);
    assert.equal(written('zig', ['a'], {}), null);
    assert.equal(written('constructor', ['a'], {}), null);
  });
});
