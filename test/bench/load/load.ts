import { fork } from 'node:child_process';
import path from 'node:path';
import type { ServerReady } from '../cpu/server';
import { firstMessage } from '../firstMessage';
import { median, range } from '../median';
import { type BenchResult, atMost, withoutBar } from '../result';
import type { FollowerReport } from './follower';

const EVENTS_PER_SECOND = 2000;
const SECONDS = 10;
const ROUNDS = 3;
const MEGABYTE = 1024 * 1024;
const ANSWER_MEGABYTES = 10;
/** Pieces of some hundred characters: only the answer's length matters here. */
const PIECE_SCALE = 20;

/** Many events for long, and one long answer: how busy and how large the process gets. */
export async function measureLoad(): Promise<readonly BenchResult[]> {
  const reports: FollowerReport[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    reports.push(await follow('pacedServer.js', [EVENTS_PER_SECOND, SECONDS]));
  }
  const delays = reports.map(({ delayP99Ms }) => delayP99Ms);
  const growths = reports.map(heapGrowth);
  const answer = await follow('../cpu/server.js', [
    ANSWER_MEGABYTES * 1.45 * MEGABYTE,
    PIECE_SCALE,
  ]);
  return [
    atMost(20, {
      what: '2,000 events/s for 10 s: event-loop delay, 99th percentile',
      figure: median(delays),
      unit: 'ms',
      spread: range(delays),
    }),
    atMost(1.25, {
      what: 'the same: growth of the heap ÷ the answer itself',
      figure: median(growths),
      unit: '×',
      spread: range(growths),
    }),
    ...answerMemory(answer),
  ];
}

/** The answer has characters outside of Latin-1, so the engine keeps each of its characters so. */
const BYTES_PER_CHARACTER = 2;

/**
 * What grows between the first and the last second is the answer itself, which is kept once, for
 * the result. Flat means that nothing else grows; the rest is how strings are joined.
 */
function heapGrowth({ heapBytes, characters }: FollowerReport): number {
  const settled = heapBytes.slice(1);
  const first = settled[0] ?? Number.NaN;
  const last = settled.at(-1) ?? Number.NaN;
  const grownCharacters = characters * ((settled.length - 1) / SECONDS);
  return (last - first) / (grownCharacters * BYTES_PER_CHARACTER);
}

function answerMemory(report: FollowerReport): BenchResult[] {
  const { characters, peakHeapBytes, startHeapBytes, peakRssBytes, startRssBytes } = report;
  const what = `answer of ${(characters / MEGABYTE).toFixed(1)} M characters`;
  const heap = (peakHeapBytes - startHeapBytes) / MEGABYTE;
  const rss = (peakRssBytes - startRssBytes) / MEGABYTE;
  return [
    withoutBar({ what: `${what}: heap at its peak above the start`, figure: heap, unit: 'MB' }),
    withoutBar({ what: `${what}: resident memory likewise`, figure: rss, unit: 'MB' }),
  ];
}

async function follow(serverFile: string, args: readonly number[]): Promise<FollowerReport> {
  const server = fork(path.join(__dirname, serverFile), args.map(String));
  try {
    const { port } = await firstMessage<Pick<ServerReady, 'port'>>(server);
    const follower = fork(path.join(__dirname, 'follower.js'), [String(port)], {
      execArgv: ['--expose-gc'],
    });
    return await firstMessage<FollowerReport>(follower);
  } finally {
    server.disconnect();
  }
}
