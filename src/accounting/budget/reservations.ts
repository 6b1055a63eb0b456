import { type Clock, delay } from '../../common/clock';
import type { NanoUsd } from '../../common/money';
import {
  type BudgetPolicy,
  type BudgetVerdict,
  type Spending,
  checkBudget,
  effectiveCeiling,
} from './budget';
import type { LedgerDisk } from '../disk';
import type { PlannedRun } from '../ledger/entryFromRecord';
import type { Ledger } from '../ledger/ledger';
import type { LedgerEntry } from '../ledger/ledgerEntry';
import { type DayRange, type ZoneOffset, localDay, systemZoneOffset } from '../ledger/localTime';
import { settleLostRuns } from './lostRuns';
import { ROLLUP_FOLDER } from '../ledger/rollupState';
import { RUNS_FOLDER, type RunFile } from './reservationFile';
import {
  LEASE_MS,
  type ListedRun,
  type ProcessIdentity,
  RunFiles,
  isAbandoned,
} from './reservationFolder';
import { Hold } from './hold';
import { OwnRuns } from './ownRuns';
import { takingTurns } from './turns';

export interface ReservationsOptions {
  readonly disk: LedgerDisk;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly self: ProcessIdentity;
  /** Between 0 and 1, for the waits of windows that ask at the same moment. */
  readonly random: () => number;
  readonly zone?: ZoneOffset;
}

/** A granted run until it is accounted for. */
export interface Reservation {
  /** False when the disk refused the file: other windows do not see this run's ceiling. */
  readonly isShared: boolean;
  /** Keeps the id by which the cost can be looked up should this window be killed. */
  noteGenerationId(generationId: string): Promise<void>;
  /** Notes one more request before it is sent, so that a lost run does not count as known without it. */
  noteRequest(note: Pick<PlannedRun, 'requests' | 'didEnableDelegation'>): Promise<void>;
  /**
   * Ends the run: writes its ledger line, then frees the ceiling. With an unknown cost that can be
   * looked up the ceiling stays reserved until it is known. Null when nothing was sent.
   * @throws LedgerWriteError when the entry is only in memory; the run file stays until it is not.
   */
  settle(entry: LedgerEntry | null): Promise<void>;
}

export interface ReserveResult {
  readonly verdict: BudgetVerdict;
  /** Null exactly when the verdict is `refuse`. */
  readonly reservation: Reservation | null;
}

/** No window needs that long to replace a file. */
const LEFTOVER_MS = 10 * 60 * 1000;
const NOTHING: Spending = { spentNanoUsd: 0, reservedNanoUsd: 0 };
/** How often a refusal is looked at again while others are asking. */
const ATTEMPTS = 5;
const SHORTEST_WAIT_MS = 10;

/**
 * Grants runs against the budgets of all windows and processes that share the ledger.
 *
 * A window first writes a file with the run's ceiling, then lists all files, then reads the ledger,
 * and only then decides. Ends are in the opposite order: the ledger line is written before the file
 * goes. So a run is in the listing, in the ledger or in both, never in neither. Windows take turns
 * in asking, which spares them refusals for each other's sake; the bound does not rest on it.
 *
 * Bound. Of any runs that are granted, the one whose file was written last saw the files of all
 * others. So what is spent and reserved within a day or month never exceeds its limit, and as
 * long as no bill exceeds its ceiling the overspend is zero, with any number of windows. Beyond
 * that a limit can be passed by at most the sum of
 *
 * - for each bill above its ceiling, the difference (prices that rose since they were read, or
 *   workers that were under way when the API's own `max_cost` was reached);
 * - for each run whose cost never becomes known, its ceiling: aborted before the API named a
 *   generation, or given up by reconciliation; it counts as unknown and no longer as reserved;
 * - for each run of a window that stood still for longer than the lease and then went on, its
 *   ceiling, unless the API had named a generation;
 * - while the disk refuses files, the ceilings of the other windows' runs of that time.
 *
 * With the action `warn` nothing is refused, so there is no bound.
 */
export class Reservations {
  readonly #options: ReservationsOptions;
  readonly #files: RunFiles;
  readonly #zone: ZoneOffset;
  readonly #own: OwnRuns;
  #asking: Promise<unknown> = Promise.resolve();

  constructor(options: ReservationsOptions) {
    this.#options = options;
    this.#files = new RunFiles(options.disk);
    this.#own = new OwnRuns(this.#files, options);
    this.#zone = options.zone ?? systemZoneOffset;
  }

  /**
   * Checks the budgets and reserves the run's ceiling. Call it right before sending: from here on
   * the run gets a ledger line even if this window is killed.
   *
   * @param ceilingNanoUsd the run's worst case; null when prices are missing.
   */
  async reserve(
    run: PlannedRun,
    ceilingNanoUsd: NanoUsd | null,
    policy: BudgetPolicy,
  ): Promise<ReserveResult> {
    return this.#ask({ run, ceilingNanoUsd, policy, granted: 'running' });
  }

  /**
   * Reserves the limit of a batch, out of which its runs are then reserved without asking again.
   * The budget per run is for each of them, so it does not count here.
   */
  async hold(
    batch: PlannedRun,
    limitNanoUsd: NanoUsd,
    policy: BudgetPolicy,
  ): Promise<{ readonly verdict: BudgetVerdict; readonly hold: Hold | null }> {
    const { verdict, reservation } = await this.#ask({
      run: batch,
      ceilingNanoUsd: limitNanoUsd,
      policy: { ...policy, perRunNanoUsd: 0 },
      granted: 'holding',
    });
    if (!reservation) return { verdict, hold: null };
    const hold = new Hold(limitNanoUsd, {
      keep: (ceilingNanoUsd) => this.#own.change(batch.id, (file) => ({ ...file, ceilingNanoUsd })),
      release: () => this.#own.drop(batch.id),
      reserve: async (run, ceilingNanoUsd) => {
        await this.#own.write(this.#file({ run, ceilingNanoUsd }, 'running'));
        return (entry, beforeFree) => this.#own.settle(run.id, entry, beforeFree);
      },
      noteGenerationId: (id, generationId) => this.#own.noteGenerationId(id, generationId),
    });
    return { verdict, hold };
  }

  #file(
    { run, ceilingNanoUsd }: { readonly run: PlannedRun; readonly ceilingNanoUsd: NanoUsd },
    state: RunFile['state'],
  ): RunFile {
    const { pid, host } = this.#options.self;
    return {
      state,
      run,
      ceilingNanoUsd: run.demo ? 0 : ceilingNanoUsd,
      generationId: null,
      pid,
      host,
    };
  }

  async #ask({ run, ceilingNanoUsd, policy, granted }: Question): Promise<ReserveResult> {
    const ceiling = effectiveCeiling(ceilingNanoUsd, policy) ?? 0;
    const file = this.#file({ run, ceilingNanoUsd: ceiling }, 'asking');
    const isShared = policy.dailyNanoUsd > 0 || policy.monthlyNanoUsd > 0;
    if (run.demo || !isShared) {
      // What the run may do does not depend on other runs.
      const spending = { day: NOTHING, month: NOTHING };
      const verdict: BudgetVerdict = run.demo
        ? { kind: 'allow' }
        : checkBudget(policy, ceilingNanoUsd, spending);
      return verdict.kind === 'refuse'
        ? refused(verdict)
        : this.#grant({ ...file, state: granted }, verdict);
    }
    const ask = async (): Promise<ReserveResult> => {
      await this.#own.write(file);
      const verdict = await this.#decide(file, ceilingNanoUsd, policy);
      if (verdict.kind !== 'refuse') return this.#grant({ ...file, state: granted }, verdict);
      await this.#own.drop(run.id);
      return refused(verdict);
    };
    const asking = this.#asking.then(() => takingTurns(this.#options, ask));
    this.#asking = asking.catch(() => undefined);
    return asking;
  }

  async #grant(file: RunFile, verdict: BudgetVerdict): Promise<ReserveResult> {
    const isShared = await this.#own.write(file);
    return { verdict, reservation: this.#reservation(file.run.id, isShared) };
  }

  async #decide(
    file: RunFile,
    ceilingNanoUsd: NanoUsd | null,
    policy: BudgetPolicy,
  ): Promise<BudgetVerdict> {
    const { clock, random } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      const others = await this.#others(file.run.id);
      const verdict = checkBudget(policy, ceilingNanoUsd, await this.#spending(others, policy));
      const asking = others.filter(({ state }) => state === 'asking');
      // A run that is just ending was perhaps counted twice, as running and as ended.
      const mayChange = asking.length > 0 || (others.length > 0 && attempt === 1);
      if (verdict.kind !== 'refuse' || !mayChange || attempt === ATTEMPTS) return verdict;
      // Two windows ask at once although they take turns: both step back and come again.
      await this.#own.drop(file.run.id);
      await delay(clock, Math.ceil(SHORTEST_WAIT_MS * attempt * (1 + random())));
      await this.#own.write(file);
    }
  }

  /** Run files besides `id`, after those of dead windows have been settled. */
  async #others(id: string): Promise<readonly RunFile[]> {
    let listed = await this.#list();
    if (await this.#settleLost(listed)) listed = await this.#list();
    const { self, clock } = this.#options;
    const counted = listed.filter(
      (run) => run.file.state !== 'asking' || !isAbandoned(run, self, clock.now()),
    );
    const others = new Map(counted.map(({ file }) => [file.run.id, file]));
    for (const file of this.#own.all) others.set(file.run.id, file);
    others.delete(id);
    return [...others.values()];
  }

  async #list(): Promise<readonly ListedRun[]> {
    return this.#files.list().catch(() => []);
  }

  /** The ledger is read after the run files were listed, see the class. */
  async #spending(
    others: readonly RunFile[],
    policy: BudgetPolicy,
  ): Promise<Parameters<typeof checkBudget>[2]> {
    const { ledger } = this.#options;
    if (policy.dailyNanoUsd > 0 || policy.monthlyNanoUsd > 0) await ledger.refresh();
    const of = (
      period: 'today' | 'month',
    ): { spentNanoUsd: NanoUsd; reservedNanoUsd: NanoUsd } => ({
      spentNanoUsd: ledger.totals(period).costNanoUsd,
      reservedNanoUsd: this.#ceilings(others, ledger.daysOf(period)),
    });
    return { day: of('today'), month: of('month') };
  }

  #ceilings(files: readonly RunFile[], days: DayRange): NanoUsd {
    return files
      .filter(({ run }) => {
        const day = localDay(run.startedAtMs, this.#zone);
        return day >= days.firstDay && day <= days.lastDay;
      })
      .reduce((sum, { ceilingNanoUsd }) => sum + ceilingNanoUsd, 0);
  }

  /**
   * Accounts for runs whose windows were killed and frees what is settled. Call it at start; with a
   * budget of a day or month every reservation does it too.
   */
  async recover(): Promise<void> {
    await this.#settleLost(await this.#list());
    const { disk, clock } = this.#options;
    for (const folder of ['.', RUNS_FOLDER, ROLLUP_FOLDER]) {
      await disk.sweep(folder, clock.now() - LEFTOVER_MS);
    }
  }

  /** Recovers now and from time to time; the returned function stops it. */
  watch(): () => void {
    let cancel: () => void = () => undefined;
    let isOver = false;
    const look = (): void => {
      void this.recover()
        .catch(() => undefined)
        .then(() => {
          if (!isOver) cancel = this.#options.clock.after(LEASE_MS, look);
        });
    };
    look();
    return () => {
      isOver = true;
      cancel();
    };
  }

  #settleLost(listed: readonly ListedRun[]): Promise<boolean> {
    const { ledger, clock, self } = this.#options;
    const isOwn = (id: string): boolean => this.#own.has(id);
    return settleLostRuns(listed, { files: this.#files, ledger, self, isOwn, nowMs: clock.now() });
  }

  /** Frees the ceiling of a run whose cost will stay unknown. */
  async release(id: string): Promise<void> {
    await this.#own.drop(id);
  }

  /** Stops renewing leases. Runs that are not settled become lost runs for the next window. */
  dispose(): void {
    this.#own.dispose();
  }

  #reservation(id: string, isShared: boolean): Reservation {
    return {
      isShared,
      noteGenerationId: (generationId) => this.#own.noteGenerationId(id, generationId),
      noteRequest: (note) =>
        this.#own.change(id, (file) => ({ ...file, run: { ...file.run, ...note } })),
      settle: (entry) => this.#own.settle(id, entry),
    };
  }
}

interface Question {
  readonly run: PlannedRun;
  readonly ceilingNanoUsd: NanoUsd | null;
  readonly policy: BudgetPolicy;
  /** State of the file once the budgets allow it. */
  readonly granted: 'running' | 'holding';
}

function refused(verdict: BudgetVerdict): ReserveResult {
  return { verdict, reservation: null };
}
