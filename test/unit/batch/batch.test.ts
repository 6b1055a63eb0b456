import assert from 'node:assert/strict';
import { Batch } from '../../../src/batch/batch';
import type { BatchFile } from '../../../src/batch/journal/batchState';
import { NANO_PER_USD } from '../../../src/common/money';
import type { OpenRouterClient } from '../../../src/openrouter/client';
import { type Simulator, startSimulator } from '../../../src/simulator';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { builtInTasks } from '../../../src/tasks/catalog';
import { presetExtraction } from '../../../src/tasks/extract';
import { extractPresets } from '../../../src/tasks/extractPresets';
import { simulatorClient } from '../../support/simulatorClient';
import {
  MemoryAccounts,
  MemoryFolder,
  MemoryWorkspace,
  batchOptions,
  docstringJob,
  pythonFile,
  pythonFiles,
  runBatch,
} from './kit';

suite('Batch', () => {
  let simulator: Simulator;
  let client: OpenRouterClient;
  let nextFault: (path: string, index: number) => FaultName | null = () => null;

  suiteSetup(async () => {
    simulator = await startSimulator({
      pacing: { heartbeatMs: 1000, orchestratorMs: 0, workerMs: 0, charsPerDelta: 4096 },
      faults: ({ path }, index) => nextFault(path, index),
    });
    client = simulatorClient(simulator);
  });

  setup(() => {
    simulator.reset();
    nextFault = () => null;
  });

  suiteTeardown(async () => {
    await client.close();
    await simulator.close();
  });

  function sent(): number {
    return simulator.requests.filter(({ method }) => method === 'POST').length;
  }

  function standings(batch: Batch): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { standing } of batch.state.files.values()) {
      const name = standing ?? 'waiting';
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  function billed(): number {
    return [...simulator.bills.values()].reduce((sum, cost) => sum + cost, 0);
  }

  test('planning finds and prices, sends nothing and writes nothing', async () => {
    const files = new MemoryWorkspace({
      ...pythonFiles(4),
      'node_modules/x.py': 'def a():\n    return 1\n',
    });
    const batch = await Batch.open(await batchOptions(client, { files }));
    const plan = await batch.plan();
    assert.equal(plan.files.length, 4);
    const { price } = plan;
    assert.ok(price && price.lowNanoUsd < price.expectedNanoUsd);
    assert.ok(price.expectedNanoUsd < price.highNanoUsd && price.expectedMs > 0);
    assert.equal(sent(), 0);
    assert.equal(files.writes, 0);
  });

  test('workers do most, a few files under the orchestrator’s eyes, and the bill is the sum', async () => {
    const files = new MemoryWorkspace(pythonFiles(14));
    const accounts = new MemoryAccounts();
    const { batch, end } = await runBatch(await batchOptions(client, { files }), accounts);
    assert.equal(end.stopped, null);
    assert.deepEqual(standings(batch), { verified: 14 });
    const by = [...batch.state.files.values()].map((file) => file.by);
    assert.equal(by.filter((name) => name === 'delegated').length, 3);
    assert.equal(end.spentNanoUsd, billed());
    assert.equal(accounts.open, 0);
    assert.equal(files.writes, 0);
    assert.ok(batch.state.isEnded);
    const brief = await batch.results.brief(batch.state.briefHash ?? '');
    assert.match(brief ?? '', /units and ranges/);
  });

  test('what a worker spoils is never verified as it came: retried, delegated, or named', async () => {
    const files = new MemoryWorkspace(pythonFiles(8));
    for (const kind of ['deletes-line', 'renames', 'prose', 'fails', 'empty', 'bad-json']) {
      const job = docstringJob({ workerModel: `simulator/worker-${kind}` });
      const { batch } = await runBatch(
        await batchOptions(client, { files: new MemoryWorkspace(pythonFiles(2)), job }),
      );
      for (const file of batch.state.files.values()) {
        if (file.standing !== 'verified') continue;
        const stored = await batch.results.get(file.n, file.result);
        assert.ok(stored?.kind === 'edit');
        const code = (text: string): string =>
          text.replace(/^\s*"""[\s\S]*?"""\n/gm, '').replace(/^\s*#.*\n/gm, '');
        assert.equal(code(stored.proposed), code(stored.base), kind);
      }
    }
    assert.equal(files.writes, 0);
  });

  test('a bad answer is asked for once more with the reason, then goes to a delegated run', async () => {
    const files = new MemoryWorkspace(pythonFiles(1));
    const job = docstringJob({ workerModel: 'simulator/worker-empty' });
    const { batch } = await runBatch(await batchOptions(client, { files, job }));
    const models = simulator.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (body as { model: string }).model);
    assert.deepEqual(models, [
      'simulator/worker-empty',
      'simulator/worker-empty',
      '~anthropic/claude-opus-latest',
    ]);
    const second = JSON.stringify(
      simulator.requests.filter(({ method }) => method === 'POST')[1]?.body,
    );
    assert.match(second, /An earlier answer was not accepted/);
    assert.equal([...batch.state.files.values()][0]?.standing, 'failed');
  });

  test('what was left out is known again after a restart', async () => {
    const files = new MemoryWorkspace({ ...pythonFiles(1), 'notes.ipynb': '{}', 'empty.py': '' });
    const folder = new MemoryFolder();
    const options = await batchOptions(client, { files, folder });
    const { skipped } = await (await Batch.open(options)).plan();
    assert.deepEqual(skipped.map(({ reason }) => reason).sort(), ['empty', 'notebook']);
    const again = await (await Batch.open(options)).plan();
    assert.deepEqual(again.skipped, skipped);
  });

  test('killed while the user looks at the brief: it is asked for again, and not paid again', async () => {
    const files = new MemoryWorkspace(pythonFiles(12));
    const folder = new MemoryFolder();
    const options = await batchOptions(client, { files, folder });
    const killed = await Batch.open({
      ...options,
      decisions: { ...options.decisions, acceptBrief: () => Promise.reject(new Error('killed')) },
    });
    await killed.plan();
    await assert.rejects(killed.produce(new MemoryAccounts(), new AbortController().signal));
    const paid = sent();
    const offers: string[] = [];
    const { batch } = await runBatch({
      ...options,
      decisions: {
        ...options.decisions,
        acceptBrief: (brief) => {
          offers.push(brief);
          assert.equal(sent(), paid, 'nothing is sent before the answer');
          return Promise.resolve('Mine.');
        },
      },
    });
    assert.equal(offers.length, 1);
    assert.match(offers[0] ?? '', /units and ranges/);
    assert.deepEqual(standings(batch), { verified: 12 });
    assert.match(JSON.stringify(simulator.requests.at(-1)?.body), /Mine\./);
  });

  test('targets that are paths name what they say, whatever a pattern would make of them', async () => {
    const code = 'def a():\n    return 1\n';
    const names = ['src/[id].py', 'src/i.py', 'src/(x)/a.py', 'src/x/b.py'];
    const files = new MemoryWorkspace(Object.fromEntries(names.map((name) => [name, code])));
    const targets = ['src/[id].py', 'src/(x)'];
    const options = await batchOptions(client, { files, targets, areTargetsPaths: true });
    const plan = await (await Batch.open(options)).plan();
    assert.deepEqual(
      plan.files.map(({ path }) => path),
      ['src/(x)/a.py', 'src/[id].py'],
    );
  });

  test('killed after any file, it goes on where it stood: no file twice, none lost', async () => {
    const files = new MemoryWorkspace(pythonFiles(12));
    const folder = new MemoryFolder();
    const done: string[] = [];
    let options = await batchOptions(client, { files, folder });
    for (let round = 0; ; round += 1) {
      assert.ok(round < 30);
      const controller = new AbortController();
      let left = 1 + (round % 3);
      options = {
        ...options,
        observe: (event) => {
          if (event.type !== 'file') return;
          done.push(event.file.path);
          if ((left -= 1) === 0) controller.abort(new Error('killed'));
        },
      };
      const batch = await Batch.open(options);
      await batch.plan();
      await batch.produce(new MemoryAccounts(), controller.signal);
      if (batch.state.isEnded) break;
    }
    const batch = await Batch.open(options);
    assert.deepEqual(standings(batch), { verified: 12 });
    assert.equal(new Set(done).size, done.length, 'a file was done twice');
  });

  test('the limit holds in the worst case, and the rest waits', async () => {
    const long = Object.fromEntries(
      Array.from({ length: 9 }, (_, file) => [
        `long${file}.py`,
        Array.from({ length: 10 }, (__, part) => pythonFile(10 * file + part)).join('\n'),
      ]),
    );
    const files = new MemoryWorkspace(long);
    const limitNanoUsd = 0.007 * NANO_PER_USD;
    const { batch, end } = await runBatch(await batchOptions(client, { files, limitNanoUsd }));
    assert.equal(end.stopped?.code, 'batch-limit');
    assert.ok(billed() <= limitNanoUsd);
    const counts = standings(batch);
    assert.ok(
      (counts['waiting'] ?? 0) > 0 && (counts['verified'] ?? 0) > 0,
      JSON.stringify(counts),
    );
    assert.equal(batch.state.isEnded, false);
  });

  test('rate limits slow it down and fail no file', async () => {
    const files = new MemoryWorkspace(pythonFiles(6));
    nextFault = (path, index) =>
      path.endsWith('/responses') && index % 3 === 0 ? '429-retry-after' : null;
    const { batch, end } = await runBatch(await batchOptions(client, { files, parallel: 2 }));
    assert.equal(end.stopped, null);
    assert.deepEqual(standings(batch), { verified: 6 });
  }).timeout(60_000);

  test('a key that is refused stops it at once, and nothing is lost', async () => {
    const files = new MemoryWorkspace(pythonFiles(9));
    nextFault = (path) => (path.endsWith('/responses') ? '401' : null);
    const folder = new MemoryFolder();
    const first = await runBatch(await batchOptions(client, { files, folder }));
    assert.equal(first.end.stopped?.code, 'authentication');
    assert.ok(sent() <= 6, `${sent()}`);
    nextFault = () => null;
    const { batch } = await runBatch(await batchOptions(client, { files, folder }));
    assert.deepEqual(standings(batch), { verified: 9 });
  });

  test('extraction with a schema is judged by it, and files of several parts are one list', async () => {
    const { task, instruction, schema } = presetExtraction(extractPresets[0]!);
    const text = Array.from({ length: 900 }, (_, index) => `x${index} = 1  # TODO: part ${index}`);
    const files = new MemoryWorkspace({ 'long.py': `${text.join('\n')}\n` });
    const job = { ...docstringJob(), task, instruction, schema: schema ?? null };
    const { batch } = await runBatch(await batchOptions(client, { files, job }));
    const [file] = [...batch.state.files.values()] as [BatchFile];
    assert.equal(file.standing, 'verified', file.reason);
    const stored = await batch.results.get(file.n, file.result);
    assert.ok(stored?.kind === 'value');
    assert.deepEqual(
      (stored.value as { line: number }[]).map(({ line }) => line),
      text.map((_, index) => index + 1),
    );
    assert.ok(sent() > 1);
  });

  test('secrets of a file are not sent, and stand where they stood in the result', async () => {
    // Put together at run time, so that no scanner takes this file for a leak.
    const secret = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
    const files = new MemoryWorkspace({ 'a.py': `TOKEN = "${secret}"\n\n\n${pythonFile(1)}` });
    for (const job of [
      docstringJob(),
      { ...docstringJob(), task: builtInTasks.refactor, instruction: 'rename items to entries' },
    ]) {
      const { batch } = await runBatch(await batchOptions(client, { files, job }));
      const [file] = [...batch.state.files.values()] as [BatchFile];
      const stored = await batch.results.get(file.n, file.result);
      assert.ok(stored?.kind === 'edit');
      assert.equal(stored.proposed.split(secret).length, 2);
    }
    assert.ok(!JSON.stringify(simulator.requests.map(({ body }) => body)).includes(secret));
    assert.ok(sent() >= 2);
  });

  test('a sample of what nothing proves is read; a bad one has all read and done again', async () => {
    const job = {
      ...docstringJob(),
      task: builtInTasks.refactor,
      instruction: 'rename items to lorem_ipsum',
    };
    const files = new MemoryWorkspace(pythonFiles(9));
    const { batch } = await runBatch(await batchOptions(client, { files, job, auditShare: 0.5 }));
    for (const { standing, isRead, by } of batch.state.files.values()) {
      assert.ok(standing !== 'unread' || !isRead, `${standing} ${by}`);
    }
    assert.ok(!('unread' in standings(batch)), JSON.stringify(standings(batch)));
  });

  test('a bad sample of proven results stops it and asks', async () => {
    // The text of a comment is not proven, only that it is one.
    const contents = Object.fromEntries(
      Object.entries(pythonFiles(9)).map(([path, text]) => [
        path,
        text.replace('def put(', 'def lorem_ipsum('),
      ]),
    );
    const files = new MemoryWorkspace(contents);
    const asked: { read: number; faulty: number }[] = [];
    const decisions = {
      acceptBrief: (brief: string) => Promise.resolve(brief),
      acceptSample: (sample: { read: number; faulty: number }) => {
        asked.push(sample);
        return Promise.resolve(false);
      },
    };
    const { batch, end } = await runBatch(
      await batchOptions(client, { files, auditShare: 1, decisions }),
    );
    assert.equal(end.stopped?.code, 'batch-sample', JSON.stringify(standings(batch)));
    assert.equal(asked.length, 1);
    assert.ok((standings(batch)['doubtful'] ?? 0) > 1);
  });
});
