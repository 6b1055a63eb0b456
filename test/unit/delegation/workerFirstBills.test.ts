import assert from 'node:assert/strict';
import { entryFromRecord, generationIdsOf } from '../../../src/accounting/ledger/entryFromRecord';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import type { RequestNote, Verdict } from '../../../src/delegation/ports';
import type { RunResult } from '../../../src/delegation/run/run';
import { runTask } from '../../../src/delegation/runTask';
import type { OpenRouterClient } from '../../../src/openrouter/client';
import { type Simulator, startSimulator } from '../../../src/simulator';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { simulatorClient } from '../../support/simulatorClient';
import { BILL_FAULTS } from './billFaults';
import { lookup, workerFirstRequest } from './kit';

/** How many runs; more by hand. */
const RUNS = Number(process.env['DELEGATE_CHAOS_RUNS'] ?? 60);

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

suite('bills of worker first', () => {
  let simulator: Simulator;
  let client: OpenRouterClient;
  let models: ReturnType<typeof lookup>;
  let fault: () => FaultName | null = () => null;

  suiteSetup(async () => {
    simulator = await startSimulator({
      pacing: { generationMisses: 0, generationLagMs: 0 },
      faults: ({ path }) => (/completions|responses/.test(path) ? fault() : null),
    });
    client = simulatorClient(simulator);
    models = lookup(...readModels({ data: await client.listModels() }));
  });

  suiteTeardown(async () => {
    await client.close();
    await simulator.close();
  });

  async function run(
    options: {
      readonly prove?: () => Verdict;
      readonly cancelAt?: number;
      readonly onNote?: (note: RequestNote) => void;
    } = {},
  ): Promise<RunResult> {
    const controller = new AbortController();
    let events = 0;
    return runTask(
      workerFirstRequest(),
      {
        client,
        models,
        clock: systemClock,
        random: Math.random,
        prove: () => Promise.resolve(options.prove?.() ?? { isVerified: true }),
        ...(options.onNote && { noteRequest: options.onNote }),
      },
      () => {
        events += 1;
        if (events === options.cancelAt) controller.abort();
      },
      controller.signal,
    );
  }

  /** What the ledger ends up with: the line's cost, or the look-up of its ids. */
  async function booked({ record }: RunResult): Promise<number | null> {
    if (!record.wasSent) return 0;
    const entry = entryFromRecord(record, { demo: false });
    if (entry.cost_nano_usd !== null) return entry.cost_nano_usd;
    const ids = generationIdsOf(entry.generation_id);
    if (ids.length === 0) return null;
    let sum = 0;
    for (const id of ids) {
      const bill = await client.getGeneration(id);
      if (bill?.costNanoUsd == null) return null;
      sum += bill.costNanoUsd;
    }
    return sum;
  }

  const billed = (): number => [...simulator.bills.values()].reduce((sum, bill) => sum + bill, 0);

  test('a worker that is right costs a small part of what the delegated run would', async () => {
    simulator.reset();
    const result = await run();
    assert.equal(result.error, null);
    assert.equal(result.record.requests, 1);
    assert.equal(await booked(result), billed());
    assert.ok(billed() < (result.record.directEstimateNanoUsd ?? 0) * 0.12, `${billed()}`);
  });

  test(`${RUNS} runs with faults and cancellations at each step: the ledger is the bill`, async function () {
    this.timeout(120_000 + RUNS * 400);
    const random = numbers(20260923);
    const ends = new Map<string, number>();
    let unknown = 0;
    for (let count = 0; count < RUNS; count += 1) {
      simulator.reset();
      const faulty = random() < 0.5 ? 1 + Math.floor(random() * 3) : 0;
      const name = BILL_FAULTS[Math.floor(random() * BILL_FAULTS.length)] ?? null;
      let requests = 0;
      fault = () => {
        requests += 1;
        return requests === faulty ? name : null;
      };
      const cancelAt = random() < 0.3 ? 1 + Math.floor(random() * 14) : -1;
      const rejects = Math.floor(random() * 3);
      let judged = 0;
      const result = await run({
        cancelAt,
        prove: () => {
          judged += 1;
          return judged > rejects
            ? { isVerified: true }
            : { isVerified: false, reason: 'wrong for the test' };
        },
      });
      fault = () => null;
      const told = `run ${count}: ${String(name)} at ${faulty}, cancelled at ${cancelAt}, ${rejects} rejected, ${result.status}`;
      // A connection that the client has left is billed when the simulator notices.
      const cost = await settled(result);
      ends.set(result.status, (ends.get(result.status) ?? 0) + 1);
      if (cost === null) unknown += 1;
      else assert.equal(cost, billed(), told);
    }
    assert.ok((ends.get('completed') ?? 0) > RUNS / 4, JSON.stringify([...ends]));
    assert.ok((ends.get('cancelled') ?? 0) > RUNS / 20, JSON.stringify([...ends]));
    assert.ok((ends.get('failed') ?? 0) > RUNS / 20, JSON.stringify([...ends]));
    // Without an id the cost stays unknown, which is said and is not 0.
    assert.ok(unknown < RUNS / 4, `${unknown} unknown`);
  });

  async function settled(result: RunResult): Promise<number | null> {
    for (let attempt = 0; ; attempt += 1) {
      const cost = await booked(result);
      if (cost === billed() || attempt === 40) return cost;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
});
