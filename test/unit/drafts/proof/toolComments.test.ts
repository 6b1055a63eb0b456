import assert from 'node:assert/strict';
import { proveDocstring, proveTranslation } from '../../../../src/drafts/proof/proof';
import { syntax } from '../../syntax/service';

/** Language, text, the same text with another comment. */
type Pair = readonly [languageId: string, base: string, proposed: string];

/** Comments that a tool reads, translated. */
const READ: readonly Pair[] = [
  ['javascript', '/* global uno */\na();\n', '/* global one */\na();\n'],
  ['javascript', '/*exported uno*/\na();\n', '/*exported one*/\na();\n'],
  ['javascript', 'a(/* GraphQL */ `b`);\n', 'a(/* Graph QL */ `b`);\n'],
  ['javascript', '/** @typedef {object} Uno */\na();\n', '/** @typedef {object} One */\na();\n'],
  [
    'javascript',
    '/** @type {\n * Uno\n * } */\nlet a;\n',
    '/** @type {\n * One\n * } */\nlet a;\n',
  ],
  ['javascript', '/** @param a uno */\nf = (a) => a;\n', '/** @param b one */\nf = (a) => a;\n'],
  ['javascript', '// cspell:words uno\na();\n', '// cspell:words one\na();\n'],
  [
    'javascript',
    'switch (a) {\n  case 1:\n    b();\n  // falls through\n  case 2:\n}\n',
    'switch (a) {\n  case 1:\n    b();\n  // geht weiter\n  case 2:\n}\n',
  ],
  ['typescript', '/** See {@link Uno}. */\na();\n', '/** See {@link One}. */\na();\n'],
  ['typescript', '// @deno-types="./uno.d.ts"\na();\n', '// @deno-types="./one.d.ts"\na();\n'],
  ['java', '// tag::uno[]\nclass A {}\n', '// tag::one[]\nclass A {}\n'],
  ['cpp', '/** \\param uno a */\nint f(int uno);\n', '/** \\param one a */\nint f(int uno);\n'],
  ['python', 'a = 1  # nopep8\n', 'a = 1  # nichts\n'],
  ['python', '# SPDX-License-Identifier: MIT\na = 1\n', '# Lizenz: MIT\na = 1\n'],
  ['python', 'a = 1  # NOQA\n', 'a = 1  # nichts\n'],
  [
    'python',
    '# /// script\n# dependencies = ["uno"]\n# ///\na = 1\n',
    '# /// script\n# dependencies = ["one"]\n# ///\na = 1\n',
  ],
  ['go', 'package a\n\n/*line b.go:1*/\nvar c int\n', 'package a\n\n/*line d.go:1*/\nvar c int\n'],
  [
    'go',
    'package a\n\nfunc ExampleB() {\n\tb()\n\t// output:\n\t// uno\n}\n',
    'package a\n\nfunc ExampleB() {\n\tb()\n\t// output:\n\t// one\n}\n',
  ],
  [
    'go',
    'package a\n\n// Deprecated: no.\nvar b int\n',
    'package a\n\n// Veraltet: no.\nvar b int\n',
  ],
  [
    'rust',
    '/// ```no_run\n/// uno();\n/// ```\nfn a() {}\n',
    '/// ```no_run\n/// one();\n/// ```\nfn a() {}\n',
  ],
  [
    'rust',
    '/// Uno:\n///\n///     uno();\nfn a() {}\n',
    '/// One:\n///\n///     one();\nfn a() {}\n',
  ],
  ['php', '<?php\n/** @var Uno $a */\n$a = 1;\n', '<?php\n/** @var One $a */\n$a = 1;\n'],
  [
    'php',
    '<?php\n/*\n * Plugin Name: Uno\n */\na();\n',
    '<?php\n/*\n * Plugin Name: One\n */\na();\n',
  ],
  ['ruby', '# @param uno [A]\ndef f(uno); end\n', '# @param one [A]\ndef f(uno); end\n'],
  ['ruby', '# @return [Uno]\ndef f; end\n', '# @return [One]\ndef f; end\n'],
  ['ruby', '#: (Uno) -> void\ndef f(a); end\n', '#: (One) -> void\ndef f(a); end\n'],
  ['shellscript', '#SBATCH --job-name=uno\na\n', '#SBATCH --job-name=one\na\n'],
  ['shellscript', '#compdef uno\na\n', '#compdef one\na\n'],
  [
    'shellscript',
    '### BEGIN INIT INFO\n# Provides: uno\n### END INIT INFO\na\n',
    '### BEGIN INIT INFO\n# Provides: one\n### END INIT INFO\na\n',
  ],
];

/** Comments much like those that no tool reads. */
const WORDS: readonly Pair[] = [
  ['javascript', '// global uno\na();\n', '// global one\na();\n'],
  ['javascript', '/** @returns uno */\nf = () => 1;\n', '/** @returns one */\nf = () => 1;\n'],
  ['javascript', '/** @param a uno */\nf = (a) => a;\n', '/** @param a one */\nf = (a) => a;\n'],
  ['typescript', '/** {@link A|uno} */\na();\n', '/** {@link A|one} */\na();\n'],
  ['rust', '/// Uno:\n///\n/// - dos\nfn a() {}\n', '/// One:\n///\n/// - two\nfn a() {}\n'],
  [
    'rust',
    '/// ```text\n/// uno\n/// ```\nfn a() {}\n',
    '/// ```text\n/// one\n/// ```\nfn a() {}\n',
  ],
  ['go', 'package a\n\n// uno\nvar b int\n', 'package a\n\n// one\nvar b int\n'],
  ['php', '<?php\n/** @var A $a uno */\n$a = 1;\n', '<?php\n/** @var A $a one */\n$a = 1;\n'],
  ['python', 'def f():\n    """uno \\\\x"""\n', 'def f():\n    """one \\\\x \\x41"""\n'],
];

/** What is added so that something else is read, or what was read is read no more. */
const ADDED: readonly Pair[] = [
  ['typescript', 'a();\n', '/// <reference path="b" />\na();\n'],
  ['rust', 'fn a() {}\n', '/// One:\n///\n///     let b = 1;\nfn a() {}\n'],
  ['go', 'package a\n\nvar b int\n', 'package a\n\n/*line c.go:1*/\nvar b int\n'],
  ['java', '/** A. @deprecated B. */\nclass A {}\n', '/** A. */\nclass A {}\n'],
  ['typescript', 'function f() {}\n', '/** @deprecated G. */\nfunction f() {}\n'],
  ['css', 'a{b:url(c)}\n', 'a{b:url(/* d */c)}\n'],
  ['cpp', 'int a;\n', '// b ??/\nint a;\n'],
  ['css', '@charset "utf-8";\na{}\n', '/* b */\n@charset "utf-8";\na{}\n'],
  ['python', '#!/bin/a\n# coding: latin-1\nb = 1\n', '#!/bin/a\n# c\n# coding: latin-1\nb = 1\n'],
  ['ruby', '# encoding: latin-1\na = 1\n', '# b\n# encoding: latin-1\na = 1\n'],
  [
    'python',
    'def f(a):\n    # type: (int) -> int\n    return 1\n',
    'def f(a):\n    """F."""\n    # type: (int) -> int\n    return 1\n',
  ],
  ['python', 'def f():\n    return 1\n', 'def f():\n    """F \\x."""\n    return 1\n'],
  ['python', 'def f():\n    return 1\n', 'def f():\n    """F \\u12."""\n    return 1\n'],
  ['python', 'def f():\n    return 1\n', 'def f():\n    """F \\N{x}."""\n    return 1\n'],
];

suite('Proofs, comments that tools read', () => {
  for (const [languageId, base, proposed] of READ) {
    test(`${languageId}: not translated: ${JSON.stringify(base)}`, async () => {
      const { verdict } = await proveTranslation({ base, proposed, languageId, syntax });
      assert.equal(verdict, 'changed');
    });
  }

  for (const [languageId, base, proposed] of WORDS) {
    test(`${languageId}: translated: ${JSON.stringify(base)}`, async () => {
      const { verdict } = await proveTranslation({ base, proposed, languageId, syntax });
      assert.equal(verdict, 'verified');
    });
  }

  for (const [languageId, base, proposed] of ADDED) {
    test(`${languageId}: not verified: ${JSON.stringify(proposed)}`, async () => {
      const { verdict } = await proveDocstring({ base, proposed, languageId, syntax });
      assert.notEqual(verdict, 'verified');
    });
  }
});
