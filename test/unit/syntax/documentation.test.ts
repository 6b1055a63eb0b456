import assert from 'node:assert/strict';
import { declared, documentationOf, parse } from './service';

type Case = readonly [
  title: string,
  languageId: string,
  source: string,
  documentation: string | null,
];

const CASES: readonly Case[] = [
  ['a JSDoc comment', 'typescript', '/** D. */\nfunction f() {}', '/** D. */'],
  [
    'a JSDoc comment above export',
    'typescript',
    '/** D. */\nexport const f = () => 1;',
    '/** D. */',
  ],
  ['a JSDoc comment on a method', 'typescript', 'class A {\n  /** D. */\n  f() {}\n}', '/** D. */'],
  [
    'a JSDoc comment above a linter directive',
    'typescript',
    '/** D. */\n// eslint-disable-next-line\nfunction f() {}',
    '/** D. */',
  ],
  ['a plain comment is not documentation', 'typescript', '// Note.\nfunction f() {}', null],
  ['a blank line parts', 'typescript', '/** File. */\n\nfunction f() {}', null],
  ['a comment after code belongs to that code', 'go', 'var a = 1 // one\nfunc f() {}', null],
  ['a comment of the line before', 'typescript', 'a(); /** x */\nfunction f() {}', null],
  ['a Go comment group', 'go', '// Other.\n\n// f does\n// it.\nfunc f() {}', '// f does\n// it.'],
  ['a Go comment before a directive', 'go', '// f does.\n//go:noinline\nfunc f() {}', '// f does.'],
  ['a Go directive alone', 'go', '//go:noinline\nfunc f() {}', null],
  ['a Go member of a group', 'go', 'var (\n\t// f is.\n\tf = 1\n)', '// f is.'],
  ['Rust outer documentation', 'rust', '/// One.\n/// Two.\nfn f() {}', '/// One.\n/// Two.'],
  ["Rust inner documentation is the file's", 'rust', '//! Crate.\nfn f() {}', null],
  ['a plain Rust comment', 'rust', '// Note.\nfn f() {}', null],
  [
    'Javadoc above an annotation',
    'java',
    'class A {\n  /** D. */\n  @Override\n  int f() { return 1; }\n}',
    '/** D. */',
  ],
  ['Doxygen', 'c', '/**\n * D.\n */\nint f(void);', '/**\n * D.\n */'],
  ['a plain C comment', 'c', '/* D. */\nint f(void);', '/* D. */'],
  ['a C++ comment above a template', 'cpp', '/// D.\ntemplate <class T>\nint f(T t) {}', '/// D.'],
  [
    'C# XML documentation',
    'csharp',
    'class A {\n  /// <summary>\n  /// D.\n  /// </summary>\n  [B]\n  int f() => 1;\n}',
    '/// <summary>\n  /// D.\n  /// </summary>',
  ],
  ['PHPDoc', 'php', '<?php\n/** D. */\nfunction f() {}', '/** D. */'],
  ['Ruby comments', 'ruby', '# One.\n# Two.\ndef f; end', '# One.\n# Two.'],
  ['a Ruby magic comment', 'ruby', '# frozen_string_literal: true\ndef f; end', null],
  ['a shell comment', 'shellscript', '# D.\nf() { a; }', '# D.'],
  ['a shebang', 'shellscript', '#!/bin/sh\nf() { a; }', null],
  ['a docstring', 'python', 'def f():\n    """D."""\n    return 1\n', '"""D."""'],
  ['a docstring below a comment', 'python', 'def f(): # a\n    # b\n    """D."""\n', '"""D."""'],
  ['a comment above a Python function', 'python', '# Note.\ndef f():\n    return 1\n', null],
];

type Place = readonly [
  title: string,
  languageId: string,
  source: string,
  documentationLine: number | null,
  indentationLine: number,
];

const PLACES: readonly Place[] = [
  ['above the declaration', 'typescript', '\nfunction f() {}', 1, 1],
  ['above decorators', 'typescript', 'class A {\n  @a\n  @b()\n  f() {}\n}', 1, 1],
  ['above export', 'typescript', 'export default\nfunction f() {}', 0, 0],
  ['above a linter directive', 'typescript', '// @ts-expect-error\nfunction f() {}', 0, 1],
  ['above attributes', 'rust', '#[a]\nfn f() {}', 0, 0],
  ['above an annotation', 'java', 'class A {\n  @Override\n  int f() { return 1; }\n}', 1, 1],
  ['above a template', 'cpp', 'template <class T>\nint f(T t) {}', 0, 0],
  ['nowhere after other code on the line', 'typescript', 'a(); function f() {}', null, 0],
  ['in the body', 'python', '@a\ndef f(\n    x,\n):\n    y = 1\n    return y\n', 4, 4],
  ['in a deeper body', 'python', 'class A:\n  def f(self):\n      return 1\n', 2, 2],
  ["nowhere when the body is in the signature's line", 'python', 'def f(): return 1\n', null, 0],
  ['nowhere without a body', 'python', 'def f():\n', null, 0],
];

suite('Documentation', () => {
  for (const [title, languageId, source, expected] of CASES) {
    test(`${languageId}: ${title}`, async () => {
      assert.equal(documentationOf(await parse(languageId, source), source, 'f'), expected);
    });
  }

  for (const [title, languageId, source, documentationLine, indentationLine] of PLACES) {
    test(`${languageId}: a new docstring goes ${title}`, async () => {
      const found = declared(await parse(languageId, source), 'f');
      assert.deepEqual(
        { line: found.documentationLine, indentation: found.indentationLine },
        { line: documentationLine, indentation: indentationLine },
      );
    });
  }
});
