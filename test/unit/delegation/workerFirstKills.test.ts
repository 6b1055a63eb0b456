import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeEntry } from '../../../src/accounting/ledger/entryCodec';
import type { LedgerEntry } from '../../../src/accounting/ledger/ledgerEntry';
import { type Simulator, startSimulator } from '../../../src/simulator';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { ManualClock } from '../../support/manualClock';
import { simulatorClient } from '../../support/simulatorClient';
import { seededRandom } from '../accounting/support/fastClock';
import { settleAfterKills } from '../accounting/support/lastWindow';
import { temporaryFolder } from '../accounting/support/ledgerFixtures';
import { BILL_FAULTS } from './billFaults';
import type { WindowOptions } from './workerFirstChild';

/** How many runs; more by hand. */
const RUNS = Number(process.env['DELEGATE_CHAOS_RUNS'] ?? 24);
const SEED = Number(process.env['DELEGATE_FUZZ_SEED'] ?? 20_261_130);
suite('killed windows of worker first', () => {
  const folder = temporaryFolder();
  let simulator: Simulator;
  /** By generation, from what the requests themselves say. */
  const runOf = new Map<string, string>();

  suiteSetup(async () => {
    const random = seededRandom(SEED);
    const fault = (): FaultName | null =>
      random() < 0.2 ? (BILL_FAULTS[Math.floor(random() * BILL_FAULTS.length)] ?? null) : null;
    simulator = await startSimulator({
      pacing: { generationMisses: 0, generationLagMs: 0 },
      faults: ({ path: requested }) => (/completions|responses/.test(requested) ? fault() : null),
    });
  });
  suiteTeardown(() => simulator.close());

  test(`${RUNS} runs in windows that are killed at any step: the ledger is the bill`, async function () {
    this.timeout(60_000 + RUNS * 1500);
    const kills = await runAll();
    assert.ok(kills > RUNS / 40, `${kills} kills`);
    const client = simulatorClient(simulator);
    await settleAfterKills(folder(), new ManualClock(Date.now()), (id) => client.getGeneration(id));
    await client.close();
    const entries = liveEntries(folder());
    const runsLeft = path.join(folder(), 'runs');
    const left = existsSync(runsLeft) ? readdirSync(runsLeft) : [];
    assert.deepEqual(
      left.filter((name) => !name.endsWith('.tmp')),
      [],
    );
    const billed = new Map<string, number>();
    for (const [generation, bill] of simulator.bills) {
      const run = runOf.get(generation) ?? '';
      billed.set(run, (billed.get(run) ?? 0) + bill);
    }
    let known = 0;
    for (const { id, cost_nano_usd: cost, requests } of entries) {
      // Killed or cut off before the API had named it: such a line says that it does not know.
      if (cost === null) continue;
      known += 1;
      assert.equal(cost, billed.get(id) ?? 0, `${id}, ${requests} requests`);
    }
    const inLedger = new Set(entries.map(({ id }) => id));
    const lost = [...billed].filter(([id, bill]) => bill > 0 && !inLedger.has(id));
    assert.deepEqual(lost, []);
    assert.ok(known > RUNS * 0.5, `${known} known`);
  });

  /** Window after window. @returns how many were killed. */
  async function runAll(): Promise<number> {
    let left = RUNS;
    let kills = 0;
    for (let life = 0; left > 0; life += 1) {
      const options: WindowOptions = {
        folder: folder(),
        baseUrl: simulator.baseUrl,
        apiKey: simulator.apiKey,
        seed: SEED + life,
        runs: left,
      };
      const child = fork(path.join(__dirname, 'workerFirstChild.js'), [JSON.stringify(options)]);
      child.on('message', () => {
        left -= 1;
        noteRuns();
      });
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      assert.ok(code === 0 || signal === 'SIGKILL', `exit ${String(code)} ${String(signal)}`);
      noteRuns();
      if (signal === null) break;
      kills += 1;
      left -= 1;
    }
    return kills;
  }

  /** After each run, as the simulator keeps its latest requests only. */
  function noteRuns(): void {
    for (const { body, generationId } of simulator.requests.slice(-20)) {
      const { trace } = (body ?? {}) as { readonly trace?: { readonly trace_id?: string } };
      if (generationId !== null) runOf.set(generationId, trace?.trace_id ?? '');
    }
  }
});

/** The last line of each run. */
function liveEntries(folder: string): readonly LedgerEntry[] {
  const live = new Map<string, LedgerEntry>();
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith('.jsonl'))
    .sort()) {
    for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n')) {
      const entry = decodeEntry(line);
      if (entry) live.set(entry.id, entry);
    }
  }
  return [...live.values()];
}
