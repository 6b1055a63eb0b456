import assert from 'node:assert/strict';
import type { Clock } from '../../../src/common/clock';
import { type Draft, reduceDraft } from '../../../src/drafts/draft';
import { DraftStore, type LoadedDraft } from '../../../src/drafts/draftStore';
import { APPLIED, readyDraft, runningDraft } from './exampleDraft';
import { MemoryStorage } from './memoryStorage';

const HOUR_MS = 60 * 60 * 1000;
const START_MS = 1_000_000_000_000;

/** A machine on which windows are opened and killed. */
class Machine {
  readonly storage = new MemoryStorage();
  readonly alive = new Set<number>();
  nowMs = START_MS;
  bootedAtMs = START_MS - HOUR_MS;
  #sessions = 0;

  open(pid: number): DraftStore {
    this.alive.add(pid);
    const clock: Clock = { now: () => this.nowMs, after: () => () => undefined };
    return new DraftStore({
      storage: this.storage,
      session: { id: `session-${String(++this.#sessions)}`, pid, startedAtMs: this.nowMs },
      clock,
      bootedAtMs: this.bootedAtMs,
      pidExists: (each) => this.alive.has(each),
    });
  }
}

async function loaded(store: DraftStore): Promise<readonly LoadedDraft[]> {
  return (await store.load()).drafts;
}

async function onlyDraft(store: DraftStore): Promise<Draft> {
  const drafts = await loaded(store);
  assert.equal(drafts.length, 1);
  const [first] = drafts;
  assert.ok(first);
  return first.draft;
}

const partial = (text: string): Draft =>
  reduceDraft(runningDraft(), { type: 'partial-text', text });

suite('DraftStore', () => {
  test('a ready draft comes back after a restart as it was', async () => {
    const machine = new Machine();
    await machine.open(1).save(readyDraft());
    machine.alive.delete(1);
    assert.deepEqual(await onlyDraft(machine.open(2)), readyDraft());
  });

  test('a part of a file is one after a restart, too', async () => {
    const machine = new Machine();
    await machine.open(1).save({ ...readyDraft(), isPart: true });
    machine.alive.delete(1);
    assert.equal((await onlyDraft(machine.open(2))).isPart, true);
  });

  test('drafts come oldest first', async () => {
    const machine = new Machine();
    const store = machine.open(1);
    await store.save({ ...readyDraft('late'), createdAtMs: 9 });
    await store.save({ ...readyDraft('early'), createdAtMs: 3 });
    const ids = (await loaded(store)).map(({ draft }) => draft.id);
    assert.deepEqual(ids, ['early', 'late']);
  });

  test('an applied or discarded draft leaves nothing behind', async () => {
    const machine = new Machine();
    const store = machine.open(1);
    for (const event of [APPLIED, { type: 'discarded' as const, atMs: 1 }]) {
      await store.save(readyDraft());
      assert.equal(machine.storage.files.size, 1);
      const result = await store.save(reduceDraft(readyDraft(), event));
      assert.deepEqual(result, { kind: 'saved' });
      assert.equal(machine.storage.files.size, 0);
    }
  });

  test('saves of one draft are written in their order', async () => {
    const machine = new Machine();
    const store = machine.open(1);
    const texts = Array.from({ length: 20 }, (_, index) => 'x'.repeat(index));
    await Promise.all(texts.map((text) => store.save(partial(text))));
    machine.alive.clear();
    const { state } = await onlyDraft(machine.open(2));
    assert.equal(state.status === 'stale' && state.text, texts.at(-1));
  });

  test('a failed save is reported, the old text stays, and the next save works', async () => {
    const machine = new Machine();
    const store = machine.open(1);
    await store.save(readyDraft());
    machine.storage.writeError = new Error('ENOSPC');
    const edited = reduceDraft(readyDraft(), { type: 'edited', text: 'edited\n' });
    await assert.rejects(store.save(edited), /ENOSPC/);
    assert.deepEqual(await onlyDraft(machine.open(2)), readyDraft());
    machine.storage.writeError = null;
    assert.deepEqual(await store.save(edited), { kind: 'saved' });
    assert.deepEqual(await onlyDraft(machine.open(3)), edited);
  });

  test('what is no draft is counted and left alone', async () => {
    const machine = new Machine();
    const store = machine.open(1);
    await store.save(readyDraft());
    const written = machine.storage.files.get('draft-1.json') ?? '';
    const foreign = {
      'torn.json': written.slice(0, written.length / 2),
      'empty.json': '',
      'later.json': written.replace('"v":1', '"v":2').replace('"draft-1"', '"later"'),
      'renamed.json': written,
      'list.json': '[]',
      'notes.txt': 'mine',
    };
    for (const [name, text] of Object.entries(foreign)) machine.storage.files.set(name, text);
    const { drafts, unreadable } = await store.load();
    assert.equal(drafts.length, 1);
    assert.equal(unreadable, 5);
    assert.equal(machine.storage.files.size, 7);
  });

  test('every cut of a file is unreadable, not an error or half a draft', async () => {
    const machine = new Machine();
    const store = machine.open(1);
    await store.save(readyDraft());
    const written = machine.storage.files.get('draft-1.json') ?? '';
    for (let length = 0; length < written.length; length++) {
      machine.storage.files.set('draft-1.json', written.slice(0, length));
      const { drafts, unreadable } = await store.load();
      assert.deepEqual([drafts.length, unreadable], [0, 1]);
    }
  });

  test('an id that is no file name is refused', async () => {
    const store = new Machine().open(1);
    for (const id of ['../x', '', 'a/b', 'a.b', 'x'.repeat(65)]) {
      await assert.rejects(store.save(readyDraft(id)), RangeError);
    }
  });
});

suite('DraftStore, runs of dead sessions', () => {
  const interrupted = { status: 'stale', reason: 'interrupted', text: 'par' };

  test('keep the partial text when the process is gone', async () => {
    const machine = new Machine();
    await machine.open(1).save(partial('par'));
    machine.alive.delete(1);
    assert.deepEqual((await onlyDraft(machine.open(2))).state, interrupted);
    // The recovery is saved: the next window finds it done.
    assert.deepEqual((await onlyDraft(machine.open(3))).state, interrupted);
  });

  test('are left to a window that is alive', async () => {
    const machine = new Machine();
    await machine.open(1).save(partial('par'));
    const [found] = await loaded(machine.open(2));
    assert.equal(found?.isForeign, true);
    assert.equal(found.draft.state.status, 'running');
  });

  test("are one's own while one lives", async () => {
    const machine = new Machine();
    const store = machine.open(1);
    await store.save(partial('par'));
    const [found] = await loaded(store);
    assert.equal(found?.isForeign, false);
    assert.equal(found.draft.state.status, 'running');
  });

  test('are found although the process id is used again', async () => {
    const sameId = new Machine();
    await sameId.open(1).save(partial('par'));
    assert.deepEqual((await onlyDraft(sameId.open(1))).state, interrupted);

    const rebooted = new Machine();
    await rebooted.open(1).save(partial('par'));
    rebooted.nowMs += 10 * 60 * 1000;
    rebooted.bootedAtMs = rebooted.nowMs - 5 * 60 * 1000;
    assert.deepEqual((await onlyDraft(rebooted.open(2))).state, interrupted);

    const silent = new Machine();
    await silent.open(1).save(partial('par'));
    silent.nowMs += HOUR_MS + 1;
    assert.deepEqual((await onlyDraft(silent.open(2))).state, interrupted);
  });

  test('are recovered once by windows that start together', async () => {
    const machine = new Machine();
    await machine.open(1).save(partial('par'));
    machine.alive.delete(1);
    const both = await Promise.all([2, 3].map((pid) => onlyDraft(machine.open(pid))));
    for (const { state } of both) assert.deepEqual(state, interrupted);
  });

  test('are shown even when the disk is full', async () => {
    const machine = new Machine();
    await machine.open(1).save(partial('par'));
    machine.alive.delete(1);
    machine.storage.writeError = new Error('ENOSPC');
    assert.deepEqual((await onlyDraft(machine.open(2))).state, interrupted);
  });

  test('win over a recovery that was a mistake', async () => {
    const machine = new Machine();
    const owner = machine.open(1);
    await owner.save(partial('par'));
    machine.nowMs += HOUR_MS + 1;
    await loaded(machine.open(2));
    assert.deepEqual(await owner.save(readyDraft()), { kind: 'saved' });
    assert.deepEqual(await onlyDraft(machine.open(3)), readyDraft());
  });
});

suite('DraftStore, two windows', () => {
  test('an edit in one is not overwritten by the other', async () => {
    const machine = new Machine();
    const [one, two] = [machine.open(1), machine.open(2)];
    await one.save(readyDraft());
    await loaded(two);
    const inTwo = reduceDraft(readyDraft(), { type: 'edited', text: 'two\n' });
    const inOne = reduceDraft(readyDraft(), { type: 'edited', text: 'one\n' });
    assert.deepEqual(await two.save(inTwo), { kind: 'saved' });
    assert.deepEqual(await one.save(inOne), { kind: 'changed-elsewhere', draft: inTwo });
    assert.deepEqual(await onlyDraft(machine.open(3)), inTwo);
    // Having seen the other's text, the window may go on from there.
    assert.deepEqual(await one.save(inOne), { kind: 'saved' });
  });

  test('a draft that ended in one does not come back from the other', async () => {
    const machine = new Machine();
    const [one, two] = [machine.open(1), machine.open(2)];
    await one.save(readyDraft());
    await loaded(two);
    const ended = reduceDraft(readyDraft(), APPLIED);
    await two.save(ended);
    const edited = reduceDraft(readyDraft(), { type: 'edited', text: 'one\n' });
    assert.deepEqual(await one.save(edited), { kind: 'removed-elsewhere' });
    assert.equal(machine.storage.files.size, 0);
    assert.deepEqual(await one.save(ended), { kind: 'removed-elsewhere' });
    // The user may still want it.
    assert.deepEqual(await one.overwrite(edited), { kind: 'saved' });
    assert.deepEqual(await onlyDraft(machine.open(3)), edited);
  });
});
