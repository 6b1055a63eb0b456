import { setTimeout as delay } from 'node:timers/promises';
import { OUTPUT_CHANNEL_NAME } from '../../../src/manifest';
import { startSimulator } from '../../../src/simulator/index';
import { createSampleWorkspace } from '../../support/sampleWorkspace';
import { percentile } from '../median';
import { type BenchResult, atMost, withoutBar } from '../result';
import { type BenchWindow, openBenchWindow } from '../window/benchWindow';
import { type AnswerServer, type OpenStream, startAnswerServer } from './answerServer';
import { watchFor } from './sighting';

const SAMPLES = 40;
const FLOOR_CHANNEL = 'Floor';

/** What a channel holds before the text arrives, about as long as the head of a run. */
const HEAD = '\n## Floor · parse.ts:1-40\n\n- the channel alone\n- estimate: none\n';

interface Stage {
  readonly window: BenchWindow;
  readonly server: AnswerServer;
}

/**
 * From the moment a server writes the first piece of an answer until the browser paints it in the
 * output view; and the floor, an extension that appends what it gets to an output channel at once.
 * Both by turns in one window, both through a socket of the same server.
 *
 * The figure is the difference of the two 95th percentiles.
 */
export async function measureFirstCharacter(): Promise<readonly BenchResult[]> {
  const simulator = await startSimulator();
  const server = await startAnswerServer(Number(new URL(simulator.origin).port));
  try {
    const window = await openBenchWindow({
      prepareWorkspace: createSampleWorkspace,
      env: {
        OPENROUTER_API_KEY: simulator.apiKey,
        OPENROUTER_BASE_URL: `http://127.0.0.1:${server.port}/api/v1`,
      },
    });
    try {
      return figures(await takeSamples({ window, server }));
    } finally {
      await window.close();
    }
  } finally {
    await server.close();
    await simulator.close();
  }
}

interface Samples {
  readonly ours: readonly number[];
  readonly floor: readonly number[];
}

async function takeSamples(stage: Stage): Promise<Samples> {
  const ours: number[] = [];
  const floor: number[] = [];
  const file = `${stage.window.workspace}/typescript/parse.ts`;
  await stage.window.ask({ op: 'open', file, lines: 40 });
  // The first of each makes its channel and loads what is loaded once.
  for (let sample = 0; sample <= SAMPLES; sample += 1) {
    const oursMs = await ourSample(stage, `answer${sample}word`);
    const floorMs = await floorSample(stage, `floor${sample}word`);
    if (sample === 0) continue;
    ours.push(oursMs);
    floor.push(floorMs);
  }
  return { ours, floor };
}

async function ourSample({ window, server }: Stage, word: string): Promise<number> {
  const opened = server.nextAnswer();
  const run = window.ask({ op: 'execute', command: 'delegate.summarizeSelection' });
  const stream = await opened;
  const latencyMs = await visibleAfter(window, stream, word);
  stream.end();
  await run;
  return latencyMs;
}

async function floorSample({ window, server }: Stage, word: string): Promise<number> {
  const opened = server.nextFloor();
  const url = `http://127.0.0.1:${server.port}/floor`;
  const following = window.ask({ op: 'follow', url, channel: FLOOR_CHANNEL });
  const stream = await opened;
  stream.send(HEAD);
  await window.ask({ op: 'show', channel: FLOOR_CHANNEL });
  const latencyMs = await visibleAfter(window, stream, word);
  stream.end();
  await following;
  return latencyMs;
}

/** A model thinks for a while before its first word; at no fixed beat, so that no timer is favoured. */
async function visibleAfter(
  { workbench: { page } }: BenchWindow,
  stream: OpenStream,
  word: string,
): Promise<number> {
  await delay(500 + Math.random() * 250);
  const seen = await watchFor(page, word);
  const sentAtMs = stream.send(`${word} is the first word.\n`);
  return (await seen()) - sentAtMs;
}

function figures({ ours, floor }: Samples): readonly BenchResult[] {
  const row = (what: string, values: readonly number[], share: number): BenchResult =>
    withoutBar({ what, figure: percentile(values, share), unit: 'ms' });
  const what = 'first visible character';
  return [
    atMost(150, {
      what: `${what}: 95th percentile above that of the output channel alone`,
      figure: percentile(ours, 0.95) - percentile(floor, 0.95),
      unit: 'ms',
    }),
    row(`${what}: ${OUTPUT_CHANNEL_NAME}, median`, ours, 0.5),
    row(`${what}: ${OUTPUT_CHANNEL_NAME}, 95th percentile of ${ours.length}`, ours, 0.95),
    row(`${what}: output channel alone, median`, floor, 0.5),
    row(`${what}: output channel alone, 95th percentile of ${floor.length}`, floor, 0.95),
  ];
}
