/**
 * A process that follows one run as the extension does, from the socket to what would be appended
 * to the output panel: `node --expose-gc follower.js PORT`.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../../src/common/clock';
import { Attempt } from '../../../src/delegation/attempt';
import { Transcript } from '../../../src/editor/output/transcript';
import { benchClient, benchRequest } from '../cpu/delegateReader';

export interface FollowerReport {
  readonly characters: number;
  readonly appends: number;
  readonly wallMs: number;
  /** Event-loop delay, 99th percentile. */
  readonly delayP99Ms: number;
  /** Heap after collecting garbage, in bytes, each second. */
  readonly heapBytes: readonly number[];
  readonly peakHeapBytes: number;
  readonly peakRssBytes: number;
  readonly startHeapBytes: number;
  readonly startRssBytes: number;
}

/** As the output panel does. */
const COALESCE_MS = 100;
const RESOLUTION_MS = 1;

async function main(port: string): Promise<void> {
  const client = benchClient(`http://127.0.0.1:${port}/api/v1`);
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);
  collect();
  await turn();
  const start = process.memoryUsage();
  const heapBytes: number[] = [];
  let peakHeapBytes = 0;
  let peakRssBytes = 0;
  let pending = '';
  let characters = 0;
  let appends = 0;
  const transcript = new Transcript({ t: (text: string) => text });
  const flush = setInterval(() => {
    if (pending !== '') appends += 1;
    pending = '';
    const { heapUsed, rss } = process.memoryUsage();
    peakHeapBytes = Math.max(peakHeapBytes, heapUsed);
    peakRssBytes = Math.max(peakRssBytes, rss);
  }, COALESCE_MS);
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const sample = setInterval(() => {
    // Collecting everything holds the loop up and is no part of the work.
    delays.disable();
    collect();
    heapBytes.push(process.memoryUsage().heapUsed);
    delays.enable();
  }, 1000);
  delays.enable();
  const startedAt = performance.now();
  const attempt = new Attempt({
    sending: {
      wire: benchRequest('chat'),
      client,
      nonce: 'a1b2c3d4',
      tasks: [],
      isLocal: false,
    },
    clock: systemClock,
    observer: (event) => {
      if (event.type === 'answer-delta') characters += event.text.length;
      pending += transcript.event(event, performance.now() - startedAt);
    },
    signal: new AbortController().signal,
  });
  await attempt.run();
  attempt.finishText();
  const wallMs = performance.now() - startedAt;
  if (attempt.state.phase === 'failed') throw attempt.state.error;
  delays.disable();
  clearInterval(flush);
  clearInterval(sample);
  const end = process.memoryUsage();
  await client.close();
  const report: FollowerReport = {
    characters: Math.min(characters, attempt.rawAnswer.length),
    appends,
    wallMs,
    delayP99Ms: delays.percentile(99) / 1e6 - RESOLUTION_MS,
    heapBytes,
    peakHeapBytes: Math.max(peakHeapBytes, end.heapUsed),
    peakRssBytes: Math.max(peakRssBytes, end.rss),
    startHeapBytes: start.heapUsed,
    startRssBytes: start.rss,
  };
  process.send?.(report, () => process.exit(0));
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
