import assert from 'node:assert/strict';
import { readTable } from '../../../../src/delegation/answer/reading/tables';

suite('tables', () => {
  const table = (...rows: string[]): string =>
    ['| line | text |', '| --- | :-: |', ...rows].join('\n');

  test('have a text for each name', () => {
    assert.deepEqual(readTable(table('| 1 | `a \\| b` |', '|2|one<br>two|')), {
      entries: [
        { line: '1', text: 'a | b' },
        { line: '2', text: 'one\ntwo' },
      ],
      isClosed: false,
    });
  });

  test('may stand between sentences and have no bars at their ends', () => {
    const answer = 'Found:\n\nline | text\n--- | ---\n1 | a\n2 | b\n\nThat is all.';
    assert.deepEqual(readTable(answer), {
      entries: [
        { line: '1', text: 'a' },
        { line: '2', text: 'b' },
      ],
      isClosed: true,
    });
  });

  test('are whole where a fence ends behind them', () => {
    const fenced = `\`\`\`\n${table('| 1 | a |')}\n`;
    assert.equal(readTable(fenced)?.isClosed, false);
    assert.equal(readTable(`${fenced}\`\`\``)?.isClosed, true);
    assert.equal(readTable('```csv\nline,text\n1,a\n```')?.isClosed, true);
    assert.equal(readTable('line,text\n1,a')?.isClosed, false);
  });

  for (const [name, answer] of [
    ['a cell too few', table('| 1 | a |', '| 2 |')],
    ['a cell too many', table('| 1 | a | b |')],
    ['a row that breaks off', table('| 1 | a |', '| 2 | b')],
    ['rows behind its end', `${table('| 1 | a |')}\n\n| 2 | b |`],
    ['a second table', `${table('| 1 | a |')}\n\n${table('| 2 | b |')}`],
    ['a name twice', '| a | a |\n| --- | --- |\n| 1 | 2 |'],
    ['dots for further rows', table('| 1 | a |', '| ... | ... |')],
    ['no rows', table()],
    ['no names', '| --- | --- |\n| 1 | a |'],
    ['one column', '| text |\n| --- |\n| a |'],
    ['a sentence with commas', 'First, second, third.\nFourth, fifth, sixth.'],
    ['a quotation mark that is not closed', 'line,text\n1,"a\n2,b'],
  ] as const) {
    test(`with ${name} are none`, () => assert.equal(readTable(answer), null));
  }

  for (const [name, separator] of [
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const) {
    test(`of values between ${name} may have line ends and marks in quotes`, () => {
      const answer = `line,text\r\n1,"a ""b""${separator}\nc"\r\n2,d\r\n`.replaceAll(
        ',',
        separator,
      );
      assert.deepEqual(readTable(answer)?.entries, [
        { line: '1', text: `a "b"${separator}\nc` },
        { line: '2', text: 'd' },
      ]);
    });
  }
});
