import assert from 'node:assert/strict';
import { declared, documentationOf, outline, parse } from './service';
import { SNIPPETS } from './snippets';

/** Outlines of the samples. */
const OUTLINES: Readonly<Record<string, readonly string[]>> = {
  typescript: [
    'function readSettings(path, fallback) returns',
    'interface Settings()',
    'class Store()',
    '  variable items()',
    '  method add(item) returns',
    '  method describe(id) returns',
  ],
  typescriptreact: ['type Props()', 'function Panel() returns'],
  javascript: ['variable path()', 'function walk(folder)', 'function first(items) returns'],
  json: [],
  python: [
    'variable LIMIT()',
    'class Reading()',
    '  variable name()',
    '  variable value()',
    '  method scaled(factor, offset) returns',
    'function read_all(path, limit) returns',
  ],
  go: [
    'variable ErrMissing()',
    'class Store()',
    'method Get(key) returns',
    'function newStore(name) returns',
  ],
  java: [
    'class Ledger()',
    '  variable amounts()',
    '  method Ledger(amounts)',
    '  method total(limit) returns',
    '  method text() returns',
  ],
  c: [
    'function SQUARE(x)',
    'function LOG(message)',
    'variable count()',
    'class entry()',
    'function print_entry(entry, out) returns',
  ],
  cpp: [
    'module sample()',
    '  class Queue()',
    '    method Queue(size)',
    '    method ~Queue()',
    '    method push(item, force) returns',
  ],
  rust: ['class Counter()', 'method add(text, factor) returns'],
  csharp: [
    'module Sample.Store()',
    '  class Names()',
    '    variable text()',
    '    variable Count()',
    '    method Names(count)',
    '    method FindAsync(key, rest) returns',
    '    method Dispose()',
  ],
  php: [
    'class Mailer()',
    '  variable $sent()',
    '  method send($to, $subject) returns',
    'function helper($value)',
  ],
  ruby: [
    'class Reader()',
    '  variable LIMIT()',
    '  method initialize(queue, limit)',
    '  method each(block) returns',
    '  method open(path)',
  ],
  shellscript: ['function copy_all()'],
  css: [],
};

suite('Declarations', () => {
  for (const [languageId, source] of Object.entries(SNIPPETS)) {
    test(`${languageId}: outline of the sample`, async () => {
      assert.deepEqual(outline(await parse(languageId, source)), OUTLINES[languageId]);
    });
  }

  test('a declaration covers its export, decorators and body', async () => {
    const source = '@a()\nexport class A {\n  @b\n  c() {\n  }\n}\n';
    const tree = await parse('typescript', source);
    const { start, startLine, endLine, end } = declared(tree, 'A');
    assert.deepEqual(
      { startLine, endLine, start, end },
      { startLine: 0, endLine: 5, start: 0, end: source.trimEnd().length },
    );
    assert.equal(declared(tree, 'c').startLine, 2);
  });

  test('a class with a decorated method above is not mistaken for it', async () => {
    const source = 'class A:\n    @a\n    def f(self):\n        return 1\n';
    const tree = await parse('python', source);
    assert.equal(declared(tree, 'f').startLine, 1);
    assert.equal(declared(tree, 'A').documentationLine, 1);
  });

  test('Rust attributes belong to the declaration', async () => {
    const source = '/// Doc.\n#[a]\n// plain\n#[b]\npub struct S;\n';
    const tree = await parse('rust', source);
    assert.equal(declared(tree, 'S').startLine, 1);
    assert.equal(documentationOf(tree, source, 'S'), '/// Doc.');
  });

  test('local variables are no declarations, local functions are', async () => {
    const source = 'function f() {\n  const a = 1;\n  const g = () => 2;\n}\n';
    assert.deepEqual(outline(await parse('typescript', source)), [
      'function f()',
      '  function g() returns',
    ]);
  });

  test('functions without a result say so', async () => {
    const source = [
      'function a(): void {}',
      'async function b(): Promise<void> {}',
      'function c(): never { throw x }',
      'function d() { [1].map((x) => { return x }) }',
      'function e() { return }',
      'class K { set f(v) { } constructor() { return x } }',
    ].join('\n');
    const tree = await parse('typescript', source);
    assert.deepEqual(
      tree.declarations.filter((each) => each.returnsValue).map((each) => each.name),
      [],
    );
  });

  const results: readonly (readonly [string, string, boolean])[] = [
    ['typescript', 'function f(): Promise<number> {}', true],
    ['typescript', 'function f() { if (a) { return 1 } }', true],
    ['typescript', 'const f = (a) => a', true],
    ['python', 'def f() -> int: ...', true],
    ['python', 'def f() -> None: return 1', false],
    ['python', 'def f():\n  def g():\n    return 1\n', false],
    ['c', 'void f(void) {}', false],
    ['c', 'void *f(void) { return 0; }', true],
    ['go', 'func f() (a, b int) { return }', true],
    ['go', 'func f() {}', false],
    ['rust', 'fn f() -> () {}', false],
    ['csharp', 'class A { Task f() {} }', false],
    ['csharp', 'class A { Task<int> f() {} }', true],
    ['php', '<?php function f(): void {}', false],
    ['java', 'class A { void f() {} }', false],
  ];
  for (const [languageId, source, expected] of results) {
    test(`${languageId}: ${source} ${expected ? 'returns' : 'does not return'} a value`, async () => {
      assert.equal(declared(await parse(languageId, source), 'f').returnsValue, expected);
    });
  }

  const parameters: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'typescript',
      'function f(this: X, a?: number, { b }, [c], d = 1, ...e: T[]) {}',
      ['a', 'd', 'e'],
    ],
    ['javascript', 'const f = a => a', ['a']],
    ['python', 'def f(a, /, b: int, *args, c=1, **kw): ...', ['a', 'b', 'args', 'c', 'kw']],
    ['python', 'class A:\n  @classmethod\n  def f(cls, a): ...', ['a']],
    ['go', 'func f(a, b int, _ string, c ...T) {}', ['a', 'b', 'c']],
    ['c', 'int f(const char *a, int b[3], int (*c)(void), ...) {}', ['a', 'b', 'c']],
    ['cpp', 'int f(T &&a, const U &b = {}) {}', ['a', 'b']],
    ['rust', 'fn f(&self, mut a: i32, (b, c): (i32, i32)) {}', ['a']],
    ['ruby', 'def f(a, b = 1, *c, d:, e: 2, **g, &h); end', ['a', 'b', 'c', 'd', 'e', 'g', 'h']],
  ];
  for (const [languageId, source, expected] of parameters) {
    test(`${languageId}: parameters of ${JSON.stringify(source)}`, async () => {
      assert.deepEqual(declared(await parse(languageId, source), 'f').parameters, expected);
    });
  }
});
