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
