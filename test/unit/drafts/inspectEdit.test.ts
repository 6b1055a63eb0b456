import assert from 'node:assert/strict';
import { type Doubt, inspectEdit } from '../../../src/drafts/inspectEdit';
import { syntax } from '../syntax/service';

const BASE = `export function total(list: number[]): number {
  let sum = 0;
  for (const item of list) {
    sum += item;
  }
  return sum;
}

export function average(list: number[]): number {
  return total(list) / list.length;
}
`;

suite('an edit that no proof covers', () => {
  const cases: readonly (readonly [name: string, proposed: string, doubts: readonly Doubt[]])[] = [
    ['renames', BASE.replaceAll('sum', 'result'), []],
    ['adds', `${BASE}\nexport const zero = total([]);\n`, []],
    ['breaks the syntax', BASE.replace('{\n    sum', '\n    sum'), ['syntax-errors']],
    [
      'loses a function',
      BASE.slice(0, BASE.indexOf('export function average')),
      ['declarations-gone'],
    ],
    ['is cut', BASE.slice(0, Math.floor(BASE.length * 0.45)), ['syntax-errors', 'much-missing']],
    ['is other code', 'const a = b.c(d);\n', ['declarations-gone', 'little-in-common']],
  ];
  for (const [name, proposed, doubts] of cases) {
    test(name, async () => {
      const found = await inspectEdit({
        base: BASE,
        proposed,
        languageId: 'typescript',
        syntax,
      });
      assert.deepEqual(found, doubts);
    });
  }

  test('nothing is said of code in a language without a grammar but what its words show', async () => {
    const edit = { base: BASE, languageId: 'unknown', syntax };
    assert.deepEqual(await inspectEdit({ ...edit, proposed: BASE.slice(0, 60) }), ['much-missing']);
  });
});
