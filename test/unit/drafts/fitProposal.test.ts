import assert from 'node:assert/strict';
import { fitProposal } from '../../../src/text/fitProposal';

suite('fitProposal', () => {
  const cases: readonly (readonly [name: string, base: string, answer: string, fitted: string])[] =
    [
      ['fits already', 'a\n', 'b\n', 'b\n'],
      ['final line ending lost', 'a\n', 'b', 'b\n'],
      ['final line ending added', 'a', 'b\n', 'b'],
      ['blank lines at the end lost', 'a\n\n', 'b', 'b\n\n'],
      ['blank lines at the start lost', '\n\na\n', 'b\n', '\n\nb\n'],
      ['blank lines added', 'a\n', '\n\nb\n\n', 'b\n'],
      ['CRLF lost', 'a\r\nb\r\n', 'A\nB\nC\n', 'A\r\nB\r\nC\r\n'],
      ['CRLF brought in', 'a\nb\n', 'A\r\nB\r\n', 'A\nB\n'],
      ['a single line in a CRLF document', 'a', 'A\nB', 'A\r\nB'],
      ['byte order mark lost', '\uFEFFa\n', 'b\n', '\uFEFFb\n'],
      ['byte order mark brought in', 'a\n', '\uFEFFb\n', 'b\n'],
      ['indentation lost', '    a\n      b\n', 'a\n  b\n', '    a\n      b\n'],
      ['tabs lost', '\ta\n\t\tb\n', 'a\n\n\tb\n', '\ta\n\n\t\tb\n'],
      ['indentation kept', '  a\n', '  b\nc\n', '  b\nc\n'],
      ['indentation reduced', '    a\n    b\n', '  a\n  b\n', '  a\n  b\n'],
      ['not all of the selection was indented', '  a\nb\n', 'a\nb\n', 'a\nb\n'],
      ['an answer of nothing', 'a\n', '', ''],
      ['an answer of blank lines', 'a\r\n', '\n', '\r\n'],
    ];
  for (const [name, base, answer, fitted] of cases) {
    test(name, () => {
      assert.equal(fitProposal(base, answer, '\r\n'), fitted);
    });
  }
});
