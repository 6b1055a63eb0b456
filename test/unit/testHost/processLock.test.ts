import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withProcessLock } from '../../host/processLock';

suite('Process lock of the test hosts', () => {
  let folder = '';
  let lockFile = '';

  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
    lockFile = path.join(folder, 'install.lock');
  });
  teardown(() => rmSync(folder, { recursive: true }));

  const mustNotWait = (): never => {
    throw new Error('There is nobody to wait for.');
  };

  test('holds its file with the process id while the work runs, and no longer', async () => {
    const result = await withProcessLock(
      lockFile,
      () => Promise.resolve(readFileSync(lockFile, 'utf8')),
      mustNotWait,
    );
    assert.equal(result, String(process.pid));
    assert.ok(!existsSync(lockFile));
  });

  test('is released when the work fails', async () => {
    const work = (): Promise<void> => Promise.reject(new Error('no network'));
    await assert.rejects(withProcessLock(lockFile, work, mustNotWait), /no network/);
    assert.ok(!existsSync(lockFile));
  });

  test('is taken over from a process that has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(lockFile, String(pid));
    let hasRun = false;
    await withProcessLock(
      lockFile,
      () => {
        hasRun = true;
        return Promise.resolve();
      },
      mustNotWait,
    );
    assert.ok(hasRun);
  });

  test('makes a second one wait for the first', async () => {
    const order: string[] = [];
    let finishFirst: () => void = () => undefined;
    const first = withProcessLock(
      lockFile,
      () =>
        new Promise<void>((resolve) => {
          finishFirst = () => {
            order.push('first ends');
            resolve();
          };
        }),
      mustNotWait,
    );
    await withProcessLock(
      lockFile,
      () => {
        order.push('second runs');
        return Promise.resolve();
      },
      (owner) => {
        assert.equal(owner, process.pid);
        order.push('second waits');
        finishFirst();
      },
    );
    await first;
    assert.deepEqual(order, ['second waits', 'first ends', 'second runs']);
  });
});
