import assert from 'node:assert/strict';
import { BatchRuns } from '../../../src/batch/produce/runs';
import { Limiter } from '../../../src/batch/produce/limiter';
import { Purse } from '../../../src/batch/produce/purse';
import { systemClock } from '../../../src/common/clock';
import { NANO_PER_USD } from '../../../src/common/money';
import { askingPorts } from '../../../src/compare/asking';
import { type ComparisonResult, compare } from '../../../src/compare/comparison';
import { NumberFile, readNumbers } from '../../../src/compare/numbers';
import type { Place } from '../../../src/compare/place';
import { type ComparedTask, choosePlaces, placesIn } from '../../../src/compare/places';
import { firstRoundNanoUsd } from '../../../src/compare/price';
import { type Simulator, startSimulator } from '../../../src/simulator/index';
import { builtInTasks } from '../../../src/tasks/catalog';
import { parse, syntax } from '../syntax/service';
import { MemoryAccounts, MemoryFolder, docstringJob, modelsOf } from '../batch/kit';
import { simulatorClient } from '../../support/simulatorClient';
import { maskHere } from '../../../src/privacy/maskingThread';

/** By price, the cheapest first: 60, 90 and 99 good answers in a hundred. */
const MODELS = [
  'simulator/worker-useless-40',
  'simulator/worker-useless-10',
  'simulator/worker-useless-1',
];

function sourceOf(seed: number, file: number): string {
  const functions = Array.from({ length: 6 }, (_, index) => {
    const name = `step${seed}x${file}x${index}`;
    return `export function ${name}(amount: number, limit: number): number {\n  const total${index} = amount + ${seed + index};\n  // Over the limit nothing is added.\n  if (total${index} > limit) {\n    return limit;\n  }\n  return total${index};\n}\n`;
  });
  return functions.join('\n');
}

async function placesOf(seed: number, task: ComparedTask): Promise<readonly Place[]> {
  const files: (readonly Place[])[] = [];
  for (let file = 0; file < 8; file++) {
    const text = sourceOf(seed, file);
    files.push(
      placesIn({ languageId: 'typescript', text, tree: await parse('typescript', text) }, task),
    );
  }
  let state = seed;
  return choosePlaces(
    files,
    48,
    () => (state = (state * 16_807 + 7) % 2_147_483_647) / 2_147_483_647,
  );
}

suite('Comparing workers of the simulator', () => {
  let simulator: Simulator;
  suiteSetup(async () => {
    simulator = await startSimulator();
  });
  suiteTeardown(() => simulator.close());

  async function run(
    seed: number,
    {
      limit = 2 * NANO_PER_USD,
      folder = new MemoryFolder(),
      task = 'docstring',
    }: { limit?: number; folder?: MemoryFolder; task?: ComparedTask } = {},
  ): Promise<{ result: ComparisonResult; spent: number; text: string }> {
    const client = simulatorClient(simulator);
    const models = await modelsOf(client);
    const places = await placesOf(seed, task);
    const name = 'numbers.jsonl';
    const before = readNumbers((await folder.read(name))?.toString('utf8') ?? '');
    const file = new NumberFile(folder, name);
    const purse = new Purse(limit, { spentNanoUsd: 0, open: new Map() });
    const job = { ...docstringJob(), task: builtInTasks[task] };
    let ids = 0;
    const runs = new BatchRuns({
      ports: { client, models, clock: systemClock, random: Math.random },
      accounts: new MemoryAccounts(),
      limiter: new Limiter({ clock: systemClock, parallel: 4, random: Math.random }),
      purse,
      journal: { add: () => Promise.resolve() },
      newNonce: () => 'abcdefgh',
      mask: maskHere,
    });
    const { signal } = new AbortController();
    const ports = askingPorts({
      job,
      runs,
      syntax,
      newId: () => `run-${seed}-${(ids += 1)}`,
      signal,
    });
    const spentBefore = sumOf(simulator);
    const result = await compare(
      { models: MODELS, places, known: before },
      { ...ports, keep: (row) => file.add(row), onProgress: () => undefined },
    );
    await client.close();
    const text = (await folder.read(name))?.toString('utf8') ?? '';
    return { result, spent: sumOf(simulator) - spentBefore, text };
  }

  test('the cheapest that is good enough is found, in every task that can be proven', async () => {
    for (const task of ['docstring', 'reformat'] as const) {
      const { result, spent } = await run(1, { task });
      assert.ok(spent <= 2 * NANO_PER_USD);
      assert.equal(result.stopped, null);
      assert.equal(result.chosen, MODELS[1], task);
    }
  });

  test('the limit is never passed, and what is known so far is told', async () => {
    const limit = 5_000_000;
    const { result, spent } = await run(11, { limit });
    assert.equal(result.stopped, 'batch-limit');
    assert.ok(spent <= limit, String(spent));
    assert.ok(spent > 0 && result.answers.length > 0);
  });

  test('goes on from its numbers, which hold nothing of the code', async () => {
    const folder = new MemoryFolder();
    const first = await run(12, { limit: 5_000_000, folder });
    const second = await run(12, { folder });
    assert.equal(second.result.stopped, null);
    assert.ok(second.result.answers.length > first.result.answers.length);
    const asked = second.text.match(/"t":"answer"/g)?.length ?? 0;
    assert.equal(asked, second.result.answers.length, 'nothing was booked twice');
    for (const word of ['amount', 'limit;', 'total', 'step12']) {
      assert.ok(!second.text.includes(word), word);
    }
  });

  test('what the first round costs is said before', async () => {
    const client = simulatorClient(simulator);
    const models = await modelsOf(client);
    const places = await placesOf(1, 'docstring');
    const price = firstRoundNanoUsd(
      { job: docstringJob(), models: MODELS, places },
      { models, nowMs: Date.now() },
    );
    assert.ok(price !== null && price > 0 && price < NANO_PER_USD / 10, String(price));
    assert.equal(
      firstRoundNanoUsd(
        { job: docstringJob(), models: ['nobody/knows'], places },
        { models, nowMs: Date.now() },
      ),
      null,
    );
    await client.close();
  });
});

function sumOf({ bills }: Simulator): number {
  return [...bills.values()].reduce((sum, bill) => sum + bill, 0);
}

suite('Places to compare at', () => {
  const documented =
    '/** Adds. */\nexport function add(a: number, b: number) {\n  const sum = a + b;\n  return sum;\n}\n\nfunction open(a: number) {\n  const b = a;\n\n  return b;\n}\n';

  const placesFor = async (
    text: string,
    task: ComparedTask,
    languageId = 'typescript',
  ): Promise<readonly Place[]> =>
    placesIn({ languageId, text, tree: await parse(languageId, text) }, task);

  test('documentation is taken away and is the reference', async () => {
    const places = await placesFor(documented, 'docstring');
    assert.deepEqual(
      places.map(({ reference }) => reference),
      ['/** Adds. */', null],
    );
    assert.match(places[0]?.part.selection.text ?? '', /^export function add/);
    for (const { part } of places) {
      assert.doesNotMatch(part.selection.text, /Adds/);
      const whole = part.before + part.selection.text + part.after;
      assert.equal((await parse('typescript', whole)).hasErrors, false);
    }
  });

  test('a docstring below the signature is taken away as well', async () => {
    const [place] = await placesFor(
      'def f(a):\n    """Adds."""\n    b = a\n    c = b\n    return c\n',
      'docstring',
      'python',
    );
    assert.equal(place?.reference, '"""Adds."""');
    assert.equal(place.part.selection.text, 'def f(a):\n    b = a\n    c = b\n    return c\n');
  });

  test('layout is undone where it means nothing', async () => {
    const [place] = await placesFor(documented, 'reformat');
    assert.match(place?.part.selection.text ?? '', /^const sum/m);
    assert.deepEqual(
      await placesFor('def f(a):\n    b = a\n    c = b\n    return c\n', 'reformat', 'python'),
      [],
    );
  });

  test('those with a reference come first, over many files', async () => {
    const files = await Promise.all(
      [1, 2, 3].map((number) =>
        placesFor(
          documented.replaceAll('add', `add${number}`).replaceAll('open', `open${number}`),
          'docstring',
        ),
      ),
    );
    const chosen = choosePlaces(files, 4, () => 0.5);
    assert.deepEqual(
      chosen.map(({ reference }) => reference !== null),
      [true, true, true, false],
    );
    assert.deepEqual(
      choosePlaces(files, 4, () => 0.5),
      chosen,
    );
  });
});
