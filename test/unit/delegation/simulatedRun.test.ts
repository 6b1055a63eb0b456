import assert from 'node:assert/strict';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import type { RunResult } from '../../../src/delegation/run/run';
import type { RouteEstimate } from '../../../src/delegation/run/run';
import { runTask } from '../../../src/delegation/runTask';
import { builtInTasks } from '../../../src/tasks/catalog';
import { presetExtraction } from '../../../src/tasks/extract';
import { extractPresets } from '../../../src/tasks/extractPresets';
import type { OpenRouterClient } from '../../../src/openrouter/client';
import { type Simulator, startSimulator } from '../../../src/simulator';
import { simulatorClient } from '../../support/simulatorClient';
import { realTokenizer } from '../../support/tokenizer';
import { type RequestChange, lookup, requestWith, sampleCode } from './kit';

/** Runs of the engine through the real client against the simulator: the wire is the only link. */

const jobs: readonly (readonly [string, RequestChange])[] = [
  ['summarize', { task: builtInTasks.summarize }],
  ['docstring', { task: builtInTasks.docstring }],
  ['reformat', { task: builtInTasks.reformat }],
  ['extract', presetExtraction(extractPresets[1]!)],
  ['refactor', { task: builtInTasks.refactor, instruction: 'rename values to items' }],
  ['instruct', { task: builtInTasks.instruct, instruction: 'Explain it.' }],
];

suite('run against the simulator', () => {
  let simulator: Simulator;
  let client: OpenRouterClient;
  let models: ReturnType<typeof lookup>;

  suiteSetup(async () => {
    simulator = await startSimulator({ tokenizer: realTokenizer });
    client = simulatorClient(simulator);
    models = lookup(...readModels({ data: await client.listModels() }));
  });

  suiteTeardown(async () => {
    await client.close();
    await simulator.close();
  });

  async function run(
    change: RequestChange,
  ): Promise<{ result: RunResult; estimate: RouteEstimate | null }> {
    let estimate: RouteEstimate | null = null;
    const result = await runTask(
      requestWith({
        text: sampleCode(60),
        ...change,
        settings: {
          orchestratorModel: '~anthropic/claude-opus-latest',
          workerModel: '~anthropic/claude-haiku-latest',
          ...change.settings,
        },
      }),
      { client, models, clock: systemClock, random: Math.random },
      (event) => {
        if (event.type === 'run-start') estimate = event.estimate;
      },
      new AbortController().signal,
    );
    return { result, estimate };
  }

  const modes = [
    { protocol: 'responses', answer: 'spliced', routing: 'delegated' },
    { protocol: 'responses', answer: 'integrated', routing: 'delegated' },
    { protocol: 'chat', answer: 'spliced', routing: 'delegated' },
    { protocol: 'responses', answer: 'spliced', routing: 'direct' },
    { protocol: 'chat', answer: 'spliced', routing: 'direct' },
  ] as const;
  for (const [name, change] of jobs) {
    for (const mode of modes) {
      test(`${name}: ${mode.routing}, ${mode.answer}, ${mode.protocol}`, async () => {
        const { result, estimate } = await run({ ...change, settings: mode });
        const { outcome } = result;
        assert.equal(result.status, 'completed', result.error?.message ?? '');
        assert.equal(outcome?.format, change.task?.answer);
        assert.equal(result.didDelegate, mode.routing === 'delegated');
        const cost = result.record.usage?.costNanoUsd ?? NaN;
        assert.ok(estimate && cost <= estimate.ceilingNanoUsd && cost >= estimate.lowNanoUsd * 0.5);
      });
    }
  }

  test('a selection in parts comes back in order', async () => {
    const text = sampleCode(700);
    const { result } = await run({ task: builtInTasks.reformat, text });
    assert.ok(result.outcome?.format === 'replacement');
    assert.ok(result.record.delegations.ok > 1);
    const words = (code: string): string => code.replace(/\s+/g, '');
    assert.equal(words(result.outcome.text), words(text));
  });

  const characters: readonly (readonly [string, string | null])[] = [
    ['copier', null],
    ['ignorer', null],
    ['around-marker', null],
    ['redelegator', null],
    ['over-delegator', null],
    ['thinker', null],
    ['worker-failure', null],
    ['worker-failure-all', 'answer-declined'],
    ['failed-marker', 'outcome-failed'],
    ['unknown-marker', null],
    ['missing-marker', null],
    ['refuser', 'answer-declined'],
  ];
  for (const [name, code] of characters) {
    test(`orchestrator ${name}: ${code ?? 'a result'}, never above the ceiling`, async () => {
      const { result, estimate } = await run({
        settings: { orchestratorModel: `simulator/${name}` },
      });
      assert.equal(result.error?.code ?? null, code);
      assert.equal(result.status, code === null ? 'completed' : 'failed');
      const cost = result.record.usage?.costNanoUsd ?? NaN;
      assert.ok(estimate && cost > 0 && cost <= estimate.ceilingNanoUsd, `${cost}`);
    });
  }
});
