import assert from 'node:assert/strict';
import { commentLines } from '../../../../src/drafts/docstring/commentText';

suite('commentLines', () => {
  const cases: readonly (readonly [name: string, text: string, lines: readonly string[]])[] = [
    ['one line', 'Adds.', ['Adds.']],
    ['several lines, with what is inside kept', '\nAdds.\n\n  x  \n\n', ['Adds.', '', '  x']],
    ['nothing', ' \n\t\n', []],
    ['every kind of line break', 'a\r\nb\rc\u2028d\u2029e\u0085f\vg\fh', 'abcdefgh'.split('')],
    ['control characters', 'a\0b\u0007c\td', ['abc\td']],
    ['characters that reorder text', 'a\u202Eb\u2066c', ['abc']],
    ['a block comment as a whole', '/**\n * Adds.\n *\n *   x\n */', ['Adds.', '', '  x']],
    ['a block comment of one line', '/* Adds. */', ['Adds.']],
    ['line comments as a whole', '// Adds.\n//\n//   x', ['Adds.', '', '  x']],
    ['documentation lines as a whole', '/// Adds.\n/// x', ['Adds.', 'x']],
    ['a docstring as a whole', '"""Adds.\n\nx\n"""', ['Adds.', '', 'x']],
    ['two block comments', '/* a */ b /* c */', ['/* a */ b /* c */']],
    ['one line that looks like a comment', 'Adds.\n// x', ['Adds.', '// x']],
    ['a comment of nothing', '/** */', []],
    ['number signs', '# Adds.\n#\n#   x', ['Adds.', '', '  x']],
    ['hyphens', '--- Adds.\n--- @param a number', ['Adds.', '@param a number']],
    ['stars without an opening', ' * F.\n * @param a A.', ['F.', '@param a A.']],
    ['stars below a first line', 'F.\n *\n * @param a A.', ['F.', '', '@param a A.']],
    ['a list is no gutter', 'Takes\n* a\n* b', ['Takes', '* a', '* b']],
    ['an opening alone', '/** F.\n * @param a A.', ['F.', '@param a A.']],
    ['an end alone', 'F.\n */', ['F.']],
    ['a comment of markup', '<!-- F. -->', ['F.']],
    ['a comment of OCaml', '(** F. *)', ['F.']],
    ['quotes that do not end', '"""F.\n\nx', ['F.', '', 'x']],
    ['headings are words', '# Errors\n\nNone.', ['# Errors', '', 'None.']],
    ['a number is no sign', '#1 of all', ['#1 of all']],
    [
      "a source's indentation",
      'F.\n\n    Args:\n        a: A.\n    ',
      ['F.', '', 'Args:', '    a: A.'],
    ],
    ['what hangs below its head', 'Returns:\n    The sum.', ['Returns:', '    The sum.']],
    ['code below words', 'Adds.\n\n    f(1)', ['Adds.', '', '    f(1)']],
    ['all of it indented', '  F.\n    x\n  y', ['F.', '  x', 'y']],
  ];
  for (const [name, text, lines] of cases) {
    test(name, () => {
      assert.deepEqual(commentLines(text), lines);
    });
  }
});

suite('commentLines, by the style of the comment', () => {
  test('a docstring is read without the indentation of its lines', () => {
    assert.deepEqual(commentLines('F.\n\n    More.', { kind: 'docstring' }), ['F.', '', 'More.']);
  });

  test('signs of a language are taken off where they are its own', () => {
    const lisp = { kind: 'line', prefix: ';;', mayJoinLines: false } as const;
    assert.deepEqual(commentLines(';; F.\n;; x', lisp), ['F.', 'x']);
    assert.deepEqual(commentLines('; F.'), ['; F.']);
  });
});
