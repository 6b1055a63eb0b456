import assert from 'node:assert/strict';
import { type FaultRow, faultRows } from '../support/faultRows';
import { faultTable, tableDifferences, withFaultTable } from '../support/faultTable';
import { readText } from '../support/projectFiles';
import type { TestResult } from '../support/testResults';

suite('table of faults', () => {
  test('has a row for each fault, in the order of the list', () => {
    const rows = readText('test/faults.md').match(/^\| [^|]+/gm) ?? [];
    const [, , ...faults] = rows.map((cell) => cell.slice(2).trim());
    assert.deepEqual(
      faults,
      faultRows.map(({ fault }) => fault),
    );
  });

  test('counts what passed, and tells what did not or did not run', () => {
    const rows = [
      { fault: 'rain', unit: ['a *', 'b'], editor: ['c'], workerFirst: ['a 2', 'c'] },
      { fault: 'hail', unit: ['d'], editor: [], workerFirst: ['c'] },
    ];
    const unit = new Map<string, TestResult>([
      ['a 1', 'passed'],
      ['a 2', 'passed'],
      ['b', 'failed'],
    ]);
    const editor = new Map<string, TestResult>([['c', 'passed']]);
    const { markdown, problems } = faultTable(rows, { unit, editor });
    assert.equal(
      markdown,
      `| fault | unit     | real VS Code | worker first |
| ----- | -------- | ------------ | ------------ |
| rain  | 2 passed | 1 passed     | 2 passed     |
| hail  | none     | none         | 1 passed     |
`,
    );
    assert.deepEqual(problems, [
      'rain, unit: "b" failed.',
      'hail, unit: no test ran as "d".',
      'hail, real VS Code: no test is named.',
    ]);
  });

  test('is compared with what a run says, whatever the run had to skip', () => {
    const row = (fault: string, unit: string, editor: string): FaultRow => ({
      fault,
      unit: [unit],
      editor: [editor],
      workerFirst: [unit],
    });
    const results = (...names: readonly string[]): ReadonlyMap<string, TestResult> =>
      new Map(names.map((name) => [name, name.startsWith('skip') ? 'skipped' : 'passed']));
    const rows = [row('rain', 'a *', 'c'), row('hail', 'a *', 'skip *')];
    const run = { unit: results('a 1', 'a 2'), editor: results('c', 'skip 1') };
    const kept = withFaultTable(
      'Faults.\n\n| fault | old |\n',
      faultTable(rows, { ...run, editor: new Map([...run.editor, ['skip 1', 'passed']]) }),
    );
    assert.match(
      kept,
      /^Faults\.\n\n\| fault \| unit .*\n\| -+ .*\n\| rain +\| 2 passed \| 1 passed/,
    );
    assert.deepEqual(faultTable(rows, run).problems, []);
    assert.deepEqual(tableDifferences(kept, faultTable(rows, run)), []);

    const other = [row('rain', 'a 1', 'c'), row('snow', 'a 1', 'c')];
    assert.deepEqual(tableDifferences(kept, faultTable(other, run)), [
      'rain, unit: 1 passed, the table says 2.',
      'rain, workerFirst: 1 passed, the table says 2.',
      'snow: the table has no such row.',
      'hail: only the table has this row.',
    ]);
  });
});
