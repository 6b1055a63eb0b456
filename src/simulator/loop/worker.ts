import { delay, type Clock } from '../../common/clock';
import { hasSelection, readJob } from '../orchestrators/jobText';
import type { WorkerCall } from '../orchestrators/policy';
import type { Pricing } from '../pricing';
import type { WorkSpoiler } from '../workers/misbehave';
import type { Pacing } from '../pacing';
import type { SubagentEntry } from '../request/tools';
import { cutToTokens, type Tokenizer } from '../tokenizer';
import { doJob, type JobEnd } from '../orchestrators/doJob';
import type { Meter } from './meter';

export interface WorkerContext {
  readonly tokenizer: Tokenizer;
  readonly clock: Clock;
  readonly pacing: Pacing;
  readonly meter: Meter;
  readonly turn: number;
  readonly signal: AbortSignal;
  readonly slowness: number;
  /** See `SimulatorOptions`. */
  readonly spoilWork: WorkSpoiler | undefined;
}

/** Free models and router rows: nothing is billed for them. */
export const noPrice: Pricing = {
  promptNanoPerMillion: 0,
  completionNanoPerMillion: 0,
  cacheReadNanoPerMillion: 0,
  cacheWriteNanoPerMillion: 0,
  override: null,
};

/**
 * Runs one worker: it sees its instructions and the task description, nothing else.
 *
 * Billing: a worker that fails costs nothing (zero completion insurance; for workers this is an
 * assumption). One that is cancelled costs its prompt and the share of its output that the time
 * until then has produced.
 */
export async function runSubagent(
  entry: SubagentEntry,
  call: WorkerCall,
  context: WorkerContext,
): Promise<JobEnd> {
  const { tokenizer, clock, pacing, signal } = context;
  const slowness = context.slowness * entry.model.slowness;
  if (entry.model.failsAsWorker) {
    await delay(clock, pacing.workerMs * slowness, signal);
    return { ok: false, error: 'Provider returned error' };
  }
  const written = await answerOf(entry, call, context);
  if (!written.ok) return written;
  const answer = written.outcome;
  const limit = entry.maxCompletionTokens ?? Number.MAX_SAFE_INTEGER;
  const outcome = cutToTokens(tokenizer, answer, limit);
  const tokens = tokenizer.count(outcome);
  const durationMs = slowness * (pacing.workerMs + writingMs(tokens, pacing));
  const startedAt = clock.now();
  const bill = (completionTokens: number, finishReason: string): void => {
    addStep({ entry, call, context }, completionTokens, finishReason);
  };
  try {
    await delay(clock, durationMs, signal);
  } catch (error) {
    const share = durationMs > 0 ? Math.min(1, (clock.now() - startedAt) / durationMs) : 1;
    bill(Math.floor(tokens * share), 'cancelled');
    throw error;
  }
  bill(tokens, outcome === answer ? 'stop' : 'length');
  return { ok: true, outcome };
}

function writingMs(tokens: number, pacing: Pacing): number {
  return pacing.workerTokensPerSecond > 0 ? (tokens / pacing.workerTokensPerSecond) * 1000 : 0;
}

async function answerOf(
  entry: SubagentEntry,
  call: WorkerCall,
  { spoilWork }: WorkerContext,
): Promise<JobEnd> {
  const texts = [entry.instructions, call.taskDescription];
  const job = readJob(texts, call.taskDescription);
  if (!job || !hasSelection(texts)) {
    const outcome = 'A scripted worker of the simulator found no job with a selection in its task.';
    return { ok: true, outcome };
  }
  return doJob(job, { model: entry.model.slug, spoilWork });
}

interface Billed {
  readonly entry: SubagentEntry;
  readonly call: WorkerCall;
  readonly context: WorkerContext;
}

function addStep(billed: Billed, completionTokens: number, finishReason: string): void {
  const { entry, call, context } = billed;
  const { tokenizer } = context;
  context.meter.add({
    kind: 'worker',
    turn: context.turn,
    model: entry.model.slug,
    taskName: call.taskName,
    promptTokens: tokenizer.count(entry.instructions) + tokenizer.count(call.taskDescription),
    cachedTokens: 0,
    cacheWriteTokens: 0,
    completionTokens,
    reasoningTokens: 0,
    finishReason,
    pricing: entry.model.pricing ?? noPrice,
  });
}
