import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import { plainEnglish } from '../../../src/common/translate';
import type { RunResult } from '../../../src/delegation/run/run';
import { RefusalError } from '../../../src/delegation/run/runErrors';
import { type CheckPorts, checkModels, priceCheck } from '../../../src/modelCheck/checkModels';
import type { Assumption, CheckLine, CheckReport, Verdict } from '../../../src/modelCheck/report';
import { lineText } from '../../../src/modelCheck/words';
import { type Simulator, startSimulator } from '../../../src/simulator';
import type { SimulatorOptions } from '../../../src/simulator/options';
import { realTokenizer } from '../../support/tokenizer';
import { readText } from '../../support/projectFiles';
import { simulatorClient } from '../../support/simulatorClient';
import { lookup, settingsWith } from '../delegation/kit';

const OPUS = '~anthropic/claude-opus-latest';
const WORKER = '~anthropic/claude-haiku-latest';
/** Slow enough for signs of life while a worker writes, and for two workers to be seen at once. */
const PACING = { workerMs: 120, heartbeatMs: 10, generationMisses: 0 };

interface Checked {
  readonly report: CheckReport;
  readonly results: readonly RunResult[];
  readonly bills: Simulator['bills'];
}

interface Circumstances extends SimulatorOptions {
  readonly orchestrator?: string;
  readonly key?: string;
  /** By default longer than a busy machine takes for anything. */
  readonly aliveWithinMs?: number;
}

async function check(circumstances: Circumstances): Promise<Checked> {
  const { orchestrator = OPUS, key, aliveWithinMs = 60_000, ...options } = circumstances;
  const pacing = { ...PACING, ...(options.pacing as object) };
  const simulator = await startSimulator({ tokenizer: realTokenizer, ...options, pacing });
  const client = simulatorClient({ ...simulator, apiKey: key ?? simulator.apiKey });
  const results: RunResult[] = [];
  try {
    const models = lookup(...readModels({ data: await client.listModels() }));
    const ports: CheckPorts = {
      client,
      models,
      clock: systemClock,
      random: Math.random,
      newId: randomUUID,
      settle: (result) => {
        results.push(result);
        return Promise.resolve();
      },
      lookUpDelaysMs: [5, 5],
      aliveWithinMs,
    };
    const settings = settingsWith({ orchestratorModel: orchestrator, workerModel: WORKER });
    const told: CheckLine[] = [];
    const { signal } = new AbortController();
    const report = await checkModels(settings, ports, {
      onLine: (line) => told.push(line),
      signal,
    });
    assert.deepEqual(told, report.lines);
    return { report, results, bills: new Map(simulator.bills) };
  } finally {
    await client.close();
    await simulator.close();
  }
}

/** Verdicts by line, `responses delegates` and so on. */
function verdicts({ lines }: CheckReport): Record<string, Verdict> {
  return Object.fromEntries(
    lines.map(({ protocol, assumption, verdict }) => [`${protocol} ${assumption}`, verdict]),
  );
}

suite('checkModels against the simulator', function () {
  this.timeout(60_000);
  let usual: Checked;
  suiteSetup(async () => {
    usual = await check({});
  });

  test('finds every assumption to hold, and that chat shows no worker', () => {
    const found = verdicts(usual.report);
    const others = Object.entries(found).filter(([, verdict]) => verdict !== 'holds');
    assert.deepEqual(others, [['chat outcome-shown', 'fails']]);
    assert.equal(usual.report.lines.length, 6 + 2 + 1 + 6 + 1);
    assert.deepEqual(usual.report.settings, []);
  });

  test('books each run, and tells what all of them cost', () => {
    assert.deepEqual(
      usual.results.map(({ status, record }) => [record.protocol, status]),
      [
        ['responses', 'completed'],
        ['chat', 'completed'],
        ['responses', 'cancelled'],
      ],
    );
    const bills = [...usual.bills.values()];
    assert.equal(
      usual.report.costNanoUsd,
      bills.reduce((sum, bill) => sum + bill, 0),
    );
    // A few cents at most, of which the price that is said first is not far off.
    assert.ok(usual.report.costNanoUsd < 50_000_000);
  });

  test('says first what it may cost, or why it cannot be made', async () => {
    const simulator = await startSimulator({ tokenizer: realTokenizer });
    const client = simulatorClient(simulator);
    try {
      const models = lookup(...readModels({ data: await client.listModels() }));
      const ports = { models, clock: systemClock, random: Math.random, newId: randomUUID };
      const settings = settingsWith({ orchestratorModel: OPUS, workerModel: WORKER });
      const price = priceCheck(settings, ports);
      assert.ok(price !== null && !(price instanceof RefusalError));
      const cost = usual.report.costNanoUsd ?? Infinity;
      assert.ok(cost <= price.ceilingNanoUsd, `${cost} of at most ${price.ceilingNanoUsd}`);
      assert.ok(cost >= price.expectedNanoUsd / 4 && cost <= price.expectedNanoUsd * 4);
      const without = settingsWith({
        orchestratorModel: 'simulator/no-tools',
        workerModel: WORKER,
      });
      assert.ok(priceCheck(without, ports) instanceof RefusalError);
    } finally {
      await client.close();
      await simulator.close();
    }
  });

  const others: readonly (readonly [string, Circumstances, Record<string, Verdict>])[] = [
    [
      'an orchestrator that does the job itself',
      { orchestrator: 'simulator/ignorer' },
      { 'responses delegates': 'fails', 'chat delegates': 'fails' },
    ],
    [
      'a stream without outcomes',
      { orchestrator: 'simulator/fault-outcome-missing' },
      { 'responses outcome-shown': 'fails' },
    ],
    [
      'an orchestrator that writes the outcome out',
      { orchestrator: 'simulator/copier' },
      { 'responses marker-obeyed': 'fails' },
    ],
    [
      'answers without a cost',
      { orchestrator: 'simulator/fault-cost-absent' },
      { 'responses cost-told': 'fails', 'chat cost-told': 'fails' },
    ],
    [
      'a key of the user that is not told',
      { keys: [{ key: 'own', isByok: true }], key: 'own', quirks: { hidesOwnKey: true } },
      { 'responses own-key-told': 'fails', 'chat own-key-told': 'fails' },
    ],
    [
      'instructions that the orchestrator reads',
      { quirks: { showsInstructions: true } },
      { 'responses instructions-hidden': 'fails', 'chat instructions-hidden': 'fails' },
    ],
    [
      'a silent line',
      { pacing: { heartbeatMs: 60_000, workerMs: 2000 }, aliveWithinMs: 1000 },
      { 'responses heartbeats': 'fails', 'chat heartbeats': 'fails' },
    ],
    [
      'workers one after the other',
      { quirks: { runsWorkersInTurn: true } },
      { 'responses workers-at-once': 'fails' },
    ],
    [
      'bills of the orchestrator alone',
      { quirks: { billsWithoutWorkers: true } },
      { 'responses bill-includes-workers': 'fails' },
    ],
    [
      'bills that are never filed',
      { pacing: { generationMisses: 99 } },
      { 'responses bill-includes-workers': 'unknown', 'responses aborted-bill': 'fails' },
    ],
  ];
  for (const [what, circumstances, turned] of others) {
    test(`${what} turns the right lines`, async () => {
      const before = verdicts(usual.report);
      const now = verdicts((await check(circumstances)).report);
      const changed = Object.entries(now).filter(([line, verdict]) => before[line] !== verdict);
      const refuted = changed.filter(([line, verdict]) => verdict === 'fails' || line in turned);
      assert.deepEqual(Object.fromEntries(refuted), turned);
      // What can no longer be seen is unknown, never made up.
      assert.ok(changed.every(([, verdict]) => verdict !== 'holds'));
    });
  }

  test('each line that ARCHITECTURE names can turn, and it names each', () => {
    const named: Readonly<Record<Assumption, string>> = {
      'outcome-shown': 'the answer shows what a worker wrote',
      delegates: 'the orchestrator delegates',
      'marker-obeyed': 'accepts with the marker',
      'instructions-hidden': 'the selection stays with the worker',
      'own-key-told': 'the cost is that of the models',
      heartbeats: 'signs of life',
      'workers-at-once': 'two workers write at once',
      'bill-includes-workers': 'a bill that is looked up later',
      'cost-told': 'the answer says what it cost',
      'aborted-bill': 'the bill of a stopped run',
    };
    const cells = readText('ARCHITECTURE.md')
      .split('## Assumptions about the API')[1]!
      .split(/^## /m)[0]!
      .split('\n')
      .filter((row) => row.startsWith('| '))
      .slice(2)
      .map((row) => row.split('|')[3]!.trim());
    const lines = cells.filter((cell) => cell !== '' && cell !== 'the same line on chat');
    assert.deepEqual(lines.sort(), Object.values(named).sort());
    const refuted = others.flatMap(([, , turned]) =>
      Object.entries(turned).flatMap(([line, verdict]) =>
        verdict === 'fails' ? [line.split(' ')[1]!] : [],
      ),
    );
    assert.deepEqual([...new Set(refuted)].sort(), Object.keys(named).sort());
    for (const [assumption, text] of Object.entries(named)) {
      const line = usual.report.lines.find((each) => each.assumption === assumption)!;
      assert.ok(lineText(line, plainEnglish).includes(text), text);
    }
  });

  test('the line on chat turns where chat shows its workers', async () => {
    const { report } = await check({ chatDelegations: 'reasoning-details' });
    assert.equal(verdicts(report)['chat outcome-shown'], 'holds');
  });

  test('offers the setting that fits', async () => {
    const copier = await check({ orchestrator: 'simulator/copier' });
    assert.deepEqual(copier.report.settings, [{ key: 'answer', value: 'integrated' }]);
    const ignorer = await check({ orchestrator: 'simulator/ignorer' });
    assert.deepEqual(ignorer.report.settings, [{ key: 'routing', value: 'direct' }]);
  });

  test('has words for each line', () => {
    const words = usual.report.lines.map((line) => lineText(line, plainEnglish));
    assert.equal(new Set(words).size, words.length);
    for (const line of words) assert.doesNotMatch(line, /undefined|NaN|\{\d\}/);
    // Chat counts calls and shows no worker: "yes, of 0 workers" would puzzle whoever reads it.
    const chat = words.filter((line) => line.includes('(chat'));
    assert.ok(chat.includes('yes · the orchestrator delegates when it is told to (chat)'));
    assert.ok(chat.includes('no · the answer shows what a worker wrote (chat · as documented)'));
    assert.ok(
      words[0]?.startsWith('yes · the orchestrator delegates when it is told to (responses'),
    );
  });
});
