import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reframe, unframe } from '../../../src/text/frame';

suite('selection frame', () => {
  test('takes off what all lines share and what surrounds them', () => {
    const { frame, body } = unframe('\n\t\tif (a) {\r\n\t\t\tb();\r\n\r\n\t\t}\r\n\r\n\t');
    assert.equal(body, 'if (a) {\n\tb();\n\n}');
    assert.deepEqual(frame, {
      head: '\n',
      indentation: '\t\t',
      tail: '\r\n\r\n\t',
      eol: '\r\n',
    });
  });

  test('gives new code the indentation, line ends and last line end of the old', () => {
    const { frame } = unframe('    old();\r\n    old();\r\n');
    assert.equal(
      reframe(frame, 'one();\n  two();\n\nthree();\n\n'),
      ['    one();', '      two();', '', '    three();', ''].join('\r\n'),
    );
  });

  test('adds no final line end where there was none', () => {
    const { frame } = unframe('  a\n  b');
    assert.equal(reframe(frame, 'c\nd\n'), '  c\n  d');
  });

  test('takes off indentation that a model put on again', () => {
    const { frame } = unframe('  a {\n    b\n  }\n');
    assert.equal(reframe(frame, '      a {\n        b\n      }\n'), '  a {\n    b\n  }\n');
  });

  test('keeps blanks at the end of the last line as part of it', () => {
    const { frame, body } = unframe('a  ');
    assert.equal(body, 'a  ');
    assert.equal(reframe(frame, 'b'), 'b');
  });

  const line = fc
    .tuple(
      fc.stringMatching(/^[ \t]{0,6}$/),
      fc.string({ unit: fc.constantFrom('x', '{', '}', ' ', '`', '[', '"'), maxLength: 8 }),
    )
    .map(([indentation, code]) => indentation + code);

  test('the body as it was sent gives back the selection byte for byte', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        (lines, eol) => {
          const text = lines.join(eol);
          fc.pre(text.trim() !== '');
          const { frame, body } = unframe(text);
          assert.equal(reframe(frame, body), text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('long runs of blank lines take no long time', () => {
    const text = `${'  \n'.repeat(50_000)}x${' \n'.repeat(50_000)}y`;
    const { frame, body } = unframe(text);
    assert.equal(reframe(frame, body), text);
  });
});
