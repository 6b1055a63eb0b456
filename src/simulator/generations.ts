import type { NanoUsd } from '../common/money';
import type { Clock } from '../common/clock';
import type { Bill, StepRecord } from './loop/meter';
import type { Pacing } from './pacing';

/** What is kept of a request under its generation id. */
export interface Generation {
  readonly id: string;
  readonly protocol: 'chat' | 'responses';
  readonly model: string;
  readonly providerName: string;
  readonly createdAtMs: number;
  readonly endedAtMs: number;
  readonly isStreamed: boolean;
  readonly isByok: boolean;
  readonly isCancelled: boolean;
  readonly finishReason: string | null;
  /** What the account was charged. */
  readonly chargedNanoUsd: NanoUsd;
  readonly bill: Bill;
  readonly steps: readonly StepRecord[];
  /** The generation that a response cache hit repeats. */
  readonly cacheSourceId: string | null;
}

/** Ended generations; each one is found only after some look-ups and some time, as live. */
export class Generations {
  readonly #clock: Clock;
  readonly #pacing: Pacing;
  readonly #records = new Map<string, Generation>();
  readonly #lookups = new Map<string, number>();
  /** Charged nano-USD by generation id. */
  readonly bills = new Map<string, NanoUsd>();

  constructor(clock: Clock, pacing: Pacing) {
    this.#clock = clock;
    this.#pacing = pacing;
  }

  add(generation: Generation): void {
    this.#records.set(generation.id, generation);
    this.bills.set(generation.id, generation.chargedNanoUsd);
  }

  /** Looks a record up as a client would; null while it is not there yet. */
  lookUp(id: string): Generation | null {
    const record = this.#records.get(id);
    if (!record) return null;
    const lookups = (this.#lookups.get(id) ?? 0) + 1;
    this.#lookups.set(id, lookups);
    const ageMs = this.#clock.now() - record.endedAtMs;
    const isVisible =
      lookups > this.#pacing.generationMisses && ageMs >= this.#pacing.generationLagMs;
    return isVisible ? record : null;
  }

  clear(): void {
    this.#records.clear();
    this.#lookups.clear();
    this.bills.clear();
  }
}
