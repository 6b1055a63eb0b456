import { formatUsd } from '../../../src/common/money';
import { type BenchResult, atMost, withoutBar } from '../result';
import type { MemorySample } from '../window/helperRequest';

const MEGABYTE = 1024 * 1024;

export interface SoakSample {
  readonly runs: number;
  /** Of the runs since the last sample. */
  readonly elapsedMs: number;
  readonly memory: MemorySample;
  /** Of the output channel so far. */
  readonly outputBytes: number;
}

/** What three independent books say. */
export interface SoakMoney {
  readonly billedNanoUsd: number;
  readonly ledgerNanoUsd: number;
  readonly statusText: string;
  readonly expectedStatusText: string;
}

export function soakTable(samples: readonly SoakSample[]): string {
  const rows = samples.map(({ runs, elapsedMs, memory, outputBytes }) => {
    const { heapUsed, external, rss, listeners, documents } = memory;
    const sizes = [heapUsed, external, rss].map((bytes) => (bytes / MEGABYTE).toFixed(1));
    const output = (outputBytes / 1024).toFixed(0);
    const cells = [
      runs,
      (elapsedMs / 1000).toFixed(0),
      ...sizes,
      sockets(memory),
      timers(memory),
      handles(memory),
    ];
    return `| ${[...cells, listeners, documents, output].join(' | ')} |`;
  });
  return [
    '\n## Soak: what the extension host holds\n',
    '| runs | seconds | heap, MB | external, MB | resident, MB | sockets | timers | handles | listeners | documents | output, KB |',
    '|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

/**
 * Growth since a fifth of the runs, when everything has been loaded and has been used once: of the
 * heap at most a tenth and 5 MB, of the rest what a run under way or an idle connection may hold.
 */
export function soakResults(
  samples: readonly SoakSample[],
  { billedNanoUsd, ledgerNanoUsd, statusText, expectedStatusText }: SoakMoney,
): readonly BenchResult[] {
  const first = samples[1] ?? samples[0];
  const last = samples.at(-1);
  if (!first || !last) throw new Error('The soak was too short for a sample.');
  const grown = (of: (memory: MemorySample) => number): number =>
    of(last.memory) - of(first.memory);
  const what = `soak, from ${first.runs} to ${last.runs} runs`;
  return [
    atMost(Number((5 + first.memory.heapUsed / MEGABYTE / 10).toFixed(1)), {
      what: `${what}: heap that was added`,
      figure: grown(({ heapUsed }) => heapUsed) / MEGABYTE,
      unit: 'MB',
    }),
    atMost(2, { what: `${what}: sockets added`, figure: grown(sockets), unit: '' }),
    atMost(3, { what: `${what}: timers added`, figure: grown(timers), unit: '' }),
    atMost(2, { what: `${what}: other handles added`, figure: grown(handles), unit: '' }),
    atMost(0, {
      what: `${what}: listeners on the process added`,
      figure: grown(({ listeners }) => listeners),
      unit: '',
    }),
    atMost(0, {
      what: `soak: ledger and bills (${formatUsd(billedNanoUsd)}) differ by`,
      figure: Math.abs(billedNanoUsd - ledgerNanoUsd),
      unit: 'nano-USD',
    }),
    atMost(0, {
      what: `soak: the status bar’s total (${statusText}) differs from the bills`,
      figure: statusText === expectedStatusText ? 0 : 1,
      unit: '',
    }),
    withoutBar({
      what: 'soak: output panel, per run',
      figure: last.outputBytes / last.runs / 1024,
      unit: 'KB',
    }),
  ];
}

function sockets({ resources }: MemorySample): number {
  return (resources['TCPSocketWrap'] ?? 0) + (resources['TLSWrap'] ?? 0);
}

function timers({ resources }: MemorySample): number {
  return resources['Timeout'] ?? 0;
}

/** Everything else that Node counts: files, watchers, pipes, requests under way. */
function handles(memory: MemorySample): number {
  const all = Object.values(memory.resources).reduce((sum, count) => sum + count, 0);
  return all - sockets(memory) - timers(memory);
}
