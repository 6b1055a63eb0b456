import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IgnoreRefusal } from '../../../src/privacy/ignoreFiles';
import { findIgnoreOnDisk } from '../../../src/privacy/nodeIgnoreFiles';

suite('ignore files on the disk', () => {
  let root = '';
  setup(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'delegate-ignored-')));
    mkdirSync(path.join(root, 'ws/private'), { recursive: true });
    mkdirSync(path.join(root, 'ws/src'));
    write('ws/.delegateignore', 'private/\nsecret.ts\n');
    write('ws/private/key.ts', '');
    write('ws/src/app.ts', '');
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));

  const at = (name: string): string => path.join(root, ...name.split('/'));
  const write = (name: string, text: string): void => writeFileSync(at(name), text);
  const asked = (
    name: string,
    folders: readonly string[] = ['ws'],
  ): Promise<IgnoreRefusal | null> =>
    findIgnoreOnDisk(at(name), folders.map(at), ['.delegateignore']);
  const problemOf = async (name: string): Promise<string> => {
    const refusal = await asked(name);
    return refusal && 'problem' in refusal ? refusal.problem : 'none';
  };

  test('let through what no rule names, also a file that is not saved yet', async () => {
    assert.equal(await asked('ws/src/app.ts'), null);
    assert.equal(await asked('ws/new/deep/file.ts'), null);
  });

  test('hold for a link to a file, to its folder, and to the whole workspace', async () => {
    symlinkSync(at('ws/private/key.ts'), at('ws/src/harmless.ts'));
    symlinkSync(at('ws/private'), at('ws/open'));
    symlinkSync(at('ws'), at('elsewhere'));
    symlinkSync(at('ws/open'), at('ws/twice'));
    for (const name of ['src/harmless.ts', 'open/key.ts', 'twice/key.ts', 'private/key.ts']) {
      assert.notEqual(await asked(`ws/${name}`), null, name);
      assert.notEqual(await asked(`elsewhere/${name}`), null, name);
      assert.notEqual(await asked(`ws/${name}`, ['elsewhere']), null, name);
    }
  });

  test('hold for a name that a rule refuses, wherever its link leads', async () => {
    symlinkSync(at('ws/src/app.ts'), at('ws/secret.ts'));
    assert.notEqual(await asked('ws/secret.ts'), null);
  });

  test('hold for a file that is to be made in a refused folder behind a link', async () => {
    symlinkSync(at('ws/private'), at('ws/open'));
    assert.notEqual(await asked('ws/open/new.ts'), null);
  });

  test('of every folder that holds the file count', async () => {
    write('.delegateignore', 'app.ts\n');
    mkdirSync(at('ws/src/inner'));
    assert.notEqual(await asked('ws/src/app.ts', ['ws/src', '.']), null);
    assert.notEqual(await asked('ws/private/key.ts', ['ws/private', 'ws']), null);
    assert.equal(await asked('ws/src/app.ts', ['ws/src']), null);
  });

  test('that are a folder, a dead link, a circle of links or no text refuse', async () => {
    const file = at('ws/src/.delegateignore');
    mkdirSync(file);
    assert.equal(await problemOf('ws/src/app.ts'), 'not-a-file');
    rmSync(file, { recursive: true });
    symlinkSync(at('nowhere'), file);
    assert.equal(await problemOf('ws/src/app.ts'), 'not-a-file');
    rmSync(file);
    symlinkSync(file, file);
    assert.equal(await problemOf('ws/src/app.ts'), 'unreadable');
    rmSync(file);
    writeFileSync(file, Buffer.from('größe', 'latin1'));
    assert.equal(await problemOf('ws/src/app.ts'), 'not-text');
    writeFileSync(file, 'x'.repeat(300 * 1024));
    assert.equal(await problemOf('ws/src/app.ts'), 'too-large');
  });

  test('written as UTF-16 hold', async () => {
    writeFileSync(at('ws/.delegateignore'), Buffer.from('\uFEFFapp.ts\r\n', 'utf16le'));
    assert.notEqual(await asked('ws/src/app.ts'), null);
  });
});
