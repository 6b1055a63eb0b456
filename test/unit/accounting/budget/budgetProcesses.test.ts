import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { ManualClock } from '../../../support/manualClock';
import { temporaryFolder } from '../support/ledgerFixtures';

const CHILD = join(__dirname, '..', 'support', 'budgetChild.js');
const LIMIT = 1_000_000;
const CEILING = 90_000;

suite('budget of several processes', () => {
  const folder = temporaryFolder();

  test('eight runs at once in two processes spend the daily budget and not a nano-dollar more', async () => {
    const children = [1, 2].map(() => fork(CHILD, [folder(), String(LIMIT), String(CEILING)]));
    const bills: number[] = [];
    for (const child of children) {
      child.on('message', (message) => {
        if (typeof message === 'object') bills.push((message as { cost: number }).cost);
      });
    }
    await Promise.all(children.map((child) => once(child, 'message')));
    const ends = children.map(exitCode);
    for (const child of children) child.send('go');
    assert.deepEqual(await Promise.all(ends), [0, 0]);

    const billed = bills.reduce((sum, cost) => sum + cost, 0);
    const ledger = new Ledger({
      disk: nodeDisk(folder()),
      clock: new ManualClock('2026-03-14T12:00:00Z'),
      zone: () => 0,
    });
    await ledger.refresh();
    assert.equal(ledger.totals('today').costNanoUsd, billed);
    assert.equal(ledger.totals('today').runs, bills.length);
    assert.ok(billed <= LIMIT, `${billed} of ${LIMIT} spent`);
    // They stopped because no further ceiling fitted, not because they were in each other's way; a
    // run that is just ending may count twice at the last look.
    assert.ok(billed > LIMIT - 2 * CEILING, `only ${billed} of ${LIMIT} spent`);
    assert.deepEqual(readdirSync(join(folder(), 'runs')), []);
  }).timeout(30_000);
});

async function exitCode(child: ChildProcess): Promise<unknown> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
