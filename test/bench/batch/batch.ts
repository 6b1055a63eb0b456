import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerEntry } from '../../../src/accounting/ledger/ledgerEntry';
import { type JournalRecord, decodeRecord } from '../../../src/batch/journal/records';
import { nodeWorkspace } from '../../../src/batch/nodeWorkspace';
import { projectRoot } from '../../support/projectFiles';
import { firstMessage } from '../firstMessage';
import { type BenchResult, atMost, withoutBar } from '../result';
import { FILES, writeBatchFiles } from './batchFiles';
import { directCost } from './directCost';
import { settleBills } from './settleBills';
import type { ProbeReport } from './probe';
import type { ServerBills, ServerReady } from './server';

/** Time that a model takes for an answer; real ones take longer, which makes the bar easier. */
const ANSWER_MS = Number(process.env['DELEGATE_BATCH_ANSWER_MS'] ?? 1000);
const PARALLEL = 4;
const KILLS = 20;
const WORKER = 'simulator/worker-faulty-5';
const ARGUMENTS = ['docstring', 'src', '--max-cost', '20', '--json'];

/** A thousand files by the command line: price, time and weight, then killed again and again. */
export async function measureBatch(): Promise<readonly BenchResult[]> {
  const base = mkdtempSync(path.join(tmpdir(), 'delegate-batch-'));
  try {
    const root = path.join(base, 'files');
    writeBatchFiles(root);
    const whole = await runWhole({ base, root, home: path.join(base, 'whole') });
    const killed = await runKilled({ base, root, home: path.join(base, 'killed') });
    return [...whole, ...killed];
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

interface Place {
  readonly base: string;
  readonly root: string;
  readonly home: string;
}

async function runWhole(place: Place): Promise<readonly BenchResult[]> {
  const server = fork(path.join(__dirname, 'server.js'), [String(ANSWER_MS)]);
  try {
    const ready = await firstMessage<ServerReady>(server);
    const idle = await probed(place, ready, ['--help']);
    const report = await probed(place, ready, ARGUMENTS);
    const entries = ledgerOf(place.home);
    const cost = sum(entries.map(({ cost_nano_usd }) => cost_nano_usd ?? 0));
    const direct = await priceDirectly(place);
    const answersMs = sum(
      entries.map(({ routing }) => (routing === 'delegated' ? 3 : 1) * ANSWER_MS),
    );
    const name = `batch of ${FILES} files, 5 % of the worker's answers faulty`;
    const { files, doubtful } = countsOf(place.home);
    return [
      atMost(0.1, { what: `${name}: cost ÷ direct`, figure: cost / direct, unit: '×' }),
      atMost(1.3, {
        what: `${name}: time ÷ (sum of answer times ÷ parallel)`,
        figure: report.elapsedMs / (answersMs / PARALLEL),
        unit: '×',
      }),
      atMost(20, {
        what: `${name}: event-loop delay, 99th percentile`,
        figure: report.delayP99Ms,
        unit: 'ms',
      }),
      atMost(150, {
        what: `${name}: memory over idle`,
        figure: report.largestMegabytes - idle.largestMegabytes,
        unit: 'MB',
      }),
      withoutBar({
        what: `${name}: processor time a file`,
        figure: report.cpuMs / FILES,
        unit: 'ms',
      }),
      withoutBar({
        what: `${name}: files that need a look or failed`,
        figure: doubtful,
        unit: `of ${files}`,
      }),
    ];
  } finally {
    server.kill();
  }
}

/** By a server that answers at once: here only the bills count. */
async function priceDirectly({ root }: Place): Promise<number> {
  const server = fork(path.join(__dirname, 'server.js'));
  try {
    return await directCost(await firstMessage<ServerReady>(server), nodeWorkspace(root));
  } finally {
    server.kill();
  }
}

async function runKilled(place: Place): Promise<readonly BenchResult[]> {
  // Short answers: the kills fall at all places of the work, not only into the waiting.
  const server = fork(path.join(__dirname, 'server.js'), ['100', '50']);
  try {
    const ready = await firstMessage<ServerReady>(server);
    let kills = 0;
    for (let isDone = false; !isDone;) {
      const child = commandLine(place, ready);
      const ended = once(child, 'exit').then(() => true);
      const killing = kills < KILLS ? delay(2000 + Math.random() * 3500, false) : ended;
      isDone = await Promise.race([ended, killing]);
      if (!isDone) {
        kills += 1;
        child.kill('SIGKILL');
        await ended;
      }
    }
    const bills = await askBills(server);
    await settleBills(path.join(place.home, 'ledger'), ready);
    const money = compareBills(ledgerOf(place.home), bills);
    const { files, twice, lost } = countsOf(place.home);
    const name = `batch of ${files} files, killed ${kills} times`;
    return [
      atMost(0, { what: `${name}: files done twice`, figure: twice, unit: '' }),
      atMost(0, { what: `${name}: files lost`, figure: lost, unit: '' }),
      atMost(0, {
        what: `${name}: bills that are not in the ledger as billed`,
        figure: money.wrong,
        unit: '',
      }),
      withoutBar({
        what: `${name}: requests killed before the API had named them, in the ledger as unknown`,
        figure: money.unnamed,
        unit: `of ${bills.length}`,
      }),
    ];
  } finally {
    server.kill();
  }
}

/** Runs the program to its end. @returns how busy and how large it became. */
async function probed(
  place: Place,
  ready: ServerReady,
  args: readonly string[],
): Promise<ProbeReport> {
  const file = `${place.home}.probe.json`;
  await once(
    commandLine(place, ready, { args, environment: { DELEGATE_PROBE_FILE: file } }),
    'exit',
  );
  return JSON.parse(readFileSync(file, 'utf8')) as ProbeReport;
}

/** The program as it is shipped. */
function commandLine(
  { root, home }: Place,
  { baseUrl, apiKey }: ServerReady,
  {
    args = ARGUMENTS,
    environment = {},
  }: { readonly args?: readonly string[]; readonly environment?: NodeJS.ProcessEnv } = {},
): ChildProcess {
  return fork(path.join(projectRoot, 'dist/cli.js'), [...args, '--config', configOf(home)], {
    cwd: root,
    execArgv: ['--require', path.join(__dirname, 'probe.js')],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      OPENROUTER_API_KEY: apiKey,
      OPENROUTER_BASE_URL: baseUrl,
      DELEGATE_BATCH_HOME: home,
      ...environment,
    },
  });
}

function configOf(home: string): string {
  const file = `${home}.json`;
  writeFileSync(file, JSON.stringify({ workerModel: WORKER, 'batch.parallel': PARALLEL }));
  return file;
}

async function askBills(server: ChildProcess): Promise<ServerBills> {
  const answer = new Promise<ServerBills>((resolve) => server.once('message', resolve));
  server.send('bills');
  return answer;
}

/** Every line of every month; a later one of a run supersedes. */
function ledgerOf(home: string): readonly LedgerEntry[] {
  const folder = path.join(home, 'ledger');
  const entries = new Map<string, LedgerEntry>();
  for (const name of readdirSync(folder).filter((each) => /^\d{4}-\d\d\.jsonl$/.test(each))) {
    for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n')) {
      if (line === '') continue;
      const entry = JSON.parse(line) as LedgerEntry;
      entries.set(entry.id, entry);
    }
  }
  return [...entries.values()];
}

/**
 * Holds the ledger against the server's bills. A request that was killed before its generation was
 * named has a line without one; there must be such a line for each bill that no line names.
 */
function compareBills(
  entries: readonly LedgerEntry[],
  bills: ServerBills,
): { readonly wrong: number; readonly unnamed: number } {
  const named = new Map(entries.map((entry) => [entry.generation_id, entry.cost_nano_usd]));
  const unnamedLines = entries.filter(({ generation_id }) => generation_id === null).length;
  const unnamed = bills.filter(([id]) => !named.has(id)).length;
  const different = bills.filter(([id, cost]) => named.has(id) && named.get(id) !== cost).length;
  return { wrong: different + Math.max(0, unnamed - unnamedLines), unnamed };
}

/**
 * What the journal tells. Lines before the last plan are of a planning that was killed, after which
 * nothing had been sent yet.
 */
function countsOf(home: string): {
  readonly files: number;
  readonly twice: number;
  readonly lost: number;
  readonly doubtful: number;
} {
  const records = journalRecords(home);
  const planned = records.slice(records.findLastIndex(({ t }) => t === 'batch'));
  const done = new Map<number, JournalRecord & { t: 'done' }>();
  let files = 0;
  let twice = 0;
  for (const record of planned) {
    if (record.t === 'file') files += 1;
    if (record.t !== 'done') continue;
    if (done.has(record.n)) twice += 1;
    done.set(record.n, record);
  }
  const doubtful = [...done.values()].filter(
    ({ standing }) => standing === 'doubtful' || standing === 'failed',
  );
  return { files, twice, lost: files - done.size, doubtful: doubtful.length };
}

function journalRecords(home: string): JournalRecord[] {
  const names = readdirSync(home, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => path.basename(name) === 'journal.jsonl')
    .flatMap((name) => readFileSync(path.join(home, name), 'utf8').split('\n'))
    .map(decodeRecord)
    .filter((record) => record !== null);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
