import { setImmediate as nextTick } from 'node:timers/promises';
import { delay, type Clock } from '../../common/clock';
import type { Fault } from '../faults/fault';
import { readBrief } from '../orchestrators/brief';
import { policies } from '../orchestrators/policies';
import type { Exchange, Move } from '../orchestrators/policy';
import type { WorkSpoiler } from '../workers/misbehave';
import type { Pacing } from '../pacing';
import type { Pricing } from '../pricing';
import type { InferenceRequest } from '../request/inferenceRequest';
import { heldTo } from '../request/answerFormat';
import { shouldStop } from '../request/stopConditions';
import type { Tokenizer } from '../tokenizer';
import { runDelegations } from './delegations';
import type { Emit, FinishReason } from './events';
import type { Meter } from './meter';
import { deltasOf, limitMove, type LimitedMove } from './output';
import { promptParts } from './prompt';
import type { CacheUse, PromptCache } from './promptCache';
import { noPrice } from './worker';

export interface LoopContext {
  readonly tokenizer: Tokenizer;
  readonly clock: Clock;
  readonly pacing: Pacing;
  readonly promptCache: PromptCache;
  /** Whose caches the request uses. */
  readonly keyId: string;
  readonly meter: Meter;
  readonly emit: Emit;
  readonly newId: (prefix: string) => string;
  /** See `Quirks`. */
  readonly runsWorkersInTurn: boolean;
  /** See `SimulatorOptions`. */
  readonly spoilWork: WorkSpoiler | undefined;
  /** Changes the last turn, for faults. */
  readonly lastTurn: Fault['lastTurn'];
  /** Aborted when the client is gone and the endpoint can stop. */
  readonly signal: AbortSignal;
}

/** A turn's text stays interruptible: the event loop gets its chance after this many deltas. */
const DELTAS_PER_TICK = 32;

/**
 * Plays a request: turns of the orchestrator, each billed with its whole prompt, and its workers in
 * between, until a turn makes no call.
 */
export async function runLoop(
  request: InferenceRequest,
  context: LoopContext,
): Promise<FinishReason> {
  const { meter } = context;
  const brief = readBrief(request.system, request.user);
  const policy = policies[request.model.policy];
  const exchanges: Exchange[] = [];
  const calledTools = new Set<string>();
  let canCall = request.canCallTools && request.subagents.length > 0;
  let delegations = 0;
  for (let turn = 1; ; turn += 1) {
    const workerNames = canCall ? request.subagents.map((entry) => entry.name) : [];
    const { slug: model } = request.model;
    const { spoilWork } = context;
    const meant = await policy({ model, brief, exchanges, workerNames, spoilWork });
    const planned = asAsked(meant, request);
    const { move, finishReason } = await takeTurn(request, context, { planned, exchanges, turn });
    if (move.calls.length === 0) return finishReason;
    const results = await runDelegations(move.calls, {
      subagents: request.subagents,
      workerFailures: request.model.workerFailures,
      emit: context.emit,
      newId: context.newId,
      startIndex: delegations,
      runsInTurn: context.runsWorkersInTurn,
      worker: { ...context, turn, slowness: request.model.slowness },
    });
    delegations += move.calls.length;
    exchanges.push({ move, results });
    move.calls.forEach((call) => calledTools.add(call.workerName ?? 'openrouter:subagent'));
    calledTools.add('openrouter:subagent');
    const bill = meter.bill();
    canCall =
      request.stopWhen.length > 0
        ? !shouldStop(request.stopWhen, {
            stepCount: turn,
            costNanoUsd: bill.costNanoUsd,
            totalTokens: bill.promptTokens + bill.completionTokens,
            calledTools,
            finishReason: 'tool_calls',
          })
        : delegations < request.maxToolCalls;
  }
}

/** What a model is held to, whatever it would say: no reasoning, and the form of the answer. */
function asAsked(move: Move, { format, isReasoningOff }: InferenceRequest): Move {
  return {
    ...move,
    reasoning: isReasoningOff ? '' : move.reasoning,
    text: move.calls.length === 0 ? heldTo(format, move.text) : move.text,
  };
}

interface Turn {
  readonly planned: Move;
  readonly exchanges: readonly Exchange[];
  readonly turn: number;
}

/** Streams one turn and bills it, in part when it is cancelled. */
async function takeTurn(
  request: InferenceRequest,
  context: LoopContext,
  { planned, exchanges, turn }: Turn,
): Promise<{ move: Move; finishReason: FinishReason }> {
  const { tokenizer, pacing, clock, signal } = context;
  const parts = promptParts(request, exchanges, tokenizer);
  const promptTokens = parts.reduce((sum, part) => sum + part.tokens, 0);
  const ended = planned.calls.length === 0 ? context.lastTurn?.(planned) : undefined;
  const limited = limitMove(ended?.move ?? planned, request.maxOutputTokens, tokenizer);
  const finishReason = ended?.finishReason ?? finishReasonOf(limited);
  const bill = (
    output: { completionTokens: number; reasoningTokens: number },
    finish: string,
  ): void => {
    context.meter.add({
      kind: 'orchestrator',
      turn,
      model: request.model.slug,
      taskName: null,
      promptTokens,
      ...cacheUse(request, context, parts),
      ...output,
      finishReason: finish,
      pricing: pricingOf(request),
    });
  };
  const written = { text: '' };
  try {
    await delay(clock, pacing.orchestratorMs * request.model.slowness, signal);
    await writeMove(limited.move, context, written);
  } catch (error) {
    const completionTokens = tokenizer.count(written.text);
    bill({ completionTokens, reasoningTokens: 0 }, 'cancelled');
    throw error;
  }
  bill(limited, finishReason);
  return { move: limited.move, finishReason };
}

function finishReasonOf(limited: LimitedMove): FinishReason {
  if (limited.move.calls.length > 0) return 'tool_calls';
  return limited.isCut ? 'length' : 'stop';
}

function cacheUse(
  request: InferenceRequest,
  context: LoopContext,
  parts: ReturnType<typeof promptParts>,
): CacheUse {
  return context.promptCache.use(parts, {
    owner: `${context.keyId} ${request.model.slug}`,
    minTokens: request.model.cacheMinTokens,
    isOn: request.cachesPrompt || request.model.cachesAlways,
  });
}

/** The model's price at the endpoint that serves the request. */
export function pricingOf({ model, endpoint }: InferenceRequest): Pricing {
  const { pricing } = model;
  if (!pricing || endpoint.pricePercent === 100) return pricing ?? noPrice;
  const scaled = (rate: number): number => Math.round((rate * endpoint.pricePercent) / 100);
  return {
    promptNanoPerMillion: scaled(pricing.promptNanoPerMillion),
    completionNanoPerMillion: scaled(pricing.completionNanoPerMillion),
    cacheReadNanoPerMillion: scaled(pricing.cacheReadNanoPerMillion),
    cacheWriteNanoPerMillion: scaled(pricing.cacheWriteNanoPerMillion),
    override: pricing.override,
  };
}

async function writeMove(
  move: Move,
  context: LoopContext,
  written: { text: string },
): Promise<void> {
  if (move.reasoning !== '') {
    await writeDeltas(move.reasoning, 'reasoning-delta', { context, written });
    await context.emit({ type: 'reasoning-end' });
  }
  if (move.text !== '') {
    await writeDeltas(move.text, 'text-delta', { context, written });
    await context.emit({ type: 'text-end' });
  }
}

async function writeDeltas(
  text: string,
  type: 'reasoning-delta' | 'text-delta',
  { context, written }: { context: LoopContext; written: { text: string } },
): Promise<void> {
  const { pacing, clock, signal } = context;
  let count = 0;
  for (const delta of deltasOf(text, pacing.charsPerDelta)) {
    signal.throwIfAborted();
    written.text += delta;
    await context.emit({ type, text: delta });
    count += 1;
    if (pacing.deltaMs > 0) await delay(clock, pacing.deltaMs, signal);
    else if (count % DELTAS_PER_TICK === 0) await nextTick();
  }
}
