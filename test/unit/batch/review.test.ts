import assert from 'node:assert/strict';
import type { Ledger } from '../../../src/accounting/ledger/ledger';
import { settleFromLedger } from '../../../src/batch/books';
import { type ApplyContext, applyFile, undoFile } from '../../../src/batch/apply/applyFile';
import { hashOf } from '../../../src/batch/hash';
import type { BatchFile } from '../../../src/batch/journal/batchState';
import { Journal } from '../../../src/batch/journal/journal';
import type { Standing } from '../../../src/batch/journal/records';
import { Results } from '../../../src/batch/journal/results';
import { layOutConflict, reviewGroup, reviseFile } from '../../../src/batch/review';
import type { ProvingSyntax } from '../../../src/drafts/proof/proveClaim';
import { recentTrees } from '../../../src/batch/recentTrees';
import { readTicket, writeTicket } from '../../../src/batch/ticket';
import { unproven } from '../../../src/drafts/proof/proofResult';
import { builtInTasks } from '../../../src/tasks/catalog';
import { syntax } from '../syntax/service';
import { MemoryFolder, MemoryWorkspace, docstringJob } from './kit';

const BASE = 'def a():\n    return 1\n';
const PROPOSED = 'def a():\n    """Gives one."""\n    return 1\n';
const LABELS = { mine: 'mine', base: 'base', theirs: 'theirs' };

interface Stage {
  readonly file: BatchFile;
  readonly folder: MemoryFolder;
  readonly files: MemoryWorkspace;
  readonly context: ApplyContext;
}

async function stageOf(base = BASE, proposed = PROPOSED): Promise<Stage> {
  const folder = new MemoryFolder();
  const files = new MemoryWorkspace({ 'a.py': base });
  const journal = await Journal.open(folder);
  const results = new Results(folder);
  await journal.add({ t: 'batch', v: 1, id: 'b', key: 'k', at: 'now', limit: 1 });
  const found = { path: 'a.py', languageId: 'python', hash: hashOf(base), lines: 2, tokens: 9 };
  await journal.add({ t: 'file', n: 1, ...found, declarations: 1 });
  await journal.add({ t: 'planned', files: 1 });
  const result = await results.put(1, { kind: 'edit', base, proposed });
  await journal.add({ t: 'done', n: 1, standing: 'verified', by: 'worker', reason: '', result });
  const file = journal.state.files.get(1);
  assert.ok(file);
  return { file, folder, files, context: { job: docstringJob(), files, journal, results, syntax } };
}

suite('Review of a batch', () => {
  test('an edit by hand is proven again: a comment stays verified, code needs a look', async () => {
    const { file, context, folder } = await stageOf();
    const better = PROPOSED.replace('one', 'the number one');
    assert.equal(await reviseFile(file, better, context), 'verified');
    assert.equal(
      await reviseFile(file, better.replace('return 1', 'return 2'), context),
      'doubtful',
    );
    assert.equal(file.reason, 'proof-changed');
    assert.equal(reviewGroup(file), 'look');
    assert.equal(await reviseFile(file, BASE, context), 'unchanged');
    assert.equal(reviewGroup(file), 'skipped');
    // Another process reads the same of it.
    const again = (await Journal.open(folder)).state.files.get(1);
    assert.deepEqual([again?.standing, again?.by], ['unchanged', 'user']);
  });

  test('an editor that gives all lines one end does not change those that mix them', async () => {
    const mixed = 'def a():\r\n    return 1\n';
    const { file, context, files } = await stageOf(
      mixed,
      'def a():\r\n    """Gives one."""\n    return 1\n',
    );
    await reviseFile(file, 'def a():\r\n    """Gives 1."""\r\n    return 1\r\n', context);
    assert.equal(await applyFile(file, context), 'written');
    assert.match(files.text('a.py'), /^def a\(\):\r\n {4}"""Gives 1\."""\r?\n {4}return 1\n$/);
  });

  test('a conflict is laid out, waits until it is resolved, and is then applied and undone', async () => {
    const { file, context, files } = await stageOf();
    const mine = 'def a():\n    """Mine."""\n    return 1\n';
    files.files.set('a.py', Buffer.from(mine));
    assert.equal(await applyFile(file, context), 'conflict');
    await layOutConflict(file, mine, { ...context, labels: LABELS });
    assert.equal(reviewGroup(file), 'conflicts');
    const stored = await context.results.get(1, file.result);
    assert.ok(stored?.kind === 'edit');
    assert.match(stored.proposed, /^<{7} mine.*^={7}$.*^>{7} theirs/ms);
    assert.equal(await applyFile(file, context), 'conflict', 'not with both versions in it');
    assert.equal(files.text('a.py'), mine);

    assert.equal(await reviseFile(file, `${stored.proposed}\n`, context), 'conflict');
    const resolved = 'def a():\n    """Mine, gives one."""\n    return 1\n';
    assert.equal(await reviseFile(file, resolved, context), 'verified');
    assert.equal(await applyFile(file, context), 'written');
    assert.equal(files.text('a.py'), resolved);
    assert.equal(await undoFile(file, context), 'restored');
    assert.equal(files.text('a.py'), mine);
  });

  test('what an editor makes of a file while it saves it can be undone; later changes stay', async () => {
    const { file, context, files } = await stageOf();
    const write = files.write.bind(files);
    files.write = async (path, bytes, expected) => {
      const problem = await write(path, bytes, expected);
      files.files.set(path, Buffer.concat([bytes, Buffer.from('# formatted\n')]));
      return problem;
    };
    assert.equal(await applyFile(file, context), 'written');
    files.write = write;
    files.files.set('a.py', Buffer.from(`${files.text('a.py')}# mine\n`));
    assert.equal(await undoFile(file, context), 'kept');
    files.files.set('a.py', Buffer.from(`${PROPOSED}# formatted\n`));
    assert.equal(await undoFile(file, context), 'restored');
    assert.equal(files.text('a.py'), BASE);
  });

  test('each standing has its group, and what is applied or discarded leaves it', async () => {
    const { file } = await stageOf();
    const groups = (
      ['verified', 'read', 'unread', 'doubtful', 'unchanged', 'conflict', 'failed'] as Standing[]
    ).map((standing) => reviewGroup({ ...file, standing }));
    assert.deepEqual(groups, [
      ...['verified', 'look', 'look', 'look'],
      ...['skipped', 'conflicts', 'failed'],
    ]);
    assert.equal(reviewGroup({ ...file, standing: null }), 'waiting');
    assert.equal(reviewGroup({ ...file, isDiscarded: true }), 'skipped');
    const applied = { before: 'a', after: 'b', isSure: true };
    assert.equal(reviewGroup({ ...file, applied }), 'applied');
  });

  test('a proof is the thread’s where there is one, also behind the trees that are kept', async () => {
    const { file, context } = await stageOf();
    const asked: string[] = [];
    const thread: ProvingSyntax = {
      parse: (languageId, text) => syntax.parse(languageId, text),
      prove: (kind, { languageId }) => {
        asked.push(`${kind} ${languageId}`);
        return Promise.resolve(unproven('too-large'));
      },
    };
    const kept = recentTrees(thread, { size: 4, pause: () => Promise.resolve() });
    const text = PROPOSED.replace('one', '1');
    assert.equal(await reviseFile(file, text, { ...context, syntax: kept }), 'doubtful');
    assert.deepEqual(asked, ['comments-added python']);
  });

  test('bills that became known while nobody had it open are taken in once', async () => {
    const { context } = await stageOf();
    const { journal } = context;
    for (const run of ['known', 'unknown', 'lost']) {
      await journal.add({ t: 'sent', run, ceiling: 100 });
    }
    const costs: Readonly<Record<string, number | null>> = { known: 7, unknown: null };
    const history = (id: string): ReturnType<Ledger['history']> =>
      Promise.resolve(
        id in costs ? [{ cost_nano_usd: null }, { cost_nano_usd: costs[id] ?? null }] : [],
      ) as unknown as ReturnType<Ledger['history']>;
    await settleFromLedger(journal, { history }, [0, 1]);
    assert.equal(journal.state.spentNanoUsd, 7);
    assert.deepEqual([...journal.state.open.keys()], ['unknown', 'lost']);
  });

  test('a ticket comes back as it was; a damaged one, or one of a later version, is none', async () => {
    const folder = new MemoryFolder();
    assert.equal(await readTicket(folder), null);
    const ticket = {
      id: 'b',
      at: '2026-01-01T00:00:00.000Z',
      root: 'file:///work',
      targets: ['src/[id].ts', ''],
      task: builtInTasks.docstring,
      instruction: null,
      schema: { type: 'object' },
      isDemo: true,
      choices: { limitNanoUsd: 5, parallel: 2, auditShare: 0.1 },
    };
    await writeTicket(folder, ticket);
    assert.deepEqual(await readTicket(folder), ticket);
    const text = (await folder.read('ticket.json'))?.toString('utf8') ?? '';
    for (const damaged of [
      '',
      text.slice(9),
      text.replace('"v":1', '"v":2'),
      text.replace('5', '-5'),
    ]) {
      await folder.replace('ticket.json', Buffer.from(damaged));
      assert.equal(await readTicket(folder), null, damaged);
    }
  });
});
