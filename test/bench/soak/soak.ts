import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { formatUsd } from '../../../src/common/money';
import { DRAFT_SCHEME, OUTPUT_CHANNEL_NAME, STATUS_BAR_ID } from '../../../src/manifest';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { type Simulator, startSimulator } from '../../../src/simulator/index';
import type { RecordedRequest } from '../../../src/simulator/requestLog';
import { globalStorage, readLedger } from '../../host/ledgerFiles';
import { simulatorEnvironment } from '../../host/simulatorEnvironment';
import { poll } from '../../support/poll';
import type { BenchResult } from '../result';
import { type BenchWindow, openBenchWindow } from '../window/benchWindow';
import type { MemorySample } from '../window/helperRequest';
import { type SoakRun, soakFiles, soakRun } from './soakPlan';
import { type SoakMoney, type SoakSample, soakResults, soakTable } from './soakReport';

/** Runs; another number for a shorter or longer soak. */
const RUNS = Number(process.env['DELEGATE_SOAK_RUNS'] ?? 1000);
const SAMPLES = 10;
/** Closed notifications, look-ups and timers of the last runs are over by then. */
const REST_MS = 4000;

interface Stage {
  readonly window: BenchWindow;
  readonly simulator: Simulator;
  /** Plays a fault from now on. */
  readonly setFault: (fault: FaultName | null) => void;
}

/**
 * A day's work in one window, by the commands a user has: a thousand runs of all tasks on both
 * protocols, with failures and cancellations among them. What the extension host holds is sampled
 * on the way and must not grow; status bar, ledger and bills must agree at the end.
 */
export async function measureSoak(): Promise<readonly BenchResult[]> {
  let fault: FaultName | null = null;
  const simulator = await startSimulator({
    pacing: 'fast',
    faults: ({ path: asked }) => (isInference(asked) ? fault : null),
  });
  try {
    const window = await openBenchWindow({
      prepareWorkspace: writeFiles,
      env: simulatorEnvironment(simulator),
      settings: { 'delegate.budget.perRun': 5 },
    });
    try {
      return await soak({ window, simulator, setFault: (next) => (fault = next) });
    } catch (error) {
      console.error(`Screenshot: ${await window.workbench.screenshot('soak-failed')}`);
      throw error;
    } finally {
      await window.close();
    }
  } finally {
    await simulator.close();
  }
}

function writeFiles(workspace: string): void {
  mkdirSync(workspace, { recursive: true });
  for (const { name, text } of soakFiles) writeFileSync(path.join(workspace, name), text);
}

async function soak(stage: Stage): Promise<readonly BenchResult[]> {
  const samples: SoakSample[] = [];
  let since = performance.now();
  let protocol: SoakRun['protocol'] = 'responses';
  for (let index = 0; index < RUNS; index += 1) {
    const run = soakRun(index);
    if (run.protocol !== protocol) {
      protocol = run.protocol;
      await stage.window.ask({ op: 'set', key: 'delegate.protocol', value: protocol });
    }
    await play(stage, run);
    if ((index + 1) % Math.ceil(RUNS / SAMPLES) !== 0) continue;
    const elapsedMs = performance.now() - since;
    const memory = await sample(stage);
    samples.push({ runs: index + 1, elapsedMs, memory, outputBytes: outputBytes(stage.window) });
    console.log(`soak: ${index + 1} runs, the last in ${Math.round(elapsedMs / 1000)} s`);
    since = performance.now();
  }
  console.log(soakTable(samples));
  console.log(`screenshot: ${await stage.window.workbench.screenshot('soak')}`);
  return soakResults(samples, await money(stage));
}

/** One run by its command, to its end, and the end of what it opened. */
async function play(stage: Stage, run: SoakRun): Promise<void> {
  const { window, simulator } = stage;
  const { name = '', text = '' } = soakFiles[run.file] ?? {};
  const file = path.join(window.workspace, name);
  await window.ask({ op: 'open', file, lines: text.split('\n').length });
  stage.setFault(run.fault);
  const before = lastInference(simulator);
  const running = window.ask({ op: 'execute', command: run.command, args: run.args });
  if (run.isCancelled) {
    await poll('an answer that has begun', () => {
      const last = lastInference(simulator);
      return last !== before && last?.status === 200;
    });
    await window.ask({ op: 'execute', command: 'delegate.cancelRun' });
  }
  await running;
  const uris = (await window.ask({ op: 'drafts' })) as readonly string[];
  if (uris.length > 0) {
    await window.ask({ op: 'endDrafts', command: run.draftCommand, uris });
  }
  if (uris.length > 0 && run.draftCommand === 'delegate.applyDraft') {
    await window.ask({ op: 'open', file, lines: 1 });
    await window.ask({ op: 'execute', command: 'workbench.action.files.revert' });
  }
  await window.ask({ op: 'closeUntitled' });
}

function isInference(asked: string): boolean {
  return /\/(responses|chat\/completions)$/.test(asked);
}

function lastInference({ requests }: Simulator): RecordedRequest | undefined {
  return requests.findLast(({ path: asked }) => isInference(asked));
}

/** Ends what is left open, lets everything come to rest and looks what the process holds. */
async function sample(stage: Stage): Promise<MemorySample> {
  const { window } = stage;
  const folder = path.join(globalStorage(window.workbench.userDataDir), 'drafts');
  await poll('all drafts to be ended', async () => {
    const ids = readdirSync(folder).flatMap((name) => /^([\w-]+)\.json$/.exec(name)?.[1] ?? []);
    const uris = ids.map((id) => `${DRAFT_SCHEME}://${id}/draft`);
    await window.ask({ op: 'endDrafts', command: 'delegate.discardDraft', uris });
    return ids.length === 0;
  });
  await window.ask({ op: 'execute', command: 'notifications.clearAll' });
  await delay(REST_MS);
  return (await window.ask({ op: 'memory' })) as MemorySample;
}

function outputBytes({ workbench }: BenchWindow): number {
  return Buffer.byteLength(workbench.outputText(OUTPUT_CHANNEL_NAME));
}

/** Once every bill that was late has been looked up. */
async function money({ window, simulator }: Stage): Promise<SoakMoney> {
  const entries = (): ReturnType<typeof readLedger> => [
    ...new Map(readLedger(window.workbench.userDataDir).map((entry) => [entry.id, entry])).values(),
  ];
  await poll(
    'the bills of all runs',
    () =>
      !entries().some(
        ({ cost_nano_usd: cost, generation_id: id }) =>
          cost === null && simulator.bills.has(id ?? ''),
      ),
    { timeoutMs: 120_000 },
  );
  const ledgerNanoUsd = entries().reduce((sum, entry) => sum + (entry.cost_nano_usd ?? 0), 0);
  const billedNanoUsd = [...simulator.bills.values()].reduce((sum, cost) => sum + cost, 0);
  const unknown = entries().filter(({ cost_nano_usd: cost }) => cost === null).length;
  const expectedStatusText = `${formatUsd(billedNanoUsd)}${unknown > 0 ? ` +${unknown}?` : ''}`;
  const { statusBar } = window.workbench;
  await poll(
    'the total in the status bar',
    async () => (await statusBar.text(STATUS_BAR_ID)) === expectedStatusText,
    { timeoutMs: 20_000 },
  ).catch(() => undefined);
  return {
    billedNanoUsd,
    ledgerNanoUsd,
    statusText: await statusBar.text(STATUS_BAR_ID),
    expectedStatusText,
  };
}
