import type { DelegateError } from '../common/delegateError';
import type { NanoUsd } from '../common/money';
import type { RunPorts } from '../delegation/ports';
import type { SyntaxService } from '../syntax/syntax';
import { type CollectOptions, collect } from './collect/collect';
import type { SkippedFile } from './collect/skipReason';
import type { Decisions } from './decisions';
import type { BatchEvent } from './events';
import { type BatchJob, judgementOf } from './job';
import type { BatchFile, BatchState } from './journal/batchState';
import { Journal } from './journal/journal';
import { Results } from './journal/results';
import type { BatchFolder, WorkspaceFiles } from './ports';
import { type BatchPrice, priceBatch } from './price';
import type { Accounts } from './produce/accounts';
import { BatchError } from './produce/batchError';
import { Limiter } from './produce/limiter';
import { Halt } from './produce/produceFile';
import { Purse } from './produce/purse';
import { BatchRuns } from './produce/runs';
import { Calibration } from './calibration';
import { EXTRA_LANES, Production } from './production';
import { recentTrees } from './recentTrees';
import type { Masker } from '../privacy/maskingThread';

export interface BatchOptions extends Pick<
  CollectOptions,
  'targets' | 'areTargetsPaths' | 'excludes' | 'isKeptOut' | 'languageOf' | 'pause'
> {
  /** Tells a batch from others in the same folder: the same command has the same key. */
  readonly key: string;
  readonly job: BatchJob;
  readonly files: WorkspaceFiles;
  readonly folder: BatchFolder;
  readonly syntax: SyntaxService;
  readonly ports: Pick<RunPorts, 'client' | 'models' | 'clock' | 'random'>;
  readonly limitNanoUsd: NanoUsd;
  readonly parallel: number;
  /** Share of results that the orchestrator reads; 0 to 1. */
  readonly auditShare: number;
  /** In which thread secrets are looked for; null where they are not to be masked. */
  readonly mask: Masker | null;
  /** New for each request; also the ledger's. */
  readonly newId: () => string;
  readonly newNonce: () => string;
  readonly decisions: Decisions;
  readonly observe: (event: BatchEvent) => void;
}

/** What would be done, before anything is sent. */
export interface BatchPlan {
  readonly files: readonly BatchFile[];
  readonly skipped: readonly SkippedFile[];
  /** Of the files that are still to be done; null when a price is not known. */
  readonly price: BatchPrice | null;
  readonly limitNanoUsd: NanoUsd;
  /** Whether an earlier process began it. */
  readonly isResumed: boolean;
}

/**
 * Why a batch must not begin, or go on: its prices are not known, or it may cost more than its limit
 * leaves. Null when it may.
 */
export function planProblem(
  { price, limitNanoUsd }: BatchPlan,
  spentNanoUsd: NanoUsd,
): 'no-prices' | 'over-limit' | null {
  if (price === null) return 'no-prices';
  return spentNanoUsd + price.highNanoUsd > limitNanoUsd ? 'over-limit' : null;
}

export interface BatchEnd {
  /** Why it ended before every file was tried; null when all were. */
  readonly stopped: DelegateError | null;
  readonly spentNanoUsd: NanoUsd;
  /** Requests whose bills are not known yet. */
  readonly unknownBills: number;
}

/**
 * One task over many files: planned and priced, learned on a few, done by workers, judged, read in
 * part, and kept file by file in a journal, so that a process that is killed loses only the answers
 * that were under way.
 *
 * One process at a time works on a batch; see `takeLock`.
 */
export class Batch {
  readonly #options: BatchOptions;
  readonly #journal: Journal;
  readonly results: Results;
  #purse: Purse | null = null;

  private constructor(options: BatchOptions, journal: Journal) {
    this.#options = options;
    this.#journal = journal;
    this.results = new Results(options.folder);
  }

  /** @param journal of the folder, where it is open already: two would not know of each other. */
  static async open(options: BatchOptions, journal?: Journal): Promise<Batch> {
    return new Batch(options, journal ?? (await Journal.open(options.folder)));
  }

  get journal(): Journal {
    return this.#journal;
  }

  get state(): BatchState {
    return this.#journal.state;
  }

  /** Finds the files and prices the work. Nothing is sent, and nothing of the workspace changed. */
  async plan(): Promise<BatchPlan> {
    const { job, ports, auditShare, parallel, limitNanoUsd } = this.#options;
    const isResumed = this.state.isPlanned;
    if (!isResumed) await this.#collect();
    const files = [...this.state.files.values()];
    const price = priceBatch(
      files.filter(({ standing }) => standing === null),
      job,
      { models: ports.models, nowMs: ports.clock.now(), auditShare, parallel },
    );
    return { files, skipped: this.state.skipped, price, limitNanoUsd, isResumed };
  }

  async #collect(): Promise<void> {
    const { key, newId, ports, limitNanoUsd } = this.#options;
    const at = new Date(ports.clock.now()).toISOString();
    await this.#journal.add({ t: 'batch', v: 1, id: newId(), key, at, limit: limitNanoUsd });
    const writing: Promise<void>[] = [];
    let n = 0;
    for await (const found of collect(this.#options)) {
      if ('reason' in found) writing.push(this.#journal.add({ t: 'skipped', ...found }));
      else writing.push(this.#journal.add({ t: 'file', n: (n += 1), ...found }));
    }
    await Promise.all(writing);
    await this.#journal.add({ t: 'planned', files: n });
  }

  /**
   * Does what is still to be done, until all is, the limit is reached, or `signal` is aborted. What
   * is done is kept in every case.
   */
  async produce(accounts: Accounts, signal: AbortSignal): Promise<BatchEnd> {
    const { job, ports, parallel, limitNanoUsd } = this.#options;
    const purse = new Purse(limitNanoUsd, this.state);
    this.#purse = purse;
    const limiter = new Limiter({ clock: ports.clock, parallel, random: ports.random });
    const syntax = recentTrees(this.#options.syntax, {
      size: (parallel + EXTRA_LANES) * 2,
      pause: this.#options.pause,
    });
    const runs = new BatchRuns({
      ...this.#options,
      accounts,
      limiter,
      purse,
      journal: this.#journal,
    });
    const work = {
      ...this.#options,
      syntax,
      runs,
      purse,
      journal: this.#journal,
      results: this.results,
      models: ports.models,
      isProven: judgementOf(job) !== 'reading',
    };
    let stopped: DelegateError | null = null;
    try {
      const brief = await new Calibration(work).brief(signal);
      if (brief !== null) await new Production({ ...work, brief }).run(signal);
      else stopped = new BatchError('batch-sample');
    } catch (error) {
      if (error instanceof Halt) stopped = error.reason;
      else if (!signal.aborted) throw error;
    }
    const isDone = [...this.state.files.values()].every(({ standing }) => standing !== null);
    if (isDone && !this.state.isEnded) await this.#journal.add({ t: 'end' });
    return {
      stopped,
      spentNanoUsd: purse.spentNanoUsd,
      unknownBills: this.state.open.size,
    };
  }

  /** Has files without a sure result done again by the next `produce`. */
  async retry(): Promise<void> {
    const open = [...this.state.files.values()].filter(
      ({ standing }) => standing === 'failed' || standing === 'doubtful',
    );
    await Promise.all(open.map(({ n }) => this.#journal.add({ t: 'again', n })));
  }

  /** Whether the files that a plan would find now are those of this batch, unchanged or applied. */
  async isCurrent(): Promise<boolean> {
    const planned = new Map([...this.state.files.values()].map((file) => [file.path, file]));
    let found = 0;
    for await (const file of collect(this.#options)) {
      if ('reason' in file) continue;
      found += 1;
      const known = planned.get(file.path);
      if (known?.hash !== file.hash && known?.applied?.after !== file.hash) return false;
    }
    const left = [...planned.values()].filter(({ applied }) => applied === null).length;
    return found >= left;
  }

  /** Takes in a bill that became known after its request's end. */
  async settleBill(run: string, cost: NanoUsd | null): Promise<void> {
    this.#purse?.pay(run, cost);
    await this.#journal.add({ t: 'paid', run, cost });
  }
}
