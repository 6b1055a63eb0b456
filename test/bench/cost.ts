/**
 * What a run costs beside its alternatives, on real code, billed by the simulator with a real
 * tokenizer and published prices, every step of a loop paying for its whole prompt again.
 *
 * - `direct`: the orchestrator alone, asked for the same answer format.
 * - `whole`: the orchestrator alone, asked for the whole text back.
 * - `recipe`: the documented recipe; the orchestrator writes the code into `task_description` and
 *   writes the final answer out.
 * - `ours`: delegation by reference, as the extension sends it by default.
 */
import { ModelCatalog } from '../../src/catalog/modelCatalog';
import { systemClock } from '../../src/common/clock';
import { NANO_PER_USD } from '../../src/common/money';
import { ATTRIBUTION_HEADERS } from '../../src/openrouter/attribution';
import type { Outcome, RunRequest, RunSettings } from '../../src/delegation/run/run';
import { runTask } from '../../src/delegation/runTask';
import type { TaskDefinition } from '../../src/tasks/task';
import { type OpenRouterClient, createClient } from '../../src/openrouter/client';
import type { WireRequest } from '../../src/openrouter/wire';
import { type Simulator, startSimulator } from '../../src/simulator/index';
import type { SimulatorOptions } from '../../src/simulator/options';
import type { StepRecord } from '../../src/simulator/loop/meter';
import { directDispatcher } from '../support/directDispatcher';
import { defaultSettings } from '../support/runSettings';
import { realTokenizer } from '../support/tokenizer';
import { type CostJob, costJobs } from './costJobs';

const ORCHESTRATOR = '~anthropic/claude-opus-latest';
const COPIER = 'simulator/copier';

/** Worker models and the bars of their pair. */
export const pairs = [
  {
    name: 'worker 40x cheaper',
    worker: '~anthropic/claude-haiku-latest',
    isDefault: true,
    median: 0.33,
    worst: 0.77,
  },
  {
    name: 'worker 4x cheaper',
    worker: 'anthropic/claude-haiku-4.5',
    isDefault: false,
    median: 0.56,
    worst: 1,
  },
] as const;

export interface RouteCost {
  readonly costNanoUsd: number;
  readonly steps: readonly StepRecord[];
}

export interface CostRow {
  readonly job: string;
  readonly task: string;
  readonly lines: number;
  readonly direct: RouteCost;
  readonly whole: RouteCost;
  readonly recipe: RouteCost;
  readonly ours: RouteCost;
}

export interface PairResult {
  readonly pair: (typeof pairs)[number];
  readonly rows: readonly CostRow[];
}

/** Runs the whole suite for each pair of models. */
export async function measureCost(): Promise<readonly PairResult[]> {
  const results: PairResult[] = [];
  for (const pair of pairs) {
    const stage = await openStage();
    try {
      const rows: CostRow[] = [];
      for (const job of costJobs()) rows.push(await measureJob(stage, job, pair.worker));
      results.push({ pair, rows });
    } finally {
      await stage.client.close();
      await stage.simulator.close();
    }
  }
  return results;
}

export interface Stage {
  readonly simulator: Simulator;
  readonly client: OpenRouterClient;
  readonly catalog: ModelCatalog;
}

export async function openStage(options: SimulatorOptions = {}): Promise<Stage> {
  const simulator = await startSimulator({
    ...options,
    tokenizer: realTokenizer,
    pacing: { heartbeatMs: 1000, orchestratorMs: 0, workerMs: 0, charsPerDelta: 4096 },
    // The recipe's orchestrator is the same model; only its habits differ.
    prices: { [COPIER]: { prompt: '4', completion: '20', cacheRead: '0.2', cacheWrite: '5' } },
  });
  const client = createClient({
    baseUrl: simulator.baseUrl,
    getApiKey: () => Promise.resolve(simulator.apiKey),
    headers: ATTRIBUTION_HEADERS,
    createDispatcher: directDispatcher,
    clock: systemClock,
    connectTimeoutMs: 30_000,
    silenceTimeoutMs: 60_000,
    progressTimeoutMs: 600_000,
  });
  const catalog = new ModelCatalog({
    storage: { read: () => Promise.resolve(null), write: () => Promise.resolve() },
    fetchModels: () => client.listModels(),
    baseUrl: simulator.baseUrl,
    clock: systemClock,
  });
  await catalog.refresh();
  return { simulator, client, catalog };
}

async function measureJob(stage: Stage, job: CostJob, workerModel: string): Promise<CostRow> {
  const delegated = settingsWith({ workerModel });
  const direct = settingsWith({ workerModel, routing: 'direct' });
  return {
    job: job.name,
    task: job.task.id,
    lines: job.lines,
    ours: await billRun(stage, job, delegated),
    direct: await billRun(stage, job, direct),
    whole: await billRun(stage, { ...job, task: wholeTextTask(job.task) }, direct),
    recipe: await billRecipe(stage, job, workerModel),
  };
}

/** The same edit, with the whole text as the answer; text and JSON have no such form. */
function wholeTextTask(task: TaskDefinition): TaskDefinition {
  if (task.answer !== 'insertions') return task;
  const answerTokens = { base: 100, perSelectionToken: 1.6 };
  return { ...task, answer: 'replacement', numbered: false, answerTokens };
}

/** The run of a job as the extension asks for it. */
export function requestFor(job: CostJob, settings: RunSettings): RunRequest {
  return {
    id: 'bench',
    task: job.task,
    instruction: job.instruction,
    selection: { text: job.text, languageId: job.languageId, startLine: 1, symbols: [] },
    settings,
    ...(job.schema ? { schema: job.schema } : {}),
  };
}

async function billRun(stage: Stage, job: CostJob, settings: RunSettings): Promise<RouteCost> {
  stage.simulator.reset();
  const result = await runTask(
    requestFor(job, settings),
    { client: stage.client, models: stage.catalog, clock: systemClock, random: Math.random },
    () => undefined,
    new AbortController().signal,
  );
  if (result.status !== 'completed') {
    throw new Error(`${job.name}: ${result.status}, ${result.error?.code ?? 'no reason'}.`);
  }
  checkWork(job, result.outcome);
  return lastBill(stage.simulator);
}

/** A route that left the work out would be cheap for the wrong reason. */
function checkWork(job: CostJob, outcome: Outcome | null): void {
  if (job.task.id !== 'docstring' || outcome?.format !== 'replacement') return;
  const added = outcome.text.split('\n').length - job.text.split('\n').length;
  if (added === 0) throw new Error(`${job.name}: the whole text came back without comments.`);
}

/** The documented recipe: a request to delegate, the code in the user's message, one plain worker. */
async function billRecipe(stage: Stage, job: CostJob, workerModel: string): Promise<RouteCost> {
  stage.simulator.reset();
  const request: WireRequest = {
    protocol: 'chat',
    headers: {},
    body: {
      model: COPIER,
      stream: true,
      max_completion_tokens: 64_000,
      messages: [
        {
          role: 'system',
          content:
            'You plan and check. Delegate self-contained work to the worker, then write the final answer.',
        },
        { role: 'user', content: recipePrompt(job) },
      ],
      tools: [
        {
          type: 'openrouter:subagent',
          parameters: {
            name: 'worker',
            model: workerModel,
            instructions: job.task.workerRole,
            max_completion_tokens: 64_000,
          },
        },
      ],
    },
  };
  for await (const events of stage.client.stream(request)) {
    for (const event of events) {
      if (event.type === 'stream-error') throw event.error;
    }
  }
  return lastBill(stage.simulator);
}

function recipePrompt(job: CostJob): string {
  return [
    `Job: ${job.task.id}`,
    `Language: ${job.languageId}`,
    job.task.workerRole,
    ...(job.instruction === null ? [] : [job.instruction]),
    '<selection-aaaaaaaa>',
    job.text,
    '</selection-aaaaaaaa>',
  ].join('\n');
}

function lastBill(simulator: Simulator): RouteCost {
  const request = simulator.requests.findLast(({ billedNanoUsd }) => billedNanoUsd !== null);
  if (request?.billedNanoUsd == null) throw new Error('The simulator billed nothing.');
  return { costNanoUsd: request.billedNanoUsd, steps: request.steps };
}

export function settingsWith(change: Partial<RunSettings>): RunSettings {
  return {
    ...defaultSettings,
    orchestratorModel: ORCHESTRATOR,
    budgetPerRunNanoUsd: 10 * NANO_PER_USD,
    ...change,
  };
}
