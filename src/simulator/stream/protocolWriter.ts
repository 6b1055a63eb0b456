import type { FinishReason, LoopEvent } from '../loop/events';
import type { Bill } from '../loop/meter';
import type { InferenceRequest } from '../request/inferenceRequest';
import type { Shapes } from './shapes';
import type { Frame } from './frame';
import type { UsageContext } from './usage';

/** What an answer says about its request besides its content. */
export interface AnswerContext {
  readonly request: InferenceRequest;
  readonly generationId: string;
  readonly createdSeconds: number;
  readonly usage: UsageContext;
  readonly newId: (prefix: string) => string;
  readonly nowSeconds: () => number;
  /** `reasoning-details` shows delegations on chat, which no source confirms. */
  readonly chatDelegations: 'hidden' | 'reasoning-details';
  readonly shapes: Shapes;
}

export interface AnswerEnd {
  readonly finishReason: FinishReason;
  /** All zero when the answer comes out of the response cache. */
  readonly bill: Bill;
  /** `openrouter_metadata`, when the request asked for it. */
  readonly routerMetadata: Readonly<Record<string, unknown>> | null;
}

/** Turns a request's events into what one protocol says about them, streamed or whole. */
export interface ProtocolWriter {
  open(): Frame[];
  write(event: LoopEvent): Frame[];
  close(end: AnswerEnd): Frame[];
  /** The whole answer, after all events were written. */
  body(end: AnswerEnd): Record<string, unknown>;
}
