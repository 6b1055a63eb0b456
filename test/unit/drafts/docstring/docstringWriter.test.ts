import assert from 'node:assert/strict';
import { reasonsOf, write } from './writing';

async function reasons(...args: Parameters<typeof write>): Promise<readonly string[]> {
  return reasonsOf(await write(...args));
}

suite('writeDocstrings, style by language', () => {
  const cases: readonly (readonly [
    languageId: string,
    base: string,
    text: string,
    written: string,
  ])[] = [
    ['typescript', 'function f() {}\n', 'Does.', '/** Does. */\nfunction f() {}\n'],
    [
      'typescript',
      'function f() {}\n',
      'Does.\n\n@returns x',
      '/**\n * Does.\n *\n * @returns x\n */\nfunction f() {}\n',
    ],
    ['javascript', 'const f = () => 1;\n', 'Does.', '/** Does. */\nconst f = () => 1;\n'],
    [
      'java',
      'class A {\n    int f() { return 1; }\n}\n',
      'Does.',
      '/** Does. */\nclass A {\n    int f() { return 1; }\n}\n',
    ],
    ['c', 'int f(void) { return 1; }\n', 'Does.', '/** Does. */\nint f(void) { return 1; }\n'],
    [
      'cpp',
      'template <class T>\nT f(T x) { return x; }\n',
      'Does.',
      '/** Does. */\ntemplate <class T>\nT f(T x) { return x; }\n',
    ],
    ['php', '<?php\nfunction f() {}\n', 'Does.', '<?php\n/** Does. */\nfunction f() {}\n'],
    [
      'csharp',
      'class A { }\n',
      'Does a < b.',
      '/// <summary>\n/// Does a &lt; b.\n/// </summary>\nclass A { }\n',
    ],
    [
      'csharp',
      'class A { }\n',
      '<summary>Does.</summary>',
      '/// <summary>Does.</summary>\nclass A { }\n',
    ],
    [
      'rust',
      '#[inline]\nfn f() {}\n',
      'Does.\n\nx',
      '/// Does.\n///\n/// x\n#[inline]\nfn f() {}\n',
    ],
    ['go', 'package a\n\nfunc F() {}\n', 'F does.', 'package a\n\n// F does.\nfunc F() {}\n'],
    ['ruby', 'def f\nend\n', 'Does.', '# Does.\ndef f\nend\n'],
    ['shellscript', 'f() {\n  :\n}\n', 'Does.', '# Does.\nf() {\n  :\n}\n'],
    ['python', 'def f():\n    pass\n', 'Does.', 'def f():\n    """Does."""\n    pass\n'],
    [
      'python',
      'def f(\n    a,\n):\n    pass\n',
      'Does.\n\nx',
      'def f(\n    a,\n):\n    """Does.\n\n    x\n    """\n    pass\n',
    ],
    [
      'python',
      '@cached\ndef f():\n    pass\n',
      'Does.',
      '@cached\ndef f():\n    """Does."""\n    pass\n',
    ],
  ];
  for (const [languageId, base, text, written] of cases) {
    test(`${languageId}: ${JSON.stringify(base)}`, async () => {
      const line = base.split('\n').findIndex((each) => /\b(?:f|F|A)\b/.test(each)) + 1;
      const result = await write(languageId, base, [[line, text]]);
      assert.deepEqual(result.skipped, []);
      assert.equal(result.text, written);
    });
  }

  test('a language without rules uses the line comment of its configuration', async () => {
    const result = await write('tcl', 'proc f {} {}\n', [[1, 'Does.\\']], {
      comments: { lineComment: '#', blockComment: ['<', '>'] },
    });
    assert.equal(result.text, '# Does.\\ .\nproc f {} {}\n');
  });

  test('or the block comment, whose end is kept from appearing inside', async () => {
    const result = await write('pascal', '  f;\n', [[1, 'a (* b *) c\nd']], {
      comments: { blockComment: ['(*', '*)'] },
    });
    assert.equal(result.text, '  (*\n  a ( * b * ) c\n  d\n  *)\n  f;\n');
    const html = await write('html', '<p>\n', [[1, 'a --> b --- c-']], {
      comments: { blockComment: ['<!--', '-->'] },
    });
    assert.equal(html.text, '<!-- a - -> b - - - c-  -->\n<p>\n');
  });

  test('a language of which nothing is known is left alone', async () => {
    const found = await reasons('unknown', 'x\n', [[1, 'Does.']]);
    assert.deepEqual(found, ['1 no-comment-syntax']);
  });
});

suite('writeDocstrings, placement', () => {
  const CLASS = 'class A {\n\t@dec\n\tasync f(a: number) {\n\t\treturn a;\n\t}\n\n\tg() {}\n}\n';

  test('takes the indentation of the declaration, tabs too', async () => {
    const { text } = await write('typescript', CLASS, [
      [7, 'G.'],
      [1, 'A.'],
      [3, 'F.\nx'],
    ]);
    assert.equal(
      text,
      '/** A. */\nclass A {\n\t/**\n\t * F.\n\t * x\n\t */\n\t@dec\n\tasync f(a: number) {\n' +
        '\t\treturn a;\n\t}\n\n\t/** G. */\n\tg() {}\n}\n',
    );
  });

  test('a decorator stands for its declaration', async () => {
    const byName = await write('typescript', CLASS, [[3, 'F.']]);
    const byDecorator = await write('typescript', CLASS, [[2, 'F.']]);
    assert.equal(byDecorator.text, byName.text);
  });

  test('a line that begins no declaration gets a comment above it', async () => {
    const result = await write('typescript', CLASS, [[4, 'Back.']]);
    assert.match(result.text, /\n\t\t\/\*\* Back\. \*\/\n\t\treturn a;/);
    const python = await write('python', 'def f():\n    x = 1\n    return x\n', [[3, 'Back.']]);
    assert.equal(python.text, 'def f():\n    x = 1\n    # Back.\n    return x\n');
  });

  test('line endings are those of the selection, or the document', async () => {
    const many = await write('go', 'func F() {\r\n}\r\n', [[1, 'F.\nx']]);
    assert.equal(many.text, '// F.\r\n// x\r\nfunc F() {\r\n}\r\n');
    const one = await write('go', 'func F() {}', [[1, 'F.']], { eol: '\r\n' });
    assert.equal(one.text, '// F.\r\nfunc F() {}');
  });

  test('first lines of a file stay first', async () => {
    const shell = await write('shellscript', '#!/bin/sh\nf() { :; }\n', [[1, 'Script.']]);
    assert.equal(shell.text, '#!/bin/sh\n# Script.\nf() { :; }\n');
    const ruby = await write('ruby', '# encoding: utf-8\nX = 1\n', [[1, 'Script.']]);
    assert.equal(ruby.text, '# encoding: utf-8\n# Script.\nX = 1\n');
    const mark = await write('go', '\uFEFFpackage a\n', [[1, 'A.']]);
    assert.equal(mark.text, '\uFEFF// A.\npackage a\n');
  });

  test('a selection that starts behind its indentation', async () => {
    const context = { before: 'class A {\n  ', after: '\n}\n' };
    const result = await write('typescript', 'f() {\n    return 1;\n  }', [[1, 'F.\nx']], {
      context,
    });
    assert.equal(result.text, '/**\n   * F.\n   * x\n   */\n  f() {\n    return 1;\n  }');
  });

  test('a selection that starts behind code is not documented on that line', async () => {
    const context = { before: 'export ', after: '\n' };
    const found = await reasons('typescript', 'function f() {}', [[1, 'F.']], { context });
    assert.deepEqual(found, ['1 shared-line']);
  });

  test('a method selected alone is found in its class', async () => {
    const context = { before: 'class A:\n    x = 1\n\n', after: '\n' };
    const { text } = await write('python', '    def f(self):\n        pass\n', [[1, 'F.']], {
      context,
    });
    assert.equal(text, '    def f(self):\n        """F."""\n        pass\n');
  });

  test('the enclosing declaration is not taken for one in the selection', async () => {
    const context = { before: 'def f():\n    """Doc."""\n', after: '' };
    const { text } = await write('python', '    x = 1\n', [[1, 'Sets.']], { context });
    assert.equal(text, '    # Sets.\n    x = 1\n');
    // Its name stands in the selection too, where it is called.
    const recursive = await write('python', '    x = 1\n    y = f(x)\n', [[1, 'Sets.']], {
      context,
    });
    assert.equal(recursive.text, '    # Sets.\n    x = 1\n    y = f(x)\n');
  });

  test('a declaration whose decorator is not selected is documented all the same', async () => {
    const context = { before: '@dec\n', after: '' };
    const { text } = await write('python', 'def f():\n    pass\n', [[1, 'F.']], { context });
    assert.equal(text, 'def f():\n    """F."""\n    pass\n');
    const above = { before: 'class A {\n  @dec\n', after: '}\n' };
    const found = await reasons('typescript', '  f() {}\n', [[1, 'F.']], { context: above });
    assert.deepEqual(found, ['1 documentation-outside']);
  });
});

suite('writeDocstrings, existing documentation', () => {
  const cases: readonly (readonly [
    languageId: string,
    base: string,
    line: number,
    written: string,
  ])[] = [
    [
      'typescript',
      '  /** Old. */\n  function f() {}\n',
      2,
      '  /**\n   * New.\n   * x\n   */\n  function f() {}\n',
    ],
    [
      'typescript',
      '/**\n * Old.\n */\nexport function f() {}\n',
      4,
      '/**\n * New.\n * x\n */\nexport function f() {}\n',
    ],
    [
      'python',
      'def f():\n    """Old.\n\n    y\n    """\n    pass\n',
      1,
      'def f():\n    """New.\n    x\n    """\n    pass\n',
    ],
    ['python', "def f():\n    r'''Old.'''\n", 1, 'def f():\n    """New.\n    x\n    """\n'],
    [
      'go',
      'package a\n\n// F old.\n// y\nfunc F() {}\n',
      5,
      'package a\n\n// New.\n// x\nfunc F() {}\n',
    ],
    ['rust', '/// Old.\nfn f() {}\n', 2, '/// New.\n/// x\nfn f() {}\n'],
  ];
  for (const [languageId, base, line, written] of cases) {
    test(`${languageId}: ${JSON.stringify(base)}`, async () => {
      const result = await write(languageId, base, [[line, 'New.\nx']]);
      assert.equal(result.text, written);
      assert.equal(result.insertedRanges.length, 1);
      assert.match(result.insertedRanges[0]?.replaced ?? '', /[Oo]ld/);
    });
  }

  test('is not written twice, nor when it is the same', async () => {
    const base = '/** Old. */\nfunction f() {}\n';
    assert.deepEqual(await reasons('typescript', base, [[2, 'Old.']]), ['2 unchanged']);
    const twice = await reasons('typescript', base, [
      [2, 'New.'],
      [2, 'Newer.'],
    ]);
    assert.deepEqual(twice, ['2 duplicate']);
  });

  test('outside the selection it is not doubled', async () => {
    const context = { before: '/** Old. */\n', after: '' };
    const found = await reasons('typescript', 'function f() {}\n', [[1, 'New.']], { context });
    assert.deepEqual(found, ['1 documentation-outside']);
  });

  test('on the line of the declaration it is left alone', async () => {
    const found = await reasons('typescript', '/** Old. */ function f() {}\n', [[1, 'New.']]);
    assert.deepEqual(found, ['1 shared-line']);
  });
});

suite('writeDocstrings, refusals', () => {
  const cases: readonly (readonly [
    name: string,
    languageId: string,
    base: string,
    line: number,
    text: string,
    reason: string,
  ])[] = [
    ['a line that is not there', 'go', 'func F() {}\n', 2, 'x', '2 no-such-line'],
    ['line 0', 'go', 'func F() {}\n', 0, 'x', '0 no-such-line'],
    ['no text', 'go', 'func F() {}\n', 1, ' \n ', '1 empty-text'],
    ['orders to a tool', 'typescript', 'f();\n', 1, '@ts-ignore', '1 tool-directive'],
    ['a body on the signature line', 'python', 'def f(): return 1\n', 1, 'x', '1 one-line-body'],
    [
      'inside a string',
      'typescript',
      'const a = `\nfunction f() {}\n`;\n',
      2,
      'x',
      '2 inside-text',
    ],
    [
      'inside a docstring',
      'python',
      'def f():\n    """A.\n\n    def g():\n    """\n',
      4,
      'x',
      '4 inside-text',
    ],
    ['inside a comment', 'go', '/* a\nfunc F() {}\n*/\n', 2, 'x', '2 inside-text'],
    ['inside a heredoc', 'shellscript', 'cat <<EOF\nf() {\n}\nEOF\n', 2, 'x', '2 inside-text'],
    ['a continued line', 'shellscript', 'echo a \\\n  b\n', 2, 'x', '2 inside-text'],
    [
      'inside markup',
      'typescriptreact',
      'const a = (\n  <div>\n    <b />\n  </div>\n);\n',
      3,
      'x',
      '3 inside-text',
    ],
  ];
  for (const [name, languageId, base, line, text, reason] of cases) {
    test(name, async () => {
      const result = await write(languageId, base, [[line, text]]);
      assert.deepEqual(
        result.skipped.map((each) => `${String(each.line)} ${each.reason}`),
        [reason],
      );
      assert.equal(result.text, base);
    });
  }

  // What is an error in markup the grammar mends by taking it for a comment, or for a tag.
  for (const words of ['B.', 'B > a.', 'An <A> of b.']) {
    test(`one that is refused does not keep the others from being written: ${words}`, async () => {
      const base = 'const a = (\n  <div>\n    <b />\n  </div>\n);\nfunction f() {}\n';
      const result = await write('typescriptreact', base, [
        [1, 'A.'],
        [3, words],
        [6, 'F.'],
        [99, 'X.'],
      ]);
      assert.deepEqual(result.skipped, [
        { line: 99, reason: 'no-such-line' },
        { line: 3, reason: 'inside-text' },
      ]);
      assert.match(result.text, /^\/\*\* A\. \*\/\n/);
      assert.match(result.text, /\n\/\*\* F\. \*\/\nfunction f/);
      assert.equal(result.insertedRanges.length, 2);
    });
  }

  test('without its grammar a text is documented on the lines given', async () => {
    const broken = { parse: () => Promise.reject(new Error('no file')) };
    const result = await write('typescript', 'class A {\n  f() {}\n}\n', [[2, 'F.']], {
      syntax: broken,
    });
    assert.equal(result.text, 'class A {\n  /** F. */\n  f() {}\n}\n');
  });
});
