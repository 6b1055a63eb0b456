import type { Clock } from '../../common/clock';
import type { NanoUsd } from '../../common/money';
import { Lease } from './lease';
import type { LedgerDisk } from '../disk';
import type { Ledger } from '../ledger/ledger';
import { generationIdsOf } from '../ledger/entryFromRecord';
import type { LedgerEntry } from '../ledger/ledgerEntry';
import { DAY_MS } from '../ledger/localTime';
import { type LookUp, LookUpState } from './lookUpState';
import { LOOK_UP_DAYS } from '../budget/lostRuns';

/** What the API says of a generation; `costNanoUsd` includes the provider's charge under BYOK. */
export interface GenerationBill {
  readonly costNanoUsd: NanoUsd | null;
}

export interface ReconcilerOptions {
  readonly ledger: Ledger;
  readonly disk: LedgerDisk;
  readonly clock: Clock;
  /** Unique among all windows. */
  readonly windowId: string;
  /** The generation's bill, null while the API does not know it; rejects when it cannot be asked. */
  readonly getGeneration: (generationId: string) => Promise<GenerationBill | null>;
  /** Hears of each run whose look-up is over: its bill, or null when it was given up. */
  readonly onSettled?: (id: string, costNanoUsd: NanoUsd | null) => void;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/**
 * Waits before each look-up of a run. The API files a generation seconds to minutes after its end,
 * later after an interrupted one; after the last of these answers the cost stays unknown.
 */
export const LOOK_UP_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  15 * SECOND_MS,
  45 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  60 * MINUTE_MS,
  4 * 60 * MINUTE_MS,
  12 * 60 * MINUTE_MS,
];
/** Wait after a look-up that could not be asked: offline, signed out, rate limited. */
const FAILURE_DELAY_MS = 2 * MINUTE_MS;
const LEASE_MS = 2 * MINUTE_MS;
/** How often a window looks for work when it has none. */
const IDLE_MS = MINUTE_MS;
const SHORTEST_WAIT_MS = SECOND_MS;

/**
 * Learns the costs of runs that ended without one: aborted, cut off, or answered without `cost`.
 *
 * The work list is the ledger's own unknown entries of the last days, so it survives restarts; one
 * window at a time works on it. A bill becomes a superseding line `reconciled`. That the parent's
 * bill includes its workers is an assumption (the API's documents do not say); should it not, a
 * reconciled cost is a lower bound.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #lease: Lease;
  readonly #state: LookUpState;
  #cancelTimer: () => void = () => undefined;
  #isRunning = false;
  #isWorking = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    const { disk, clock, windowId } = options;
    this.#lease = new Lease({ disk, clock, name: 'lookups.lease', holder: windowId });
    this.#state = new LookUpState(disk);
  }

  /** Starts working in the background; the returned function stops it. */
  start(): () => void {
    this.#isRunning = true;
    const stopListening = this.#options.ledger.onDidChange(() => this.#schedule(SHORTEST_WAIT_MS));
    this.#schedule(0);
    return () => {
      this.#isRunning = false;
      this.#cancelTimer();
      stopListening();
      void this.#lease.release().catch(() => undefined);
    };
  }

  #schedule(delayMs: number): void {
    if (!this.#isRunning || this.#isWorking) return;
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(delayMs, () => {
      this.#isWorking = true;
      void this.work()
        .catch(() => IDLE_MS)
        .then((waitMs) => {
          this.#isWorking = false;
          this.#schedule(waitMs);
        });
    });
  }

  /**
   * Does all look-ups that are due, if no other window is at it.
   * @returns after how many milliseconds there may be more to do.
   */
  async work(): Promise<number> {
    const entries = await this.#openEntries();
    if (entries.length === 0) return IDLE_MS;
    if (!(await this.#lease.acquire(LEASE_MS))) return IDLE_MS;
    const { clock } = this.#options;
    const known = await this.#state.read();
    // Runs that are no longer open are forgotten.
    const state = new Map(
      entries.map((entry) => {
        const kept = known.get(entry.id);
        const isPlausible = kept && isPossible(kept, clock.now());
        return [entry.id, isPlausible ? kept : firstLookUp(entry, clock.now())];
      }),
    );
    for (const entry of entries) {
      const lookUp = state.get(entry.id);
      const isDue = lookUp && lookUp.nextAtMs <= clock.now() && !isGivenUp(lookUp);
      if (!isDue) continue;
      const next = await this.#lookUp(entry, lookUp);
      if (next) state.set(entry.id, next);
      else state.delete(entry.id);
      // Written each time, so that neither a crash nor a lost lease makes a look-up start again.
      await this.#state.write(state);
      if (!(await this.#lease.acquire(LEASE_MS))) return IDLE_MS;
    }
    return nextWait(state, clock.now());
  }

  /** Live unknown entries of the last days that have a generation id. */
  async #openEntries(): Promise<readonly LedgerEntry[]> {
    const { ledger, clock } = this.#options;
    const today = ledger.today();
    const open = await ledger.openEntries({ firstDay: today - LOOK_UP_DAYS, lastDay: today });
    const oldestMs = clock.now() - LOOK_UP_DAYS * DAY_MS;
    const entries: LedgerEntry[] = [];
    for (const [id, atMs] of open) {
      if (atMs < oldestMs) continue;
      const live = (await ledger.history(id, atMs)).at(-1);
      if (live) entries.push(live);
    }
    return entries;
  }

  /** @returns the state to keep; null when the cost is known. */
  async #lookUp(entry: LedgerEntry, lookUp: LookUp): Promise<LookUp | null> {
    const { getGeneration, clock, onSettled } = this.#options;
    let costNanoUsd: NanoUsd | null;
    try {
      costNanoUsd = await billOf(entry, getGeneration);
    } catch {
      return { attempts: lookUp.attempts, nextAtMs: clock.now() + FAILURE_DELAY_MS };
    }
    if (costNanoUsd !== null) {
      await this.#book(entry, costNanoUsd);
      return null;
    }
    const attempts = lookUp.attempts + 1;
    const delayMs = LOOK_UP_DELAYS_MS[attempts];
    if (delayMs === undefined) onSettled?.(entry.id, null);
    return { attempts, nextAtMs: clock.now() + (delayMs ?? 0) };
  }

  /** Supersedes the entry, unless somebody has done so while we asked. */
  async #book(entry: LedgerEntry, costNanoUsd: NanoUsd): Promise<void> {
    const { ledger, onSettled } = this.#options;
    const live = (await ledger.history(entry.id, Date.parse(entry.at))).at(-1) ?? entry;
    if (live.cost_nano_usd === null) {
      await ledger.appendNow({ ...live, cost_nano_usd: costNanoUsd, cost_source: 'reconciled' });
    }
    onSettled?.(entry.id, costNanoUsd);
  }
}

/** The bills of all requests of a run together; null until the API knows each of them. */
async function billOf(
  entry: LedgerEntry,
  getGeneration: ReconcilerOptions['getGeneration'],
): Promise<NanoUsd | null> {
  let sum = 0;
  for (const id of generationIdsOf(entry.generation_id)) {
    const cost = (await getGeneration(id))?.costNanoUsd ?? null;
    if (cost === null) return null;
    sum += cost;
  }
  return sum;
}

function firstLookUp(entry: LedgerEntry, nowMs: number): LookUp {
  const endedAtMs = Math.min(nowMs, Date.parse(entry.at) + entry.duration_ms);
  return { attempts: 0, nextAtMs: endedAtMs + (LOOK_UP_DELAYS_MS[0] ?? 0) };
}

/** Whether it can be of ours: damage, or a clock that was set back, must not put a look-up off for ever. */
function isPossible({ attempts, nextAtMs }: LookUp, nowMs: number): boolean {
  const longestMs = LOOK_UP_DELAYS_MS.at(-1) ?? 0;
  return attempts <= LOOK_UP_DELAYS_MS.length && nextAtMs <= nowMs + longestMs;
}

function isGivenUp(lookUp: LookUp): boolean {
  return lookUp.attempts >= LOOK_UP_DELAYS_MS.length;
}

function nextWait(state: ReadonlyMap<string, LookUp>, nowMs: number): number {
  const waits = [...state.values()]
    .filter((lookUp) => !isGivenUp(lookUp))
    .map(({ nextAtMs }) => nextAtMs - nowMs);
  return Math.max(SHORTEST_WAIT_MS, Math.min(IDLE_MS, ...waits));
}
