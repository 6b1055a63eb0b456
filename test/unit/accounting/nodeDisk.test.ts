import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeDisk } from '../../../src/accounting/nodeDisk';
import { poll } from '../../support/poll';

const isWindows = process.platform === 'win32';

suite('folder of the ledger', () => {
  let parent = '';
  setup(() => (parent = mkdtempSync(path.join(tmpdir(), 'delegate-disk-'))));
  teardown(() => rmSync(parent, { recursive: true, force: true }));

  const modeOf = (folder: string): number => statSync(folder).mode & 0o777;

  test('is for its owner only', async function () {
    if (isWindows) this.skip();
    const root = path.join(parent, 'ledger');
    await nodeDisk(root).append('runs/2026-01.jsonl', Buffer.from('{}\n'));
    assert.equal(modeOf(root), 0o700);
    assert.equal(modeOf(path.join(root, 'runs')), 0o700);
  });

  test('of an earlier version is closed to others', async function () {
    if (isWindows) this.skip();
    const root = path.join(parent, 'ledger');
    mkdirSync(root, { mode: 0o755 });
    nodeDisk(root);
    await poll('the mode', () => modeOf(root) === 0o700);
  });
});
