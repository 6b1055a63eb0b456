import type { ModelLookup } from '../catalog/model';
import { tokenCostNanoUsd } from '../catalog/pricing';
import type { NanoUsd } from '../common/money';
import { TOOL_DEFINITION_TOKENS } from '../delegation/price/estimate';
import { type RateRange, type Rates, rateRange } from '../delegation/price/rates';
import { resolveWorker } from '../delegation/plan/worker';
import { type TokenRange, answerRange, tokenRange } from '../text/tokens';
import type { CollectedFile } from './collect/collect';
import { type BatchJob, judgementOf } from './job';
import { MAX_BRIEF_TOKENS, chooseSample } from './read/calibrate';

/** What a batch is expected to cost and take, before anything is sent. */
export interface BatchPrice {
  readonly lowNanoUsd: NanoUsd;
  readonly expectedNanoUsd: NanoUsd;
  readonly highNanoUsd: NanoUsd;
  /** What the orchestrator alone would take for the same answers. */
  readonly directNanoUsd: NanoUsd;
  readonly expectedMs: number;
}

export interface PriceContext {
  readonly models: ModelLookup;
  readonly nowMs: number;
  readonly auditShare: number;
  readonly parallel: number;
}

/** Instructions of a worker, its header and the tags around the file. */
const WORKER_WORDS = 220;
/** A line's number and bar. */
const TOKENS_PER_NUMBER = 2.5;
/** What an orchestrator reads of a delegated run in each of two turns, and writes. */
const ORCHESTRATOR_WORDS = 450;
const ORCHESTRATOR_OUTPUT = 80;
/** Share of files whose worker is asked again, and of those that go to a delegated run. */
const AGAIN = { low: 0, expected: 0.06, high: 0.25 } as const;
const DELEGATED = { low: 0, expected: 0.01, high: 0.08 } as const;
/** Speed of common cheap models, for the expected time alone. */
const MS_BEFORE_ANSWER = 1_500;
const MS_PER_TOKEN = 8;

type Bound = keyof TokenRange;
const BOUNDS: readonly Bound[] = ['low', 'expected', 'high'];

/** @returns null when a price is not known: then nothing could bound the batch. */
export function priceBatch(
  files: readonly CollectedFile[],
  job: BatchJob,
  context: PriceContext,
): BatchPrice | null {
  const { task, settings } = job;
  const rates = (slug: string): RateRange | null =>
    rateRange(context.models.find(slug), { promptTokens: 2_000, nowMs: context.nowMs });
  const orchestrator = rates(settings.orchestratorModel);
  const worker = rates(resolveWorker(settings, task).model);
  if (!orchestrator || !worker) return null;
  const sample = chooseSample(files).length;
  const pricing: Pricing = { job, context, orchestrator, worker, hasBrief: sample > 0 };
  const sums = { low: 0, expected: 0, high: 0 };
  let direct = 0;
  let tokens = 0;
  for (const file of files) {
    for (const bound of BOUNDS) sums[bound] += fileCost(file, bound, pricing);
    const answer = answerOf(file, job).expected;
    direct += cost([promptOf(file, pricing).expected, answer], orchestrator.expected);
    tokens += answer;
  }
  const perFile = files.length === 0 ? 0 : 1 / files.length;
  for (const bound of BOUNDS) {
    const mean =
      files.reduce((sum, file) => sum + delegatedCost(file, bound, pricing), 0) * perFile;
    const brief = sample > 0 ? cost([4_000, MAX_BRIEF_TOKENS], orchestrator[bound]) : 0;
    sums[bound] += sample * mean + brief;
  }
  const perAnswer = MS_BEFORE_ANSWER + (tokens * perFile || 0) * MS_PER_TOKEN;
  return {
    lowNanoUsd: Math.floor(sums.low),
    expectedNanoUsd: Math.ceil(sums.expected),
    highNanoUsd: Math.ceil(sums.high),
    directNanoUsd: Math.ceil(direct),
    expectedMs: (files.length * perAnswer * (1 + AGAIN.expected)) / Math.max(1, context.parallel),
  };
}

interface Pricing {
  readonly job: BatchJob;
  readonly context: PriceContext;
  readonly orchestrator: RateRange;
  readonly worker: RateRange;
  readonly hasBrief: boolean;
}

/** The worker's turn, with its share of second turns, delegated runs and readings. */
function fileCost(file: CollectedFile, bound: Bound, pricing: Pricing): number {
  const { job, context, orchestrator, worker } = pricing;
  const answer = answerOf(file, job)[bound];
  const alone = cost([promptOf(file, pricing)[bound], answer], worker[bound]);
  const isProven = judgementOf(job) !== 'reading';
  const isReadWhole = bound === 'high' && !isProven;
  const share = isReadWhole ? 1 : context.auditShare;
  const reading = share * cost([answer + 100, 10], orchestrator[bound]);
  return (
    alone * (1 + AGAIN[bound]) + DELEGATED[bound] * delegatedCost(file, bound, pricing) + reading
  );
}

function delegatedCost(file: CollectedFile, bound: Bound, pricing: Pricing): number {
  const { job, orchestrator, worker } = pricing;
  const answer = answerOf(file, job)[bound];
  const seen = job.task.context === 'full' ? file.tokens : 0;
  const turns = 2 * (TOOL_DEFINITION_TOKENS + ORCHESTRATOR_WORDS + seen) + answer * 1.2;
  return (
    cost([turns, ORCHESTRATOR_OUTPUT], orchestrator[bound]) +
    cost([promptOf(file, pricing)[bound], answer], worker[bound])
  );
}

function promptOf(file: CollectedFile, { job, hasBrief }: Pricing): TokenRange {
  const numbers = job.task.numbered ? file.lines * TOKENS_PER_NUMBER : 0;
  return tokenRange(WORKER_WORDS + (hasBrief ? MAX_BRIEF_TOKENS : 0) + file.tokens + numbers);
}

function answerOf(file: CollectedFile, { task }: BatchJob): TokenRange {
  const { base, perSelectionToken } = task.answerTokens;
  return answerRange(base + perSelectionToken * file.tokens);
}

function cost([prompt, completion]: readonly [number, number], rates: Rates): number {
  return (
    tokenCostNanoUsd(prompt, rates.prompt) +
    tokenCostNanoUsd(completion, rates.completion) +
    rates.request
  );
}
