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
  ];
  for (const [name, text, lines] of cases) {
    test(name, () => {
      assert.deepEqual(commentLines(text), lines);
    });
  }
});
