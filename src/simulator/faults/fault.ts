import type { FinishReason } from '../loop/events';
import type { SimulatedModel } from '../models';
import type { Pacing } from '../pacing';
import type { Move } from '../orchestrators/policy';
import type { Encoder, Frame } from '../stream/frame';

/** Replaces the whole answer, before the API looks at the request. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Interception =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  /** The connection is broken before any header. */
  | { readonly kind: 'reset' }
  /** No header ever comes. */
  | { readonly kind: 'ignore' };

/** Changes a stream frame by frame; each stream gets a filter of its own. */
export type FrameFilter = (frame: Frame) => readonly Frame[];

/**
 * Something that goes wrong, as changes to an answer that would have been right.
 *
 * Faults that concern delegations are not tricks on the wire: they change how orchestrator and
 * workers behave, so all the rest of the answer and its bill stay true.
 */
export interface Fault {
  readonly intercept?: (nowMs: number) => Interception;
  readonly filter?: (protocol: 'chat' | 'responses') => FrameFilter;
  readonly encode?: Encoder;
  /** Traits that the orchestrator's model has for this request. */
  readonly model?: Partial<Pick<SimulatedModel, 'policy' | 'workerFailures'>>;
  readonly pacing?: Partial<Pacing>;
  readonly isByok?: boolean;
  readonly showsDelegationsOnChat?: boolean;
  /** Changes the orchestrator's last turn. */
  readonly lastTurn?: (move: Move) => { readonly move: Move; readonly finishReason: FinishReason };
  /**
   * Whether the provider failed inside the answer: then the orchestrator's turns are not charged
   * (zero completion insurance), only its workers.
   */
  readonly isProviderError?: boolean;
}
