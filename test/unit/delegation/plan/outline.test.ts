import assert from 'node:assert/strict';
import fc from 'fast-check';
import { declaredName } from '../../../../src/delegation/plan/declaredName';
import { outlineOf } from '../../../../src/delegation/plan/outline';
import { countTokens } from '../../../../src/text/tokens';
import { sampleCode, selectionOf } from '../kit';
import { assertEndsWithin } from '../../../support/cpuTime';

suite('outline', () => {
  test('names declarations and their lines from symbols', () => {
    const symbols = [
      { name: 'Parser', kind: 'class', startLine: 2, endLine: 9, depth: 0 },
      { name: 'next', kind: 'method', startLine: 3, endLine: 3, depth: 1 },
      { name: 'parse', kind: 'function', startLine: 11, endLine: 20, depth: 0 },
    ];
    const text = 'x\n'.repeat(20);
    assert.equal(
      outlineOf(selectionOf(text, { symbols })),
      '20 lines: Parser 2-9, next 3, parse 11-20',
    );
  });

  test('leaves out inner declarations first, then says how many are left', () => {
    const inner = Array.from({ length: 60 }, (_, index) => ({
      name: `innerMethodNumber${index}`,
      kind: 'method',
      startLine: index + 2,
      endLine: index + 2,
      depth: 1,
    }));
    const outer = { name: 'Outer', kind: 'class', startLine: 1, endLine: 70, depth: 0 };
    const text = 'x\n'.repeat(70);
    assert.equal(
      outlineOf(selectionOf(text, { symbols: [outer, ...inner] })),
      '70 lines: Outer 1-70',
    );
    const flat = inner.map((symbol) => ({ ...symbol, depth: 0 }));
    assert.match(outlineOf(selectionOf(text, { symbols: flat })), /, \d+ more$/);
  });

  const samples: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'TypeScript',
      'export async function load(a: string) {\n  if (a) {\n  }\n}\nconst go = (x) => x;\n',
      ['load 1', 'go 5'],
    ],
    [
      'Python',
      'class Box:\n    def open(self):\n        return foo(\n            1)\n',
      ['Box 1', 'open 2'],
    ],
    ['Go', 'func (s *Server) Serve(w io.Writer) error {\n\tfor {\n\t}\n}\n', ['Serve 1']],
    [
      'Rust',
      'pub(crate) fn main() {\n    match x {\n    }\n}\nimpl Foo {\n}\n',
      ['main 1', 'Foo 5'],
    ],
    ['C', 'static int\nadd(int a, int b)\n{\n}\nint sub(int a)\n{\n}\n', ['sub 5']],
    ['Java', 'class A {\n  private int size() {\n    return 1;\n  }\n}\n', ['A 1', 'size 2']],
    ['SQL', 'CREATE TABLE users (\n  id int\n);\n', ['users 1']],
  ];
  for (const [language, text, expected] of samples) {
    test(`finds declarations in ${language} without symbols`, () => {
      const names = outlineOf(selectionOf(text))
        .replace(/^\d+ lines: /, '')
        .split(', ');
      assert.deepEqual(names, expected);
    });
  }

  test('takes no word of a declaration for its name', () => {
    const names: readonly (readonly [string, string])[] = [
      ['enum class Color { RED }', 'Color'],
      ['typedef struct node {', 'node'],
      ['defmodule Shop.Cart do', 'Shop.Cart'],
      ['  defp total(a), do: a', 'total'],
      ['macro_rules! rotate {', 'rotate'],
      ['  private static async rotate(a: number) {', 'rotate'],
    ];
    for (const [line, name] of names) assert.equal(declaredName(line), name);
  });

  test('stays short, whatever the selection', () => {
    for (const lines of [100, 500, 2000]) {
      const text = sampleCode(lines);
      assert.ok(countTokens(outlineOf(selectionOf(text))) <= 60 + countTokens(text) * 0.02 + 10);
      assert.ok(countTokens(outlineOf(selectionOf(text))) <= 255);
    }
  });

  test('reads any text, in short time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.match(outlineOf(selectionOf(text)), /^\d+ lines?/);
      }),
    );
    const hostile = `${'a ('.repeat(130)}\n`.repeat(500) + `x${' '.repeat(390)}\n`.repeat(500);
    assertEndsWithin(2_000, () => outlineOf(selectionOf(hostile)));
  });
});

suite('outline of text that is hard to read', () => {
  for (const line of [
    '  function foo(a, b) { return a; }\n',
    '\n',
    'a b(c {\n',
    'ab cd ef (x\n',
    'a',
  ]) {
    test(`${JSON.stringify(line)} over and over is outlined soon, with its lines counted`, () => {
      const text = line.repeat(Math.floor(3_000_000 / line.length));
      let outline = '';
      assertEndsWithin(1_000, () => {
        outline = outlineOf({ text, languageId: 'x', startLine: 1, symbols: [] });
      });
      const lines = line.endsWith('\n') ? text.length / line.length : 1;
      assert.match(outline, new RegExp(`^${lines} lines?`));
    });
  }

  test('counts lines as an editor does', () => {
    const linesOf = (text: string): string =>
      outlineOf({ text, languageId: 'x', startLine: 1, symbols: [] });
    for (const [text, count] of [
      ['a', 1],
      ['a\n', 1],
      ['a\r\nb', 2],
      ['a\rb\r', 2],
      ['\n\n', 2],
    ] as const) {
      assert.match(linesOf(text), new RegExp(`^${count} line`), JSON.stringify(text));
    }
  });
});
