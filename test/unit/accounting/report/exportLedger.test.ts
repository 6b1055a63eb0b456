import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeEntry } from '../../../../src/accounting/ledger/entryCodec';
import { type ExportFormat, exportText } from '../../../../src/accounting/report/exportLedger';
import type { LedgerEntry } from '../../../../src/accounting/ledger/ledgerEntry';
import { entryOf } from '../support/ledgerFixtures';

async function exported(entries: readonly LedgerEntry[], format: ExportFormat): Promise<string> {
  let text = '';
  for await (const piece of exportText(entries, format)) text += piece;
  return text;
}

/** Reads CSV by RFC 4180, as a spreadsheet does. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (isQuoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') field += text[(at += 1)] ?? '';
      else isQuoted = false;
    } else if (char === '"') isQuoted = true;
    else if (char === ',') {
      row.push(field);
      field = '';
    } else if (char === '\r' && text[at + 1] === '\n') {
      rows.push([...row, field]);
      row = [];
      field = '';
      at += 1;
    } else field += char;
  }
  assert.equal(field, '');
  return rows;
}

suite('export', () => {
  test('CSV has a header, CRLF line ends and amounts in dollars without loss', async () => {
    const text = await exported([entryOf({ cost_nano_usd: 6_100_001 })], 'csv');
    const [header, row, ...rest] = readCsv(text);
    assert.equal(rest.length, 0);
    assert.equal(header?.length, row?.length);
    const value = (name: string): string | undefined => row?.[header?.indexOf(name) ?? -1];
    assert.equal(value('cost_usd'), '0.006100001');
    assert.equal(value('cost_nano_usd'), '6100001');
    assert.equal(value('delegations_requested'), '1');
    assert.equal(value('orchestrator_model'), '~anthropic/claude-opus-latest');
    assert.equal(value('demo'), 'false');
  });

  test('an unknown cost is an empty field', async () => {
    const [header = [], row = []] = readCsv(
      await exported([entryOf({ cost_nano_usd: null })], 'csv'),
    );
    assert.equal(row[header.indexOf('cost_usd')], '');
    assert.equal(row[header.indexOf('cost_nano_usd')], '');
    assert.equal(row[header.indexOf('cost_source')], 'unknown');
  });

  test('no text can become a formula or leave its field', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.constantFrom(
            '=1+1',
            '+1',
            '-1',
            '@SUM(A1)',
            '\t=1',
            '\r=1',
            '=cmd|"/c calc"!A1',
            'a,b',
            'a"b',
            'a\r\nb',
          ),
          fc.string(),
        ),
        async (model) => {
          const entry = entryOf({ orchestrator_model: model });
          const [header, row, ...rest] = readCsv(await exported([entry], 'csv'));
          assert.equal(rest.length, 0);
          assert.equal(row?.length, header?.length);
          const field = row?.[header?.indexOf('orchestrator_model') ?? -1] ?? '';
          assert.ok(field === model || field === `'${model}`);
          assert.ok(!/^[=+\-@\t\r\n]/.test(field), field);
        },
      ),
    );
  });

  test('JSON Lines are the ledger’s own lines', async () => {
    const entries = [entryOf(), entryOf({ cost_nano_usd: null })];
    const text = await exported(entries, 'jsonl');
    assert.deepEqual(text.split('\n').slice(0, -1).map(decodeEntry), entries);
    assert.ok(text.endsWith('\n'));
  });

  test('nothing to export', async () => {
    assert.equal(readCsv(await exported([], 'csv')).length, 1);
    assert.equal(await exported([], 'jsonl'), '');
  });
});
