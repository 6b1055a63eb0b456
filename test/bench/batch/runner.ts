/** A process that runs the command line and tells how busy and how large it became. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { main } from '../../../src/cli/main';

export interface RunnerReport {
  readonly code: number;
  readonly out: string;
  readonly elapsedMs: number;
  readonly cpuMs: number;
  readonly delayP99Ms: number;
  /** Largest resident size over that before anything was done. */
  readonly grownMegabytes: number;
}

const MEGABYTE = 1024 * 1024;
const SAMPLE_MS = 250;

async function run(args: readonly string[]): Promise<void> {
  let out = '';
  const idle = process.memoryUsage.rss();
  let largest = idle;
  const sampling = setInterval(() => {
    largest = Math.max(largest, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const code = await main(args, {
    cwd: process.cwd(),
    environment: process.env,
    platform: process.platform,
    signal: new AbortController().signal,
    console: { out: (text) => void (out += text), err: () => undefined, isInteractive: false },
  });
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(sampling);
  const report: RunnerReport = {
    code,
    out: out.slice(-20_000),
    elapsedMs,
    cpuMs: (user + system) / 1000,
    // The histogram counts from the timer's own interval.
    delayP99Ms: delays.percentile(99) / 1e6 - 10,
    grownMegabytes: (largest - idle) / MEGABYTE,
  };
  process.send?.(report, () => process.exit(0));
}

void run(process.argv.slice(2));
