import type { Account } from '../accounts';
import type { FinishReason } from '../loop/events';
import { type Bill, billOf, type Meter } from '../loop/meter';
import type { InferenceRequest } from '../request/inferenceRequest';
import type { SimulatorState } from '../state';
import { chargedNanoUsd } from '../stream/usage';
import type { HttpExchange } from './exchange';

/** One inference request between its validation and its bill. */
export interface Inference {
  readonly state: SimulatorState;
  readonly exchange: HttpExchange;
  readonly request: InferenceRequest;
  readonly account: Account;
  readonly isByok: boolean;
  readonly generationId: string;
  readonly startedAtMs: number;
  readonly meter: Meter;
}

export interface Ending {
  /** Null for a request that was cancelled. */
  readonly finishReason: FinishReason | null;
  /** The generation that the response cache answered with. */
  readonly cacheSourceId: string | null;
}

/** Charges the account and files the record that `/generation` finds later. */
export function book(inference: Inference, ending: Ending): Bill {
  const { state, exchange, request, account, meter, isByok } = inference;
  const isFailed = ending.finishReason === 'error';
  // Zero completion insurance: a turn that ended in an error is not charged. Workers had answered.
  const steps = isFailed ? meter.steps.filter((step) => step.kind === 'worker') : meter.steps;
  const bill = billOf(steps, meter);
  const charged = chargedNanoUsd(bill, isByok);
  account.usedNanoUsd += charged;
  if (isByok) account.byokUsedNanoUsd += bill.costNanoUsd;
  state.generations.add({
    id: inference.generationId,
    protocol: request.protocol,
    model: request.model.slug,
    providerName: request.endpoint.providerName,
    createdAtMs: inference.startedAtMs,
    endedAtMs: state.clock.now(),
    isStreamed: request.isStreamed,
    isByok,
    isCancelled: ending.finishReason === null,
    finishReason: ending.finishReason,
    chargedNanoUsd: charged,
    bill,
    steps,
    cacheSourceId: ending.cacheSourceId,
  });
  const { record } = exchange;
  record.billedNanoUsd = charged;
  record.steps = steps;
  record.isCancelled = ending.finishReason === null;
  return bill;
}
