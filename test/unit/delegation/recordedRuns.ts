import type { ModelLookup } from '../../../src/catalog/model';
import { systemClock } from '../../../src/common/clock';
import type { RunRequest, RunResult } from '../../../src/delegation/run/run';
import { runTask } from '../../../src/delegation/runTask';
import { builtInTasks } from '../../../src/tasks/catalog';
import { presetExtraction } from '../../../src/tasks/extract';
import { extractPresets } from '../../../src/tasks/extractPresets';
import { startSimulator } from '../../../src/simulator';
import { simulatorClient } from '../../support/simulatorClient';
import { type RequestChange, requestWith, sampleCode, seededRandom } from './kit';

/** A run of the simulator: the request, the bytes that answer it, and what became of it. */
export interface RecordedRun {
  readonly name: string;
  readonly request: RunRequest;
  readonly bytes: Buffer;
  readonly result: RunResult;
}

const [, preset] = extractPresets;
const jobs: readonly (readonly [string, RequestChange])[] = [
  ['summarize', { task: builtInTasks.summarize }],
  ['docstring', { task: builtInTasks.docstring }],
  ['reformat', { task: builtInTasks.reformat }],
  ['extract', preset ? presetExtraction(preset) : {}],
];

const modes = [
  { protocol: 'responses', answer: 'spliced' },
  { protocol: 'responses', answer: 'integrated' },
  { protocol: 'chat', answer: 'spliced' },
] as const;

const characters = ['around-marker', 'redelegator', 'worker-failure', 'over-delegator', 'thinker'];

/** The same numbers for each run, so that a recorded answer has the nonce of the request. */
export function sameRandom(): () => number {
  const random = seededRandom(7);
  return () => random(1_000_000) / 1_000_000;
}

function requests(): readonly (readonly [string, RunRequest])[] {
  const well = jobs.flatMap(([name, change]) =>
    modes.map(
      (mode) =>
        [`${name}, ${mode.answer}, ${mode.protocol}`, { ...change, settings: mode }] as const,
    ),
  );
  const odd = characters.map(
    (name) => [name, { settings: { orchestratorModel: `simulator/${name}` } }] as const,
  );
  return [...well, ...odd].map(([name, change]) => [
    name,
    requestWith({
      text: sampleCode(20),
      ...change,
      settings: {
        orchestratorModel: '~anthropic/claude-opus-latest',
        workerModel: '~anthropic/claude-haiku-latest',
        ...change.settings,
      },
    }),
  ]);
}

/** Estimates are of no interest here. */
export const noPrices: ModelLookup = { find: () => null };

/** Plays all of them once, on both protocols. */
export async function recordRuns(): Promise<readonly RecordedRun[]> {
  // No heartbeats by the clock: the same seed has to give the same mutants; they get comments anyway.
  const pacing = { heartbeatMs: 60_000, workerMs: 1, deltaMs: 0 };
  const simulator = await startSimulator({ pacing });
  const client = simulatorClient(simulator);
  const runs: RecordedRun[] = [];
  for (const [name, request] of requests()) {
    const result = await runTask(
      request,
      { client, models: noPrices, clock: systemClock, random: sameRandom() },
      () => undefined,
      new AbortController().signal,
    );
    if (result.error) throw result.error;
    const sent = simulator.requests.at(-1);
    const answer = await fetch(`${simulator.origin}${sent?.path ?? ''}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulator.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(sent?.body),
    });
    runs.push({ name, request, result, bytes: Buffer.from(await answer.arrayBuffer()) });
  }
  await client.close();
  await simulator.close();
  return runs;
}
