/**
 * Loaded before the command line (`--require`): tells how busy and how large its process became, in
 * the file that DELEGATE_PROBE_FILE names.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

export interface ProbeReport {
  readonly elapsedMs: number;
  readonly cpuMs: number;
  readonly delayP99Ms: number;
  /** Resident. */
  readonly largestMegabytes: number;
}

const MEGABYTE = 1024 * 1024;
const SAMPLE_MS = 250;
const RESOLUTION_MS = 10;

function measure(file: string): void {
  let largest = 0;
  const sample = (): void => {
    largest = Math.max(largest, process.memoryUsage.rss());
  };
  setInterval(sample, SAMPLE_MS).unref();
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const startedAt = performance.now();
  process.once('exit', () => {
    sample();
    const { user, system } = process.cpuUsage();
    const report: ProbeReport = {
      elapsedMs: performance.now() - startedAt,
      cpuMs: (user + system) / 1000,
      // The histogram counts from the timer's own interval.
      delayP99Ms: delays.percentile(99) / 1e6 - RESOLUTION_MS,
      largestMegabytes: largest / MEGABYTE,
    };
    writeFileSync(file, JSON.stringify(report));
  });
}

const file = process.env['DELEGATE_PROBE_FILE'];
// The program's threads are preloaded too.
if (isMainThread && file !== undefined) measure(file);
