import type { Clock } from '../common/clock';
import type { StreamingClient } from '../delegation/ports';
import type { RouteEstimate, RunEvent, RunResult } from '../delegation/run/run';
import type { WireRequest } from '../openrouter/wire';

/** What was seen of one run, for the verdicts. */
export interface Observation {
  readonly wire: WireRequest | null;
  readonly result: RunResult;
  readonly estimate: RouteEstimate | null;
  readonly heartbeats: number;
  /** The longest time without any event, in milliseconds. */
  readonly longestSilenceMs: number;
  readonly workers: {
    readonly seen: number;
    readonly withOutcome: number;
    readonly outcomes: readonly string[];
    /** The most that were seen running at the same time. */
    readonly atOnce: number;
    /** Whether any of them was seen running before it was done. */
    readonly wereTimed: boolean;
  };
}

/** Takes notes of a run's events. */
export class Observer {
  readonly #clock: Clock;
  readonly #running = new Set<string>();
  readonly #outcomes = new Map<string, string | null>();
  #wire: WireRequest | null = null;
  #estimate: RouteEstimate | null = null;
  #heartbeats = 0;
  #atOnce = 0;
  #wereTimed = false;
  #lastEventMs: number | null = null;
  #longestSilenceMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The client, with an eye on what is sent. */
  watching(client: StreamingClient): StreamingClient {
    return {
      stream: (wire, options) => {
        this.#wire = wire;
        return client.stream(wire, options);
      },
    };
  }

  note(event: RunEvent): void {
    this.#noteTime(event);
    if (event.type === 'run-start') this.#estimate = event.estimate;
    if (event.type === 'heartbeat-received') this.#heartbeats += 1;
    if (event.type !== 'delegation-update') return;
    const { key, status, outcome } = event.delegation;
    if (status === 'running') this.#running.add(key);
    else this.#running.delete(key);
    if (event.elapsedMs !== null && event.elapsedMs > 0) this.#wereTimed = true;
    this.#atOnce = Math.max(this.#atOnce, this.#running.size);
    this.#outcomes.set(key, status === 'ok' ? outcome : null);
  }

  observed(result: RunResult): Observation {
    const outcomes = [...this.#outcomes.values()].filter((outcome) => outcome !== null);
    return {
      wire: this.#wire,
      result,
      estimate: this.#estimate,
      heartbeats: this.#heartbeats,
      longestSilenceMs: this.#longestSilenceMs,
      workers: {
        seen: this.#outcomes.size,
        withOutcome: outcomes.length,
        outcomes,
        atOnce: this.#atOnce,
        wereTimed: this.#wereTimed,
      },
    };
  }

  /** Before the headers there is nothing that could be a sign of life. */
  #noteTime(event: RunEvent): void {
    const now = this.#clock.now();
    if (this.#lastEventMs !== null) {
      this.#longestSilenceMs = Math.max(this.#longestSilenceMs, now - this.#lastEventMs);
    }
    this.#lastEventMs = event.type === 'run-start' ? null : now;
  }
}
