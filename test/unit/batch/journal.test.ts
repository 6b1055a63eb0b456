import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type BatchState, applyRecord, emptyState } from '../../../src/batch/journal/batchState';
import { Journal } from '../../../src/batch/journal/journal';
import { type JournalRecord, decodeRecord, encodeRecord } from '../../../src/batch/journal/records';
import { MemoryFolder } from './kit';

const file = (n: number): JournalRecord => ({
  t: 'file',
  n,
  path: `src/größe ${n}.py`,
  languageId: 'python',
  hash: `hash-${n}`,
  lines: 10,
  tokens: 100,
  declarations: 2,
});

const records: readonly JournalRecord[] = [
  { t: 'batch', v: 1, id: 'b1', key: 'k', at: '2026-09-23T00:00:00.000Z', limit: 5 },
  file(1),
  file(2),
  { t: 'planned', files: 2 },
  { t: 'brief', hash: 'abc' },
  { t: 'sent', run: 'r1', ceiling: 100 },
  { t: 'paid', run: 'r1', cost: 40 },
  { t: 'done', n: 1, standing: 'verified', by: 'worker', reason: '', result: 'h1' },
  { t: 'sent', run: 'r2', ceiling: 70 },
  { t: 'done', n: 2, standing: 'doubtful', by: 'delegated', reason: 'a\nb', result: 'h2' },
  { t: 'read', n: 1, ok: false, reason: 'invented' },
  { t: 'applying', n: 1, before: 'x', after: 'y' },
  { t: 'applied', n: 1 },
  { t: 'undone', n: 1 },
  { t: 'again', n: 2 },
  { t: 'end' },
];

function stateOf(list: readonly JournalRecord[]): BatchState {
  const state = emptyState();
  for (const record of list) applyRecord(state, record);
  return state;
}

suite('Journal of a batch', () => {
  test('what was added is there after opening it again', async () => {
    const folder = new MemoryFolder();
    const journal = await Journal.open(folder);
    for (const record of records) await journal.add(record);
    const again = await Journal.open(folder);
    assert.deepEqual(again.state, journal.state);
    assert.deepEqual(again.state, stateOf(records));
    assert.equal(again.damagedLines, 0);
  });

  test('torn at every byte, it tells what its whole lines told, and goes on', async () => {
    const bytes = Buffer.from(records.map(encodeRecord).join(''));
    const next = file(3);
    for (let length = 0; length <= bytes.length; length += 1) {
      const folder = new MemoryFolder();
      folder.files.set('journal.jsonl', bytes.subarray(0, length));
      const journal = await Journal.open(folder);
      const kept = bytes.subarray(0, length).toString('utf8').split('\n');
      // A line that lost nothing but its line feed is whole.
      const whole = kept.filter((line) => line !== '' && decodeRecord(line) !== null).length;
      assert.ok(whole >= kept.length - 1, `${length}`);
      assert.deepEqual(journal.state, stateOf(records.slice(0, whole)), `${length}`);
      await journal.add(next);
      const again = await Journal.open(folder);
      assert.deepEqual(again.state, stateOf([...records.slice(0, whole), next]), `${length}`);
    }
  });

  test('lines of others and damaged ones are passed over and counted', async () => {
    const folder = new MemoryFolder();
    const lines = ['{"t":"later","n":1}', 'null', '{"t":"done","n":-1}', '[1]', '{"t":"toString"}'];
    folder.files.set('journal.jsonl', Buffer.from(`${lines.join('\n')}\n${encodeRecord(file(1))}`));
    const journal = await Journal.open(folder);
    assert.equal(journal.damagedLines, lines.length);
    assert.equal(journal.state.files.size, 1);
  });

  test('a disk that refuses leaves the state as it was, and lines that come together are one write', async () => {
    const folder = new MemoryFolder();
    const journal = await Journal.open(folder);
    await journal.add(file(1));
    const append = folder.append.bind(folder);
    folder.append = () => Promise.reject(new Error('full'));
    await assert.rejects(journal.add(file(2)), /full/);
    assert.equal(journal.state.files.size, 1);
    let writes = 0;
    folder.append = (name, bytes) => {
      writes += 1;
      return append(name, bytes);
    };
    await Promise.all([2, 3, 4, 5].map((n) => journal.add(file(n))));
    assert.equal(journal.state.files.size, 5);
    assert.ok(writes <= 2, `${writes}`);
  });

  test('costs add up in any order: known ones are spent once, the rest stays claimed', () => {
    const runs = fc.uniqueArray(fc.nat(30), { minLength: 1 });
    fc.assert(
      fc.property(runs, fc.infiniteStream(fc.option(fc.nat(50))), (names, costs) => {
        const state = emptyState();
        let spent = 0;
        let open = 0;
        for (const name of names) {
          const cost = costs.next().value as number | null;
          applyRecord(state, { t: 'sent', run: `${name}`, ceiling: 100 });
          applyRecord(state, { t: 'paid', run: `${name}`, cost });
          applyRecord(state, { t: 'paid', run: `${name}`, cost });
          if (cost === null) open += 1;
          else spent += cost;
        }
        return state.spentNanoUsd === spent && state.open.size === open;
      }),
    );
  });
});
