import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { encodeEntry } from '../../../../src/accounting/ledger/entryCodec';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { ROLLUP_FORMAT } from '../../../../src/accounting/ledger/rollupState';
import { entryOf, fullableDisk, readJsonLines, temporaryFolder } from '../support/ledgerFixtures';
import { ManualClock } from '../../../support/manualClock';

const NOON = '2026-03-14T12:00:00.000Z';
const utc = (): number => 0;

suite('ledger and its rollup', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder(), '2026-03.jsonl');

  async function totalOfNewWindow(
    zone = utc,
  ): Promise<{ cost: number; runs: number; readBytes: number }> {
    const disk = nodeDisk(folder());
    let readBytes = 0;
    const counting = {
      ...disk,
      read: async (name: string, start: number, length: number) => {
        const bytes = await disk.read(name, start, length);
        if (name.endsWith('.jsonl')) readBytes += bytes.length;
        return bytes;
      },
    };
    const ledger = new Ledger({ disk: counting, clock: new ManualClock(NOON), zone });
    await ledger.refresh();
    const { costNanoUsd, runs } = ledger.totals('today');
    await ledger.save();
    return { cost: costNanoUsd, runs, readBytes };
  }

  setup(() => {
    const lines = Array.from(
      { length: 500 },
      () => `${encodeEntry(entryOf({ cost_nano_usd: 2 }))}\n`,
    );
    writeFileSync(file(), lines.join(''));
  });

  test('a start reads only what came after the saved rollup', async () => {
    const first = await totalOfNewWindow();
    assert.equal(first.cost, 1000);
    assert.ok(first.readBytes > 100_000);
    const second = await totalOfNewWindow();
    assert.equal(second.cost, 1000);
    assert.ok(second.readBytes < 3000, `${second.readBytes} bytes`);
    appendFileSync(file(), `${encodeEntry(entryOf({ cost_nano_usd: 3 }))}\n`);
    const third = await totalOfNewWindow();
    assert.equal(third.cost, 1003);
    assert.ok(third.readBytes < 6000, `${third.readBytes} bytes`);
  });

  test('an entry that the rollup has summed can still be superseded', async () => {
    appendFileSync(file(), `${encodeEntry(entryOf({ id: 'u', cost_nano_usd: null }))}\n`);
    await totalOfNewWindow();
    appendFileSync(file(), `${encodeEntry(entryOf({ id: 'u', cost_nano_usd: 7 }))}\n`);
    assert.deepEqual(pick(await totalOfNewWindow()), { cost: 1007, runs: 501 });
    appendFileSync(file(), `${encodeEntry(entryOf({ id: 'u', cost_nano_usd: 8 }))}\n`);
    assert.deepEqual(pick(await totalOfNewWindow()), { cost: 1008, runs: 501 });
  });

  function pick(result: { cost: number; runs: number }): { cost: number; runs: number } {
    return { cost: result.cost, runs: result.runs };
  }

  for (const [name, damage] of Object.entries({
    'is gone': (path: string) => rmSync(path),
    'is empty': (path: string) => writeFileSync(path, ''),
    'is cut': (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 60)),
    'is no JSON': (path: string) => writeFileSync(path, 'x'.repeat(200)),
    'claims another position': (path: string) =>
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"offset":\d+/, '"offset":12345')),
    'has a cell that is none': (path: string) =>
      writeFileSync(path, readFileSync(path, 'utf8').replace('"cells":[[', '"cells":[[null,')),
  })) {
    test(`a rollup that ${name} is made again`, async () => {
      await totalOfNewWindow();
      const saved = readdirSync(join(folder(), 'rollup')).filter((file) => file.endsWith('.json'));
      assert.equal(saved.length, 1);
      damage(join(folder(), 'rollup', saved[0] ?? ''));
      assert.deepEqual(pick(await totalOfNewWindow()), { cost: 1000, runs: 500 });
    });
  }

  test('an index that is gone is made again', async () => {
    await totalOfNewWindow();
    rmSync(join(folder(), 'rollup', `2026-03.v${ROLLUP_FORMAT}.index`));
    const first = encodeEntry({ ...firstEntry(), cost_nano_usd: 1000 });
    appendFileSync(file(), `${first}\n`);
    assert.deepEqual(pick(await totalOfNewWindow()), { cost: 1998, runs: 500 });
  });

  test('a saved sum or an index with a damaged byte is made again', async () => {
    const whole = pick(await totalOfNewWindow());
    const folders = join(folder(), 'rollup');
    for (const name of readdirSync(folders)) {
      const bytes = readFileSync(join(folders, name));
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(join(folders, name), bytes);
      const first = encodeEntry({ ...firstEntry(), cost_nano_usd: 1 });
      appendFileSync(file(), `${first}\n`);
      assert.deepEqual(pick(await totalOfNewWindow()), { ...whole, cost: 999 }, name);
    }
  });

  test('a damaged line that a later one supersedes is not counted with it', async () => {
    await totalOfNewWindow();
    const bytes = readFileSync(file());
    bytes[1]! ^= 1;
    const entry = firstEntry();
    writeFileSync(file(), bytes);
    appendFileSync(file(), `${encodeEntry({ ...entry, cost_nano_usd: 1000 })}\n`);
    assert.deepEqual(pick(await totalOfNewWindow()), { cost: 1998, runs: 500 });
  });

  function firstEntry(): ReturnType<typeof entryOf> {
    const [entry] = readJsonLines(file());
    assert.ok(entry);
    return entry;
  }

  test('a ledger file that was replaced, shortened or deleted is counted again', async () => {
    const { ledger } = {
      ledger: new Ledger({ disk: nodeDisk(folder()), clock: new ManualClock(NOON), zone: utc }),
    };
    await ledger.refresh();
    assert.equal(ledger.totals('today').runs, 500);
    writeFileSync(file(), `${encodeEntry(entryOf({ cost_nano_usd: 9 }))}\n`);
    await ledger.refresh();
    assert.deepEqual([ledger.totals('today').runs, ledger.totals('today').costNanoUsd], [1, 9]);
    const longer = Array.from({ length: 3 }, () => encodeEntry(entryOf({ cost_nano_usd: 1 })));
    writeFileSync(file(), `${longer.join('\n')}\n`);
    await ledger.refresh();
    assert.deepEqual([ledger.totals('today').runs, ledger.totals('today').costNanoUsd], [3, 3]);
    rmSync(file());
    await ledger.refresh();
    assert.equal(ledger.totals('today').runs, 0);
  });

  test('another time zone has sums of its own, and both stay', async () => {
    writeFileSync(
      file(),
      `${encodeEntry(entryOf({ cost_nano_usd: 5, at: '2026-03-13T20:00:00Z' }))}\n`,
    );
    const tokyo = (): number => 540;
    assert.equal((await totalOfNewWindow()).cost, 0);
    assert.equal((await totalOfNewWindow(tokyo)).cost, 5);
    const again = await totalOfNewWindow();
    assert.equal(again.cost, 0);
    assert.ok(again.readBytes < 3000);
  });

  test('a folder that cannot be written to still gives totals, and superseding works', async () => {
    const disk = fullableDisk(nodeDisk(folder()));
    disk.isFull = true;
    const ledger = new Ledger({ disk, clock: new ManualClock(NOON), zone: utc });
    await ledger.refresh();
    assert.equal(ledger.totals('today').costNanoUsd, 1000);
    appendFileSync(file(), `${encodeEntry({ ...firstEntry(), cost_nano_usd: 5 })}\n`);
    await ledger.refresh();
    assert.equal(ledger.totals('today').costNanoUsd, 1003);
    await ledger.save();
    // What was only in memory must not be taken for complete by the next window.
    mkdirSync(join(folder(), 'rollup'), { recursive: true });
    assert.deepEqual(pick(await totalOfNewWindow()), { cost: 1003, runs: 500 });
  });
});
