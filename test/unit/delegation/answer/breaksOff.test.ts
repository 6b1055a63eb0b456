import assert from 'node:assert/strict';
import { breaksOff } from '../../../../src/delegation/answer/reading/breaksOff';

const CODE = `/** Adds. */
export function add(list: number[]): number {
  // with "all" of them
  return list.reduce((sum, each) => sum + each, 0);
}

export const TEXT = \`a
b\`;
`;
const PYTHON = 'def add(a, b):\n    """Adds.\n\n    Both."""\n    return (\n        a + b\n    )\n';

/** What is left of a text that breaks off behind some words. */
const upTo = (text: string, end: string): string => text.slice(0, text.indexOf(end) + end.length);

suite('code that breaks off', () => {
  for (const end of ['/** Ad', 'list: number', '0);', ' of them', 'TEXT = `a', 'TEXT = `a\n']) {
    test(`is told behind ${JSON.stringify(end)}`, () => {
      assert.ok(breaksOff(upTo(CODE, end), { code: CODE, languageId: 'typescript' }));
    });
  }

  for (const end of ['(a', '"""Adds.', '"""Adds.\n\n    Bo', 'a + b']) {
    test(`is told in Python behind ${JSON.stringify(end)}`, () => {
      assert.ok(breaksOff(upTo(PYTHON, end), { code: PYTHON, languageId: 'python' }));
    });
  }

  const stretch = 'if (a) {\n  call(\n';
  const odd = 'const a = /[(]/;\nfunction b() {\n  return "(" + `${a ? `(` : 1}`;\n}\n';
  const whole: readonly (readonly [answer: string, code: string, languageId: string])[] = [
    [CODE, CODE, 'typescript'],
    [CODE.trimEnd(), '', 'typescript'],
    [PYTHON, PYTHON, 'python'],
    [stretch.replace('a', 'b'), stretch, 'typescript'],
    ['  call(b)\n}\n', '  call(a)\n}\n', 'typescript'],
    ["let a = 'it';\n", 'let a = "it";\n', 'typescript'],
    ['case "$1" in\n  a) b ;;\nesac\n', 'case $1 in\n  a) b ;;\nesac\n', 'shellscript'],
    ["fn a<'b>(c: &'b str) {}\n", "fn a<'a>(c: &'a str) {}\n", 'rust'],
    ['A list (of', 'A list', 'markdown'],
    [odd, 'let a;\n', 'javascript'],
  ];
  for (const [answer, code, languageId] of whole) {
    test(`is not ${JSON.stringify(answer)}`, () => {
      assert.ok(!breaksOff(answer, { code, languageId }));
    });
  }
});
