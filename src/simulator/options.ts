import type { Clock } from '../common/clock';
import type { NanoUsd } from '../common/money';
import type { FaultName } from './faults/faults';
import type { Tokenizer } from './tokenizer';

/** How fast the simulator works. All times in milliseconds. */
export interface Pacing {
  /** A comment goes out whenever nothing else did for this long. */
  readonly heartbeatMs: number;
  /** Before each turn of the orchestrator. */
  readonly orchestratorMs: number;
  /** Each worker's fixed part; tokens at `workerTokensPerSecond` come on top (0: they take no time). */
  readonly workerMs: number;
  readonly workerTokensPerSecond: number;
  /** Between two text deltas. */
  readonly deltaMs: number;
  /** UTF-16 code units of one text delta, never splitting a character. */
  readonly charsPerDelta: number;
  /** `/generation` answers 404 this many times, and for this long after the request's end. */
  readonly generationMisses: number;
  readonly generationLagMs: number;
}

/** For tests: everything is driven by timers of a few milliseconds. */
export const fastPacing: Pacing = {
  heartbeatMs: 5,
  orchestratorMs: 1,
  workerMs: 12,
  workerTokensPerSecond: 0,
  deltaMs: 0,
  charsPerDelta: 12,
  generationMisses: 1,
  generationLagMs: 0,
};

/** For the demo: workers take seconds, and a heartbeat comes each second. */
export const livePacing: Pacing = {
  heartbeatMs: 1000,
  orchestratorMs: 900,
  workerMs: 2500,
  workerTokensPerSecond: 250,
  deltaMs: 16,
  charsPerDelta: 5,
  generationMisses: 2,
  generationLagMs: 1500,
};

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
  /** Server tools a workspace has switched off; requests that name one get 403. */
  readonly disabledServerTools?: readonly string[];
  /**
   * Whether chat streams carry each delegation as a `reasoning.server_tool_call` entry. The schema
   * has it, no source says that the subagent emits it; hidden is what the guide describes.
   */
  readonly chatDelegations?: 'hidden' | 'reasoning-details';
  /** Lists the `simulator/fault-…` rows in `/models` too. By default all but the live pace do. */
  readonly listFaultModels?: boolean;
}

export function resolvePacing(pacing: SimulatorOptions['pacing']): Pacing {
  if (pacing === 'live') return livePacing;
  return pacing === undefined || pacing === 'fast' ? fastPacing : { ...fastPacing, ...pacing };
}
