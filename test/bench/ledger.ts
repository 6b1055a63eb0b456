import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { once } from 'node:events';
import { encodeEntry } from '../../src/accounting/ledger/entryCodec';
import { Ledger } from '../../src/accounting/ledger/ledger';
import type { LedgerEntry } from '../../src/accounting/ledger/ledgerEntry';
import { nodeDisk } from '../../src/accounting/nodeDisk';
import { type Clock, systemClock } from '../../src/common/clock';

export interface LedgerBench {
  readonly entries: number;
  readonly ledgerMegabytes: number;
  /** Counting everything once, in the background, when there is no rollup. */
  readonly firstCountMs: number;
  readonly firstCountMegabytes: number;
  /** Event-loop delay meanwhile, 99th percentile. */
  readonly firstCountDelayMs: number;
  /** From making the ledger to today's total, with a rollup, as at activation; median of several. */
  readonly startMs: number;
  readonly startMegabytes: number;
  /** The same when 50 entries have come since the rollup was saved. */
  readonly startWithTailMs: number;
  /** One more run: written, read back, in the totals. */
  readonly appendMs: number;
  readonly isExact: boolean;
}

const DAY_MS = 86_400_000;
/** Nothing is saved later on its own: the folder is gone by then. */
const untimed: Clock = { now: () => systemClock.now(), after: () => () => undefined };
/** Starts that are measured. */
const STARTS = 5;
const ROUTES = ['summarize', 'docstring', 'reformat', 'extract', 'refactor', 'instruct', 'recipe'];

/**
 * Measures the ledger with `entries` runs, all but a hundredth of them within the current month and
 * the eleven before it; every fiftieth run was reconciled, so it has two lines.
 *
 * @param months over how many files the entries are spread; 1 puts all into the current month.
 */
export async function benchLedger(entries = 1_000_000, months = 12): Promise<LedgerBench> {
  const folder = await mkdtemp(join(tmpdir(), 'delegate-bench-ledger-'));
  try {
    const written = await writeLedger(folder, entries, months);
    const firstCount = await measure(() => openAndCount(folder, true));
    const starts: Measured<number>[] = [];
    for (let n = 0; n < STARTS; n += 1)
      starts.push(await measure(() => openAndCount(folder, false)));
    const isExact = [firstCount, ...starts].every(({ result }) => result === written.monthNano);
    const tail = await withTail(folder);
    return {
      entries,
      ledgerMegabytes: written.bytes / 1e6,
      firstCountMs: firstCount.ms,
      firstCountMegabytes: firstCount.megabytes,
      firstCountDelayMs: firstCount.delayMs,
      startMs: median(starts.map(({ ms }) => ms)),
      startMegabytes: Math.max(...starts.map(({ megabytes }) => megabytes)),
      ...tail,
      isExact,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeLedger(
  folder: string,
  entries: number,
  months: number,
): Promise<{ bytes: number; monthNano: number }> {
  const now = new Date();
  const monthStartMs = new Date(now.getFullYear(), now.getMonth(), 1).getTime();
  const spanMs = months === 1 ? now.getTime() - monthStartMs : months * 30 * DAY_MS;
  const fromMs = months === 1 ? monthStartMs : now.getTime() - spanMs;
  let bytes = 0;
  let monthNano = 0;
  let openMonth = '';
  let stream = createWriteStream(join(folder, 'none'));
  for (let n = 0; n < entries; n += 1) {
    const atMs = Math.floor(fromMs + (spanMs * n) / entries);
    const entry = entryNumber(n, atMs);
    const isReconciled = n % 50 === 49;
    const first: LedgerEntry = isReconciled
      ? { ...entry, cost_nano_usd: null, cost_source: 'unknown' }
      : entry;
    let text = `${encodeEntry(first)}\n`;
    if (isReconciled) text += `${encodeEntry({ ...entry, cost_source: 'reconciled' })}\n`;
    if (atMs >= monthStartMs) monthNano += entry.cost_nano_usd ?? 0;
    const month = entry.at.slice(0, 7);
    if (month !== openMonth) {
      stream.end();
      await once(stream, 'close');
      stream = createWriteStream(join(folder, `${month}.jsonl`));
      openMonth = month;
    }
    bytes += text.length;
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  await rm(join(folder, 'none'));
  return { bytes, monthNano };
}

function entryNumber(n: number, atMs: number): LedgerEntry {
  return {
    v: 1,
    id: `6f2d1c9a-77aa-4e0b-9c3e-${String(n).padStart(12, '0')}`,
    at: new Date(atMs).toISOString(),
    route: ROUTES[n % ROUTES.length] ?? '',
    project: '',
    requests: 1,
    protocol: 'responses',
    routing: 'delegated',
    orchestrator_model: n % 5 === 0 ? 'openai/gpt-latest' : '~anthropic/claude-opus-latest',
    worker_model: '~anthropic/claude-haiku-latest',
    did_enable_delegation: true,
    delegations: { requested: 1, ok: 1, failed: 0 },
    status: 'completed',
    finish_reason: 'stop',
    prompt_tokens: 1840 + (n % 100),
    completion_tokens: 420,
    total_tokens: 2260 + (n % 100),
    cost_nano_usd: 6_100_000 + n,
    cost_source: 'billed',
    direct_estimate_nano_usd: 27_000_000,
    generation_id: `gen-1774000000-${String(n).padStart(20, 'x')}`,
    duration_ms: 14_200,
    demo: false,
  };
}

async function openAndCount(folder: string, save: boolean): Promise<number> {
  const ledger = new Ledger({ disk: nodeDisk(folder), clock: untimed });
  await ledger.refresh();
  const { costNanoUsd } = ledger.totals('month');
  ledger.totals('today');
  if (save) await ledger.save();
  return costNanoUsd;
}

async function withTail(folder: string): Promise<{ startWithTailMs: number; appendMs: number }> {
  const writer = new Ledger({ disk: nodeDisk(folder), clock: untimed });
  await writer.refresh();
  const appends: number[] = [];
  for (let n = 0; n < 50; n += 1) {
    const startedAt = performance.now();
    await writer.append(entryNumber(2_000_000_000 + n, Date.now()));
    appends.push(performance.now() - startedAt);
  }
  const { ms } = await measure(() => openAndCount(folder, false));
  return { startWithTailMs: ms, appendMs: median(appends) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

interface Measured<T> {
  readonly result: T;
  readonly ms: number;
  readonly megabytes: number;
  readonly delayMs: number;
}

/** Time and the most memory above the start; collects garbage before when Node is told to allow it. */
async function measure<T>(act: () => Promise<T>): Promise<Measured<T>> {
  (globalThis as { gc?: () => void }).gc?.();
  const before = usedBytes();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, usedBytes())), 2);
  const delays = monitorEventLoopDelay({ resolution: 2 });
  delays.enable();
  const startedAt = performance.now();
  const result = await act();
  const ms = performance.now() - startedAt;
  clearInterval(timer);
  delays.disable();
  most = Math.max(most, usedBytes());
  const delayMs = delays.percentile(99) / 1e6;
  return { result, ms, megabytes: (most - before) / 1e6, delayMs };
}

function usedBytes(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

if (process.argv[1]?.endsWith('bench/ledger.js')) {
  const [entries, months] = process.argv.slice(2).map(Number);
  void benchLedger(entries, months).then((numbers) => {
    process.stdout.write(`${JSON.stringify(numbers, null, 2)}\n`);
  });
}
