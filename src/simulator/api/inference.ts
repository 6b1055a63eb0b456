import { parseJson } from '../../common/json';
import { type Account, keyHash } from '../accounts';
import type { FinishReason, LoopEvent } from '../loop/events';
import { type Bill, Meter } from '../loop/meter';
import { runLoop } from '../loop/runLoop';
import type { InferenceRequest } from '../request/inferenceRequest';
import { parseRequest } from '../request/parseRequest';
import { RequestProblem } from '../request/problem';
import type { SimulatorState } from '../state';
import { ChatWriter } from '../stream/chatWriter';
import type { AnswerEnd, ProtocolWriter } from '../stream/protocolWriter';
import { ResponsesWriter } from '../stream/responsesWriter';
import { Sender } from '../stream/sender';
import { chargedNanoUsd } from '../stream/usage';
import { requireBudget } from './budget';
import { header, type HttpExchange, sendJson } from './exchange';

/** One inference request between its validation and its bill. */
interface Inference {
  readonly state: SimulatorState;
  readonly exchange: HttpExchange;
  readonly request: InferenceRequest;
  readonly account: Account;
  readonly generationId: string;
  readonly startedAtMs: number;
  readonly meter: Meter;
  readonly writer: ProtocolWriter;
}

/** `POST /chat/completions` and `POST /responses`. */
export async function infer(
  state: SimulatorState,
  exchange: HttpExchange,
  protocol: 'chat' | 'responses',
): Promise<void> {
  const account = state.accounts.authenticate(header(exchange, 'authorization'));
  const body = parseJson(exchange.bodyText);
  if (!body.ok) throw new RequestProblem(400, 'Invalid JSON in request body');
  const request = parseRequest(body.value, {
    protocol,
    catalog: state.catalog,
    disabledServerTools: state.options.disabledServerTools ?? [],
  });
  requireBudget(request, account, state.tokenizer);
  const inference = begin(state, { exchange, request, account });
  exchange.response.setHeader('X-Generation-Id', inference.generationId);
  exchange.record.generationId = inference.generationId;
  exchange.record.status = 200;
  await (request.isStreamed ? answerStreamed(inference) : answerWhole(inference));
}

function begin(
  state: SimulatorState,
  parts: Pick<Inference, 'exchange' | 'request' | 'account'>,
): Inference {
  const { request, account } = parts;
  const generationId = state.newId('gen');
  const startedAtMs = state.clock.now();
  const nowSeconds = (): number => Math.floor(state.clock.now() / 1000);
  const context = {
    request,
    generationId,
    createdSeconds: nowSeconds(),
    isByok: account.isByok,
    newId: state.newId,
    nowSeconds,
    chatDelegations: state.options.chatDelegations ?? 'hidden',
  };
  const writer =
    request.protocol === 'chat' ? new ChatWriter(context) : new ResponsesWriter(context);
  return { state, ...parts, generationId, startedAtMs, meter: new Meter(), writer };
}

async function answerStreamed(inference: Inference): Promise<void> {
  const { state, exchange, writer } = inference;
  const { response } = exchange;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
  });
  const sender = new Sender({
    response,
    clock: state.clock,
    heartbeatMs: state.pacing.heartbeatMs,
    gone: exchange.gone,
  });
  await sender.start();
  for (const frame of writer.open()) await sender.send(frame);
  // Without support for it, the provider runs on after the client has left, and bills.
  const canCancel = inference.request.endpoint.canCancel;
  const end = await play(inference, {
    signal: canCancel ? exchange.gone : neverAborted(),
    emit: async (event) => {
      for (const frame of writer.write(event)) await sender.send(frame);
      if (canCancel) exchange.gone.throwIfAborted();
    },
  });
  if (!end) return;
  for (const frame of writer.close(end)) await sender.send(frame);
  await sender.end();
}

/** Cancelling an answer that is not streamed stops neither the work nor its bill. */
async function answerWhole(inference: Inference): Promise<void> {
  const { exchange, writer } = inference;
  const end = await play(inference, {
    signal: neverAborted(),
    emit: (event) => {
      writer.write(event);
      return Promise.resolve();
    },
  });
  if (end) sendJson(exchange, 200, writer.body(end));
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

/** Runs the loop and books it. Null when the client has cancelled. */
async function play(
  inference: Inference,
  { signal, emit }: { signal: AbortSignal; emit: (event: LoopEvent) => Promise<void> },
): Promise<AnswerEnd | null> {
  const { state, request, account, meter } = inference;
  try {
    const finishReason = await runLoop(request, {
      ...state,
      keyId: keyHash(account),
      meter,
      emit,
      signal,
    });
    return { finishReason, bill: book(inference, finishReason), routerMetadata: null };
  } catch (error) {
    if (!signal.aborted) throw error;
    book(inference, null);
    return null;
  }
}

/** Charges the account and files the record; `finishReason` null is a cancelled request. */
function book(inference: Inference, finishReason: FinishReason | null): Bill {
  const { state, exchange, request, account, meter } = inference;
  const bill = meter.bill();
  const charged = chargedNanoUsd(bill, account.isByok);
  account.usedNanoUsd += charged;
  if (account.isByok) account.byokUsedNanoUsd += bill.costNanoUsd;
  state.generations.add({
    id: inference.generationId,
    protocol: request.protocol,
    model: request.model.slug,
    providerName: request.endpoint.providerName,
    createdAtMs: inference.startedAtMs,
    endedAtMs: state.clock.now(),
    isStreamed: request.isStreamed,
    isByok: account.isByok,
    isCancelled: finishReason === null,
    finishReason,
    chargedNanoUsd: charged,
    bill,
    steps: meter.steps,
    cacheSourceId: null,
  });
  const { record } = exchange;
  record.billedNanoUsd = charged;
  record.steps = meter.steps;
  record.isCancelled = finishReason === null;
  return bill;
}
