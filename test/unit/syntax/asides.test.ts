import assert from 'node:assert/strict';
import { isAside } from '../../../src/syntax/asides';
import { type CommentRules, commentWords, isOrder } from '../../../src/syntax/commentRules';
import { assertEndsWithin } from '../../support/cpuTime';

const PLAIN: CommentRules = { documentation: null };

suite('isAside', () => {
  const asides = [
    '/* Copyright (c) 2020 A. Author */',
    '// SPDX-License-Identifier: MIT',
    '# Licensed under the Apache License, Version 2.0',
    '/*\n * This file is part of x.\n */',
    '/** @license MIT */',
    '// --------------------------------',
    '/* ======== helpers ======== */',
    '# ---\n# Helpers\n# ---',
    '// MARK: - Life cycle',
    '//#region Helpers',
    '// return old(a);',
    '# x = old(1)\n# y = x + 1',
    '# def old(a)\n#   a\n# end',
    '// if (a) {\n//   b();\n// }',
    '# echo "$1"',
    '/** @file All of it. */',
  ];
  for (const comment of asides) {
    test(`${JSON.stringify(comment)} is none`, () => {
      assert.ok(isAside(comment, PLAIN));
    });
  }

  const documentation = [
    '// F returns the copyright notice of a file.',
    '# Adds two numbers.',
    '# $1 - the message\n# $2: where it goes',
    '// F does; see G for more.',
    '/* Returns 0 on success, -1 on error. */',
    '// Add returns a + b (see Sum).',
    '/***************\n * Adds two numbers.\n ***************/',
    '// The licence is read from a file.',
    '# Use it like this:\n#\n#   f(1)\n#\n# and all is well.',
  ];
  for (const comment of documentation) {
    test(`${JSON.stringify(comment)} is documentation`, () => {
      assert.ok(!isAside(comment, PLAIN));
    });
  }

  test('takes time in proportion to the comment', () => {
    for (const piece of ['-', '- ', '*', ' ', '/', 'a(', 'a.', '"$', '-*-', 'if ', '#']) {
      const comment = `// ${piece.repeat(100_000)}x`;
      const read = (): void => {
        isAside(comment, PLAIN);
        commentWords(comment);
        isOrder(comment, PLAIN);
      };
      assertEndsWithin(1_000, read, piece);
    }
  });
});
