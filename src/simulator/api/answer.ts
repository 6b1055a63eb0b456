import { keyHash } from '../accounts';
import type { FinishReason, LoopEvent } from '../loop/events';
import { runLoop } from '../loop/runLoop';
import type { CachedAnswer, CacheRequest } from '../responseCache';
import type { Shapes } from '../stream/shapes';
import { ChatWriter } from '../stream/chatWriter';
import { type Frame, heartbeatOf } from '../stream/frame';
import type { AnswerEnd, ProtocolWriter } from '../stream/protocolWriter';
import { ResponsesWriter } from '../stream/responsesWriter';
import { Sender } from '../stream/sender';
import { book, type Inference } from './booking';
import { failWhole, WholeSender } from './wholeAnswer';
import { routerMetadata } from './routerMetadata';

/** How a request uses the response cache. */
export interface CacheUse {
  readonly request: CacheRequest | null;
  readonly hit: CachedAnswer | null;
}

export async function answerStreamed(inference: Inference, cache: CacheUse): Promise<void> {
  const { state, exchange, request } = inference;
  const { fault, gone, response } = exchange;
  const writer = newWriter(inference);
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
  });
  const heartbeat = heartbeatOf(request.protocol, shapesOf(inference));
  const sender = new Sender({
    response,
    clock: state.clock,
    heartbeat,
    heartbeatMs: state.pacing.heartbeatMs,
    gone,
    ...(fault.encode ? { encode: fault.encode } : {}),
  });
  const filter = fault.filter?.(request.protocol) ?? ((frame) => [frame]);
  const send = async (frames: readonly Frame[]): Promise<void> => {
    for (const frame of frames.flatMap(filter)) await sender.send(frame);
  };
  await send([heartbeat, ...writer.open()]);
  // Without support for it, the provider runs on after the client has left, and bills.
  const { canCancel } = request.endpoint;
  const end = await play(inference, cache, {
    signal: canCancel ? gone : neverAborted(),
    emit: async (event) => {
      await send(writer.write(event));
      if (canCancel) gone.throwIfAborted();
    },
  });
  if (!end) return;
  await send(writer.close(end));
  await sender.end();
}

/** Cancelling an answer that is not streamed stops neither the work nor its bill. */
export async function answerWhole(inference: Inference, cache: CacheUse): Promise<void> {
  const { exchange, request } = inference;
  const writer = newWriter(inference);
  const sender = new WholeSender(inference);
  const end = await play(inference, cache, {
    signal: neverAborted(),
    emit: (event) => {
      writer.write(event);
      return Promise.resolve();
    },
  });
  if (!end) return;
  const body = writer.body(end);
  sender.end(exchange.fault.isProviderError ? failWhole(body, request.protocol) : body);
}

function newWriter(inference: Inference): ProtocolWriter {
  const { state, request, generationId, isByok, exchange } = inference;
  const shapes = shapesOf(inference);
  const nowSeconds = (): number => Math.floor(state.clock.now() / 1000);
  const context = {
    request,
    generationId,
    createdSeconds: nowSeconds(),
    usage: {
      isByok,
      hasServerTools: request.subagents.length + request.otherServerTools.length > 0,
      shapes,
      hidesOwnKey: state.options.quirks?.hidesOwnKey ?? false,
    },
    shapes,
    newId: state.newId,
    nowSeconds,
    chatDelegations: exchange.fault.showsDelegationsOnChat
      ? ('reasoning-details' as const)
      : (state.options.chatDelegations ?? 'hidden'),
  };
  return request.protocol === 'chat' ? new ChatWriter(context) : new ResponsesWriter(context);
}

function shapesOf({ state }: Inference): Shapes {
  return state.options.shapes ?? 'recorded';
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

interface Stage {
  readonly signal: AbortSignal;
  readonly emit: (event: LoopEvent) => Promise<void>;
}

/** Runs the loop, or repeats a cached answer, and books it. Null when the client has cancelled. */
async function play(
  inference: Inference,
  cache: CacheUse,
  stage: Stage,
): Promise<AnswerEnd | null> {
  const events: LoopEvent[] = [];
  try {
    const finishReason = cache.hit
      ? await repeat(cache.hit, stage)
      : await perform(inference, {
          signal: stage.signal,
          emit: (event) => {
            events.push(event);
            return stage.emit(event);
          },
        });
    if (cache.request && !cache.hit) {
      const { generationId, state } = inference;
      state.responseCache.store(cache.request, { events, finishReason, generationId });
    }
    const cacheSourceId = cache.hit?.generationId ?? null;
    const bill = book(inference, { finishReason, cacheSourceId });
    return { finishReason, bill, routerMetadata: routerMetadata(inference) };
  } catch (error) {
    if (!stage.signal.aborted) throw error;
    book(inference, { finishReason: null, cacheSourceId: null });
    return null;
  }
}

async function repeat(hit: CachedAnswer, stage: Stage): Promise<FinishReason> {
  for (const event of hit.events) await stage.emit(event);
  return hit.finishReason;
}

async function perform(inference: Inference, stage: Stage): Promise<FinishReason> {
  const { state, exchange, request, account, meter } = inference;
  const { fault } = exchange;
  const finishReason = await runLoop(request, {
    ...state,
    ...stage,
    pacing: { ...state.pacing, ...fault.pacing },
    keyId: keyHash(account),
    spoilWork: state.options.spoilWork,
    runsWorkersInTurn: state.options.quirks?.runsWorkersInTurn ?? false,
    meter,
    lastTurn: fault.lastTurn,
  });
  return fault.isProviderError ? 'error' : finishReason;
}
