import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/common/clock';
import { DraftStore } from '../../../src/drafts/draftStore';
import { FileDraftStorage } from '../../../src/drafts/fileDraftStorage';
import { readyDraft } from './exampleDraft';

suite('FileDraftStorage', () => {
  let parent = '';
  let folder = '';
  setup(async () => {
    parent = await mkdtemp(join(tmpdir(), 'drafts-'));
    folder = join(parent, 'storage', 'drafts');
  });
  teardown(async () => {
    await rm(parent, { recursive: true });
  });

  test('is empty before its folder exists', async () => {
    const storage = new FileDraftStorage(folder, systemClock);
    assert.deepEqual(await storage.list(), []);
    assert.equal(await storage.read('a.json'), null);
    assert.equal(await storage.delete('a.json'), false);
  });

  test('keeps any text, replaces it and deletes it', async () => {
    const storage = new FileDraftStorage(folder, systemClock);
    for (const text of ['', 'a\r\n\uFEFF\u{1F600}\0', 'short']) {
      await storage.write('a.json', text);
      assert.equal(await storage.read('a.json'), text);
    }
    assert.deepEqual(await storage.list(), ['a.json']);
    assert.equal(await storage.delete('a.json'), true);
    assert.deepEqual(await readdir(folder), []);
  });

  test('files and folder are for the user alone', async function () {
    if (process.platform === 'win32') this.skip();
    const storage = new FileDraftStorage(folder, systemClock);
    await storage.write('a.json', 'x');
    assert.equal((await stat(join(folder, 'a.json'))).mode & 0o777, 0o600);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  test('writers at once leave one whole text and no temporary file', async () => {
    const storage = new FileDraftStorage(folder, systemClock);
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(50_000));
    const reads: (string | null)[] = [];
    await Promise.all(
      texts.map(async (text) => {
        await storage.write('a.json', text);
        reads.push(await storage.read('a.json'));
      }),
    );
    for (const read of reads) assert.ok(read !== null && texts.includes(read));
    assert.deepEqual(await readdir(folder), ['a.json']);
  });

  test('a write that fails leaves the old text and no temporary file', async () => {
    const storage = new FileDraftStorage(folder, systemClock);
    await mkdir(join(folder, 'a.json', 'in-the-way'), { recursive: true });
    await assert.rejects(storage.write('a.json', 'x'));
    assert.deepEqual(await readdir(folder), ['a.json']);
  });

  test('temporary files of a crash are not listed, and swept once they are old', async () => {
    const storage = new FileDraftStorage(folder, systemClock);
    await storage.write('a.json', 'x');
    const [old, fresh] = ['a.json.1.tmp', 'a.json.2.tmp'].map((name) => join(folder, name));
    assert.ok(old !== undefined && fresh !== undefined);
    await writeFile(old, 'half');
    await writeFile(fresh, 'half');
    const longAgo = new Date(systemClock.now() - 2 * 60 * 60 * 1000);
    await utimes(old, longAgo, longAgo);
    assert.deepEqual(await storage.list(), ['a.json']);
    assert.deepEqual((await readdir(folder)).sort(), ['a.json', 'a.json.2.tmp']);
  });

  test('drafts survive in it, whatever else lies there', async () => {
    const store = (): DraftStore =>
      new DraftStore({
        storage: new FileDraftStorage(folder, systemClock),
        session: { id: 's', pid: 1, startedAtMs: systemClock.now() },
        clock: systemClock,
        bootedAtMs: 0,
        pidExists: () => true,
      });
    await store().save(readyDraft());
    await mkdir(join(folder, 'folder.json'));
    await writeFile(join(folder, 'binary.json'), Buffer.from([0xff, 0xfe, 0, 1]));
    const { drafts, unreadable } = await store().load();
    assert.deepEqual(
      drafts.map(({ draft }) => draft),
      [readyDraft()],
    );
    assert.equal(unreadable, 2);
  });
});
