import assert from 'node:assert/strict';
import { csvTable, markdownTable, readTable } from '../../../src/text/table';

suite('A table of an extraction', () => {
  test('a list of objects has a column for each of their fields', () => {
    const table = readTable([
      { line: 3, text: 'a' },
      { line: 9, mark: 'TODO', text: null },
    ]);
    assert.deepEqual(table, {
      columns: ['line', 'text', 'mark'],
      rows: [
        [3, 'a', null],
        [9, null, 'TODO'],
      ],
    });
  });

  test('a list of values has one column, a wrapped list is the list', () => {
    assert.deepEqual(readTable(['a', 1, true]), {
      columns: ['value'],
      rows: [['a'], [1], [true]],
    });
    assert.deepEqual(readTable({ items: [{ a: 1 }] }), { columns: ['a'], rows: [[1]] });
  });

  test('lists of words in a cell are words, other values JSON', () => {
    const table = readTable([{ tables: ['a', 'b'], fields: [{ name: 'x' }] }]);
    assert.deepEqual(table?.rows, [['a, b', '[{"name":"x"}]']]);
  });

  test('anything else is no table', () => {
    for (const value of [null, 'text', 3, {}, { a: 1 }, { a: [], b: [] }]) {
      assert.equal(readTable(value), null, JSON.stringify(value));
    }
  });

  test('an empty list is an empty table', () => {
    assert.deepEqual(readTable([]), { columns: ['value'], rows: [] });
  });

  test('is written as CSV that runs no formula', () => {
    const table = readTable([{ name: '=1+1', text: 'a "b",\nc' }]);
    assert.equal(csvTable(table!), 'name,text\r\n\'=1+1,"a ""b"",\nc"\r\n');
  });

  test('is written as Markdown that shows each letter, with links where they are asked for', () => {
    const table = readTable([{ line: 4, text: 'a | [b](command:x) <img>\n`c`' }]);
    assert.equal(
      markdownTable(table!, (column, value) =>
        column === 'line' ? `[${String(value)}](#L${String(value)})` : null,
      ),
      '| line | text |\n| --- | --- |\n| [4](#L4) | a \\| \\[b\\](command:x) \\<img\\> \\`c\\` |\n',
    );
  });
});
