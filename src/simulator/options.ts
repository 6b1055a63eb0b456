import { type Pacing, fastPacing, livePacing } from './pacing';
import type { Clock } from '../common/clock';
import type { NanoUsd } from '../common/money';
import type { FaultName } from './faults/faults';
import type { Shapes } from './stream/shapes';
import type { Tokenizer } from './tokenizer';
import type { WorkSpoiler } from './workers/misbehave';

/** A key the simulator accepts. */
export interface KeyOptions {
  readonly key: string;
  readonly label?: string;
  /** Null for no limit. */
  readonly limitNanoUsd?: NanoUsd | null;
  /** Requests of this key run on the user's own provider account. */
  readonly isByok?: boolean;
  readonly isDisabled?: boolean;
}

/** What a fault selector sees of a request. */
export interface FaultRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The parsed body, or null. */
  readonly body: unknown;
}

/** Chooses a fault for a request; `index` counts earlier requests of the same path. */
export type FaultSelector = (request: FaultRequest, index: number) => FaultName | null;

/** What the API may do otherwise than assumed; all off by default. */
export interface Quirks {
  /** Answers of a key of the user's own do not say so. */
  readonly hidesOwnKey?: boolean;
  /** Workers' instructions are part of the orchestrator's prompt. */
  readonly showsInstructions?: boolean;
  /** Workers of one turn run one after the other. */
  readonly runsWorkersInTurn?: boolean;
  /** `/generation` tells the cost of the orchestrator alone. */
  readonly billsWithoutWorkers?: boolean;
}

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly pacing?: 'fast' | 'live' | Partial<Pacing>;
  readonly tokenizer?: Tokenizer;
  readonly clock?: Clock;
  /** US dollars per million tokens by slug, in place of the published ones. */
  readonly prices?: Readonly<
    Record<string, { prompt: string; completion: string; cacheRead?: string; cacheWrite?: string }>
  >;
  /** Keys besides the demo key. */
  readonly keys?: readonly KeyOptions[];
  readonly faults?: FaultSelector;
  /** Spoils work besides what `simulator/worker-…` models do to theirs. */
  readonly spoilWork?: WorkSpoiler;
  /** Server tools a workspace has switched off; requests that name one get 403. */
  readonly disabledServerTools?: readonly string[];
  /**
   * Whether chat streams carry each delegation as a `reasoning.server_tool_call` entry. The schema
   * has it, no source says that the subagent emits it; hidden is what the guide describes.
   */
  readonly chatDelegations?: 'hidden' | 'reasoning-details';
  /** What answers look like where the guide and recorded traffic differ. Default `recorded`. */
  readonly shapes?: Shapes;
  readonly quirks?: Quirks;
  /** Lists the `simulator/fault-…` and `simulator/worker-…` rows in `/models` too. By default all but the live pace do. */
  readonly listFaultModels?: boolean;
}

export function resolvePacing(pacing: SimulatorOptions['pacing']): Pacing {
  if (pacing === 'live') return livePacing;
  return pacing === undefined || pacing === 'fast' ? fastPacing : { ...fastPacing, ...pacing };
}
