import assert from 'node:assert/strict';
import { costOf, pricingFromUsd } from '../../../../src/simulator/pricing';
import type { TaskDefinition } from '../../../../src/tasks/task';
import { TASK_DESCRIPTION } from '../../../../src/delegation/run/markers';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { presetExtraction } from '../../../../src/tasks/extract';
import { extractPresets } from '../../../../src/tasks/extractPresets';
import type { PreparedRequest } from '../../../../src/delegation/route/route';
import { readText, sourceFiles } from '../../../support/projectFiles';
import { realTokenizer } from '../../../support/tokenizer';
import { prepare, promptsOf, requestWith, workersOf } from '../kit';

/**
 * The good course of a run, billed by hand: the requests the engine builds, counted by a real
 * tokenizer, each of the two turns paying for its whole prompt, tool definitions included.
 */

const ORCHESTRATOR = pricingFromUsd({
  prompt: '4',
  completion: '20',
  cacheRead: '0.2',
  cacheWrite: '5',
});
const DEFAULT_WORKER = pricingFromUsd({ prompt: '0.1', completion: '0.5' });
const QUARTER_WORKER = pricingFromUsd({ prompt: '1', completion: '5' });
const DEFINITION_TOKENS = 480;

/** Real code: the engine's own. */
const SOURCES = sourceFiles().filter((file) => file.startsWith('src/delegation/'));

interface Job {
  readonly task: TaskDefinition;
  readonly lines: number;
}

const JOBS: readonly Job[] = (
  [
    ['summarize', [300, 1000, 2000]],
    ['docstring', [150, 500, 2000]],
    ['reformat', [100, 300, 1000]],
    ['extract', [300, 1000, 2000]],
    ['refactor', [150, 500, 1000]],
  ] as const
).flatMap(([id, sizes]) => sizes.map((lines) => ({ task: builtInTasks[id], lines })));

/** An answer of the length that the task's own estimate gives, made of the code itself. */
function answerText(prepared: PreparedRequest, index: number): string {
  const { sourceText, answerTokens } = prepared.tasks[index]!;
  const wanted = answerTokens.expected;
  const text = sourceText.repeat(Math.ceil(wanted / realTokenizer.count(sourceText)));
  return text.slice(0, Math.round((text.length * wanted) / realTokenizer.count(text)));
}

interface Call {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt: read from a cache, and written to one. */
  readonly cachedTokens?: number;
  readonly cacheWriteTokens?: number;
}

function bill(pricing: typeof ORCHESTRATOR, call: Call): number {
  const cost = costOf(pricing, { cachedTokens: 0, cacheWriteTokens: 0, ...call });
  return cost.promptNanoUsd + cost.completionNanoUsd;
}

function delegatedBill(prepared: PreparedRequest, workerPricing: typeof ORCHESTRATOR): number {
  const { count } = realTokenizer;
  const { instructions, input } = promptsOf(prepared.wire);
  const workers = workersOf(prepared.wire);
  const prompt = count(instructions) + count(input) + DEFINITION_TOKENS * workers.length;
  let calls = 0;
  let results = 0;
  let markers = 0;
  let work = 0;
  prepared.tasks.forEach((task, index) => {
    const outcome = answerText(prepared, index);
    const call = { task_name: task.taskName, task_description: TASK_DESCRIPTION };
    calls += count(JSON.stringify({ name: task.workerName, arguments: call }));
    results += count(
      JSON.stringify({ status: 'ok', model: 'test/worker', task_name: task.taskName, outcome }),
    );
    markers += count(`[[outcome:${prepared.nonce}:${task.taskName}]]\n`);
    work += bill(workerPricing, {
      promptTokens: count(workers[index]!.instructions) + 10,
      completionTokens: count(outcome),
    });
  });
  const later = prompt + calls + results;
  const isCached = 'cache_control' in prepared.wire.body;
  const first = bill(ORCHESTRATOR, {
    promptTokens: prompt,
    completionTokens: calls,
    cacheWriteTokens: isCached ? prompt : 0,
  });
  const second = bill(ORCHESTRATOR, {
    promptTokens: later,
    completionTokens: markers,
    cachedTokens: isCached ? prompt : 0,
    cacheWriteTokens: isCached ? later - prompt : 0,
  });
  return first + second + work;
}

function directBill(direct: PreparedRequest, delegated: PreparedRequest): number {
  const { count } = realTokenizer;
  const { instructions, input } = promptsOf(direct.wire);
  const answers = delegated.tasks.map((_, index) => count(answerText(delegated, index)));
  return bill(ORCHESTRATOR, {
    promptTokens: count(instructions) + count(input),
    completionTokens: answers.reduce((sum, tokens) => sum + tokens, 0),
  });
}

function prepared(
  { task, lines }: Job,
  text: string,
  routing: 'delegated' | 'direct',
): PreparedRequest {
  const words = task.id === 'refactor' ? { instruction: 'Replace loops by array methods.' } : {};
  const job = task.id === 'extract' ? presetExtraction(extractPresets[1]!) : { task, ...words };
  const source = text.split('\n').slice(0, lines).join('\n');
  return prepare(
    requestWith({ ...job, text: source, settings: { routing, budgetPerRunNanoUsd: 0 } }),
  );
}

function ratios(workerPricing: typeof ORCHESTRATOR): { name: string; ratio: number }[] {
  const text = SOURCES.map((source) => readText(source)).join('\n');
  return JOBS.map((job) => {
    const delegated = prepared(job, text, 'delegated');
    const direct = prepared(job, text, 'direct');
    const ratio = delegatedBill(delegated, workerPricing) / directBill(direct, delegated);
    return { name: `${job.task.id} ${job.lines}`, ratio };
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

suite('cost against the direct route', () => {
  test('with the default pair: median ≤ 0.40, none > 0.80', () => {
    const all = ratios(DEFAULT_WORKER);
    assert.ok(median(all.map(({ ratio }) => ratio)) <= 0.4, JSON.stringify(all));
    for (const { name, ratio } of all) assert.ok(ratio <= 0.8, `${name}: ${ratio}`);
  });

  test('with a worker four times cheaper: median ≤ 0.60, none > 1', () => {
    const all = ratios(QUARTER_WORKER);
    assert.ok(median(all.map(({ ratio }) => ratio)) <= 0.6, JSON.stringify(all));
    for (const { name, ratio } of all) assert.ok(ratio <= 1, `${name}: ${ratio}`);
  });

  test('the estimate before sending is within a fifth of the bill', () => {
    const text = SOURCES.map((source) => readText(source)).join('\n');
    for (const job of JOBS) {
      const run = prepared(job, text, 'delegated');
      const share = run.estimate!.expectedNanoUsd / delegatedBill(run, DEFAULT_WORKER);
      assert.ok(share > 0.8 && share < 1.2, `${job.task.id} ${job.lines}: ${share}`);
    }
  });

  test('the orchestrator’s instructions stay short', () => {
    const { instructions } = promptsOf(prepare(requestWith()).wire);
    assert.ok(realTokenizer.count(instructions) <= 140, `${realTokenizer.count(instructions)}`);
  });
});
