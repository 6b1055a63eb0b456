import assert from 'node:assert/strict';
import { type Said, reasonsOf, write } from './writing';

/** Two classes with methods of the same names, one line each. */
const SHOPS = [
  'class Shop {',
  '  add() { return 1; }',
  '  size() { return 2; }',
  '}',
  '',
  'class Bag {',
  '  add() { return 3; }',
  '  size() { return 4; }',
  '}',
  '',
].join('\n');

/** Each comment with the line of code below it. */
function commented(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.flatMap((line, index) =>
    line.startsWith('/**') ? [`${line.slice(4, -3)} > ${lines[index + 1] ?? ''}`] : [],
  );
}

async function place(said: readonly Said[], base = SHOPS): Promise<string[]> {
  const result = await write('typescript', base, said);
  return [...commented(result.text), ...reasonsOf(result)];
}

suite('writeDocstrings, a name and a line that do not agree', () => {
  test('the name tells: with what it belongs to, or the nearest of several', async () => {
    assert.deepEqual(await place([[3, 'Adds.', 'Shop.add']]), ['Adds. > add() { return 1; }']);
    assert.deepEqual(await place([[3, 'Adds.', 'Bag::add()']]), ['Adds. > add() { return 3; }']);
    assert.deepEqual(await place([[8, 'Adds.', 'add']]), ['Adds. > add() { return 3; }']);
    assert.deepEqual(await place([[1, 'Holds.', 'class Bag']]), ['Holds. > class Bag {']);
  });

  test('a name that several have, none of them near, leaves it out', async () => {
    const far = `${SHOPS}\n\n\nconst one = 1;\n`;
    assert.deepEqual(await place([[13, 'Adds.', 'add']], far), ['13 no-such-line']);
  });

  test('a name in other code leaves it out, one that is nowhere says nothing', async () => {
    const inner = 'function shop() {\n  const price = 1;\n  use(price);\n}\n\nfunction bag() {}\n';
    assert.deepEqual(await place([[6, 'Is.', 'use']], inner), ['6 no-such-line']);
    assert.deepEqual(await place([[6, 'Is.', 'a bag']], inner), ['Is. > function bag() {}']);
  });
});

suite('writeDocstrings, lines that are all off', () => {
  const dense = 'interface Shape {\n  area(): number;\n  name: string;\n}\n\nfunction draw() {}\n';
  const right: readonly Said[] = [
    [1, 'A shape.'],
    [2, 'Its area.'],
    [3, 'Its name.'],
    [6, 'Draws.'],
  ];
  const placed = [
    'A shape. > interface Shape {',
    'Its area. > area(): number;',
    'Its name. > name: string;',
    'Draws. > function draw() {}',
  ];

  for (const shift of [0, 1, -1]) {
    test(`by ${shift}, though some begin a declaration`, async () => {
      const said = right.map(([line, text]): Said => [line + 1 + shift, text]);
      assert.deepEqual(await place(said, `\n${dense}`), placed);
    });
  }

  test('two that are right do not move for a third that stands at none', async () => {
    const said: readonly Said[] = [
      [1, 'A shape.'],
      [2, 'Its area.'],
      [5, 'Nothing.'],
    ];
    const text = 'interface Shape {\n  area(): number;\n}\n\nconsole.log();\n';
    assert.deepEqual(await place(said, text), [
      'A shape. > interface Shape {',
      'Its area. > area(): number;',
      'Nothing. > console.log();',
    ]);
  });
});
