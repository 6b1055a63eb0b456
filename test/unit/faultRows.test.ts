import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { faultRows } from '../support/faultRows';
import { faultTable, titlesOf } from '../support/faultTable';
import { readText } from '../support/projectFiles';

suite('table of faults', () => {
  test('has a row for each fault, in the order of the list', () => {
    const rows = readText('test/faults.md').match(/^\| [^|]+/gm) ?? [];
    const [, , ...faults] = rows.map((cell) => cell.slice(2).trim());
    assert.deepEqual(
      faults,
      faultRows.map(({ fault }) => fault),
    );
  });

  test('names only tests that there are', function () {
    let root = this.test?.parent;
    while (root?.parent) root = root.parent;
    const titles: string[] = [];
    const files = new Set<string>();
    root?.eachTest((test) => {
      titles.push(test.fullTitle());
      files.add(test.file ?? '');
    });
    // Only a run of all files knows all tests.
    const all = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
    if (files.size < all.filter((file) => file.endsWith('.test.js')).length) this.skip();
    for (const { fault, unit } of faultRows) {
      assert.ok(unit.length > 0, fault);
      for (const pattern of unit) {
        assert.ok(titlesOf(pattern, titles).length > 0, `${fault}: no test "${pattern}"`);
      }
    }
  });

  test('counts what passed, and tells what did not or did not run', () => {
    const rows = [
      { fault: 'rain', unit: ['a *', 'b'], editor: ['c'] },
      { fault: 'hail', unit: ['d'], editor: [] },
    ];
    const unit = new Map([
      ['a 1', true],
      ['a 2', true],
      ['b', false],
    ]);
    const { markdown, problems } = faultTable(rows, { unit, editor: new Map([['c', true]]) });
    assert.equal(
      markdown,
      `| fault | unit     | real VS Code |
| ----- | -------- | ------------ |
| rain  | 2 passed | 1 passed     |
| hail  | none     | none         |
`,
    );
    assert.deepEqual(problems, [
      'rain, unit: "b" failed.',
      'hail, unit: no test ran as "d".',
      'hail, real VS Code: no test is named.',
    ]);
  });
});
