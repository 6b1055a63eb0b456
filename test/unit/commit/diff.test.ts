import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newFileDiff, splitDiff } from '../../../src/commit/diff';

const identity = [
  '-c',
  'user.name=A',
  '-c',
  'user.email=a@example.org',
  '-c',
  'commit.gpgsign=false',
];

suite('diff of a commit, as git writes it', () => {
  let root = '';
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' });
  const write = (name: string, text: string | Buffer): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  const staged = (): ReturnType<typeof splitDiff> => {
    git('add', '-A');
    return splitDiff(git('diff', '--cached', '-M'));
  };

  setup(() => {
    root = mkdtempSync(path.join(tmpdir(), 'commit-'));
    git('init', '-q');
    write('a.txt', 'one\ntwo\n');
    write('old name.txt', Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join(''));
    write('gone.txt', 'x\n');
    git('add', '-A');
    git('commit', '-qm', 'First');
  });

  teardown(() => rmSync(root, { recursive: true, force: true }));

  test('changed, new, gone and renamed files, with their lines counted', () => {
    write('a.txt', 'one\n2\n3\n');
    write('dir/new.txt', 'n\n');
    rmSync(path.join(root, 'gone.txt'));
    renameSync(path.join(root, 'old name.txt'), path.join(root, 'new name.txt'));
    const files = staged().map(({ path: name, oldPath, change, added, removed }) => ({
      name,
      oldPath,
      change,
      lines: `+${added} -${removed}`,
    }));
    assert.deepEqual(files, [
      { name: 'a.txt', oldPath: null, change: 'modified', lines: '+2 -1' },
      { name: 'dir/new.txt', oldPath: null, change: 'added', lines: '+1 -0' },
      { name: 'gone.txt', oldPath: null, change: 'deleted', lines: '+0 -1' },
      { name: 'new name.txt', oldPath: 'old name.txt', change: 'renamed', lines: '+0 -0' },
    ]);
  });

  test('binary files, a changed mode, an empty file and names that git quotes', () => {
    write('pic.bin', Buffer.from([0, 1, 2, 0]));
    write('empty', '');
    write('ümläut "q".txt', 'u\n');
    git('update-index', '--chmod=+x', 'a.txt');
    const found = new Map(staged().map((file) => [file.path, file.change]));
    assert.equal(found.get('pic.bin'), 'binary');
    assert.equal(found.get('empty'), 'added');
    assert.equal(found.get('ümläut "q".txt'), 'added');
  });

  test('a submodule', () => {
    const commit = git('rev-parse', 'HEAD').trim();
    git('update-index', '--add', '--cacheinfo', `160000,${commit},vendor/lib`);
    const [file] = splitDiff(git('diff', '--cached'));
    assert.deepEqual([file?.path, file?.change], ['vendor/lib', 'submodule']);
  });

  test('content that looks like the head of a file stays in its own file', () => {
    write('a.txt', 'diff --git a/evil b/evil\n--- a/evil\n+++ b/evil\n@@ -1 +1 @@\n');
    const files = staged();
    assert.deepEqual(
      files.map((file) => [file.path, file.added, file.removed]),
      [['a.txt', 4, 2]],
    );
    assert.equal(files.map(({ text }) => text).join(''), git('diff', '--cached', '-M'));
  });

  test('a file that git does not follow has the form that git would give it', () => {
    write('n.txt', 'x\ny\n');
    const [byGit] = staged();
    const own = newFileDiff('n.txt', 'x\ny\n');
    const withoutIndex = byGit?.text.replace(/^index .*\n/m, '');
    assert.equal(own.text, withoutIndex);
    assert.deepEqual([own.change, own.added], ['added', 2]);
  });
});
