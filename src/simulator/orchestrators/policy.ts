import type { WorkSpoiler } from '../workers/misbehave';
import type { Brief } from './brief';

/** A worker call as the orchestrator makes it. */
export interface WorkerCall {
  /** Null calls the unnamed worker. */
  readonly workerName: string | null;
  readonly taskName: string;
  readonly taskDescription: string;
}

/** What comes back to the orchestrator (API reference, server tools, subagent). */
export type WorkerResult =
  | {
      readonly status: 'ok';
      readonly model: string;
      readonly task_name: string;
      readonly outcome: string;
    }
  | { readonly status: 'error'; readonly task_name: string; readonly error: string };

/** One turn of the orchestrator that is over, with the results of its calls in order. */
export interface Exchange {
  readonly move: Move;
  readonly results: readonly WorkerResult[];
}

/** All that a scripted orchestrator knows: its prompt and what happened since, as a model would. */
export interface Situation {
  /** Slug of the orchestrator itself. */
  readonly model: string;
  readonly brief: Brief;
  /** See `SimulatorOptions`. */
  readonly spoilWork: WorkSpoiler | undefined;
  readonly exchanges: readonly Exchange[];
  /** Names of the workers it may call now; empty when it has no tools or they are switched off. */
  readonly workerNames: readonly (string | null)[];
}

/** What the orchestrator says in one turn. Calls end the turn; no calls end the request. */
export interface Move {
  readonly reasoning: string;
  readonly text: string;
  readonly calls: readonly WorkerCall[];
}

export type Policy = (situation: Situation) => Move | Promise<Move>;

export function say(text: string): Move {
  return { reasoning: '', text, calls: [] };
}

export function call(calls: readonly WorkerCall[]): Move {
  return { reasoning: '', text: '', calls };
}
