import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { STATUS_BAR_ID } from '../../src/manifest';
import { readLedger } from '../host/ledgerFiles';
import { poll } from '../support/poll';
import { seeRun } from './runs';
import { useStage } from './stage';

suite('A long run', () => {
  const stage = useStage({ pacing: { heartbeatMs: 300, workerMs: 60_000 } });

  test('shows that it is alive, and ends at once when it is cancelled', async () => {
    const { workbench, simulator, file } = stage();
    const source = file('java/LocalFilesystem.java');
    const before = readFileSync(source, 'utf8');
    await workbench.editor.open(source);
    await workbench.editor.selectLines(40, 120);
    const { closing, entry } = await seeRun(stage(), async () => {
      await workbench.runCommand('Delegate: Reformat selection');
      await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\d+s · \$/);
      assert.ok((await workbench.statusBar.icons(STATUS_BAR_ID)).includes('sync'));
      await workbench.notifications.waitFor(/alive|worker writes/);
      assert.deepEqual(await workbench.notifications.buttons(/Delegate: Reformat/), ['Cancel']);
      await workbench.notifications.click(/Delegate: Reformat/, 'Cancel');
    });
    assert.match(closing, /^- cancelled · /);
    assert.equal(entry?.status, 'cancelled');
    await workbench.notifications.waitGone(/Delegate: Reformat/);
    await poll('the request to be given up', () =>
      simulator.requests.some((request) => request.isCancelled),
    );
    assert.equal(readFileSync(source, 'utf8'), before);
    assert.equal(await workbench.editor.text(), before);
  });

  test('several runs are in flight at once, and each cancels by itself', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('python/common.py'));
    await workbench.editor.selectLines(1, 60);
    const booked = readLedger(workbench.userDataDir).length;
    await workbench.runCommand('Delegate: Summarize selection');
    await workbench.notifications.waitFor(/Delegate: Summarize/);
    await workbench.runCommand('Delegate: Draft docstring');
    await workbench.notifications.waitFor(/Delegate: Docstring/);
    await workbench.notifications.click(/Delegate: Docstring/, 'Cancel');
    await workbench.notifications.waitGone(/Delegate: Docstring/);
    await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\d+s · /);
    await workbench.runCommand('Delegate: Cancel run');
    await workbench.notifications.waitGone(/Delegate: Summarize/);
    const entries = await poll('two cancelled runs in the ledger', () => {
      const added = readLedger(workbench.userDataDir).slice(booked);
      const ids = new Set(added.map((entry) => entry.id));
      return ids.size === 2 && added;
    });
    assert.ok(entries.every((entry) => entry.status === 'cancelled'));
  });
});
