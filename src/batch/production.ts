import { setMaxListeners } from 'node:events';
import type { OpenRouterError } from '../openrouter/errors';
import type { BatchFile } from './journal/batchState';
import { BatchError } from './produce/batchError';
import { type Produced, Halt, produceFile } from './produce/produceFile';
import { Audit } from './read/audit';
import { type ReadableResult, readable } from './read/pack';
import { readPack } from './read/reader';
import { type Work, progressOf, readWorkFile } from './work';

/** Requests that fail one after the other before the batch stops: then it is not the files. */
const FAILURES_TO_STOP = 8;

/** While one lane judges an answer another one sends: a few more than `parallel` keep all busy. */
export const EXTRA_LANES = 2;

/** Does all files that have no result yet, several at once, and has a share of the results read. */
export class Production {
  readonly #work: Work & { readonly brief: string };
  readonly #audit: Audit;
  readonly #readAgain = new Set<number>();
  #failuresInARow = 0;
  #finished = 0;
  #startedAtMs = 0;

  constructor(work: Work & { readonly brief: string }) {
    this.#work = work;
    this.#audit = new Audit({
      batchId: work.journal.state.id ?? '',
      share: work.auditShare,
      isProven: work.isProven,
    });
  }

  /** @throws Halt when it must not go on, and the signal's reason when it is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { journal, runs, parallel } = this.#work;
    this.#startedAtMs = runs.clock.now();
    const files = [...journal.state.files.values()];
    for (const file of files) this.#recall(file);
    const waiting = files.filter(({ standing }) => standing === null)[Symbol.iterator]();
    const stop = new AbortController();
    const linked = AbortSignal.any([signal, stop.signal]);
    // Each lane's request listens to it.
    setMaxListeners(0, linked);
    const lane = async (): Promise<void> => {
      for (const file of waiting) {
        linked.throwIfAborted();
        await this.#produce(file, linked);
      }
    };
    const lanes = Array.from({ length: parallel + EXTRA_LANES }, () =>
      lane().catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    );
    const ends = await Promise.allSettled(lanes);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw stop.signal.reason;
    await this.#readRest(linked);
  }

  async #produce(file: BatchFile, signal: AbortSignal): Promise<void> {
    const text = await readWorkFile(file, this.#work);
    const made: Produced =
      text === null
        ? { standing: 'failed', by: 'none', reason: 'unavailable', stored: null }
        : await produceFile(text, { ...this.#work, signal });
    if (this.#isPassing(made)) return;
    await this.#keep(file, made);
    if (text && made.stored && this.#isToBeRead(file)) {
      await this.#gather(readable(file.n, text, made.stored), signal);
    }
    await this.#work.pause();
  }

  /** A file that the API would not serve stays as it is: the next start tries it again. */
  #isPassing({ standing, reason }: Produced): boolean {
    const isServed = standing !== 'failed' || !API_FAILURES.has(reason);
    this.#failuresInARow = isServed ? 0 : this.#failuresInARow + 1;
    if (this.#failuresInARow >= FAILURES_TO_STOP) throw new Halt(new BatchError('batch-failing'));
    return !isServed;
  }

  async #keep(file: BatchFile, { standing, by, reason, stored }: Produced): Promise<void> {
    const { results, journal } = this.#work;
    const result = stored ? await results.put(file.n, stored) : '';
    await journal.add({ t: 'done', n: file.n, standing, by, reason, result });
    this.#finished += 1;
    this.#tell(file);
  }

  #tell(file: BatchFile): void {
    const elapsedMs = this.#work.runs.clock.now() - this.#startedAtMs;
    const progress = progressOf(this.#work, { finished: this.#finished, elapsedMs });
    this.#work.observe({ type: 'file', file, progress });
  }

  /** What an earlier process has read counts for the sample. */
  #recall({ isRead, standing }: BatchFile): void {
    if (isRead) this.#audit.note([{ ok: standing !== 'doubtful' }]);
  }

  /** The orchestrator has seen what a delegated run made, so only a worker's own work is read. */
  #isToBeRead(file: BatchFile): boolean {
    const { standing, by, isRead, n } = file;
    if (isRead || this.#readAgain.has(n) || by === 'delegated' || by === 'user') return false;
    return (standing === 'verified' || standing === 'unread') && this.#audit.wants(n);
  }

  async #gather(result: ReadableResult, signal: AbortSignal): Promise<void> {
    this.#readAgain.add(result.n);
    const pack = this.#audit.add(result);
    if (pack) await this.#read(pack, signal);
  }

  /** What was done before, or became due when a sample was bad, and what is left in the pack. */
  async #readRest(signal: AbortSignal): Promise<void> {
    let before = -1;
    while (before !== this.#audit.read) {
      before = this.#audit.read;
      for (const file of this.#work.journal.state.files.values()) {
        if (!this.#isToBeRead(file)) continue;
        const text = await readWorkFile(file, this.#work);
        const stored = await this.#work.results.get(file.n, file.result);
        if (text && stored) await this.#gather(readable(file.n, text, stored), signal);
      }
      await this.#read(this.#audit.takePack(), signal);
    }
  }

  async #read(pack: readonly ReadableResult[], signal: AbortSignal): Promise<void> {
    if (pack.length === 0) return;
    const { journal, decisions } = this.#work;
    const readings = await readPack(pack, { ...this.#work, signal });
    if (readings instanceof Error) {
      if (readings instanceof BatchError) throw new Halt(readings);
      return;
    }
    this.#audit.note(readings);
    for (const { n, ok, problem } of readings) {
      await journal.add({ t: 'read', n, ok, reason: problem });
      const file = journal.state.files.get(n);
      if (!file) continue;
      if (ok) this.#tell(file);
      else await this.#mend(file, problem, signal);
    }
    if (!this.#audit.mustAsk) return;
    const { read, faulty } = this.#audit;
    if (!(await decisions.acceptSample({ read, faulty }))) {
      throw new Halt(new BatchError('batch-sample'));
    }
    this.#audit.accept();
  }

  /** What a reader objects to, and no proof can tell, is done under the orchestrator's eyes. */
  async #mend(file: BatchFile, problem: string, signal: AbortSignal): Promise<void> {
    const text = this.#work.isProven ? null : await readWorkFile(file, this.#work);
    if (text === null) {
      this.#tell(file);
      return;
    }
    const made = await produceFile(text, { ...this.#work, signal }, problem);
    // A result that was objected to is still better than none.
    if (made.stored) await this.#keep(file, made);
    else this.#tell(file);
  }
}

/** Codes of `OpenRouterError` for which the API, not the file, is to blame. */
const API_FAILURES: ReadonlySet<string> = new Set<OpenRouterError['code']>([
  'rate-limit',
  'provider',
  'connection',
  'tls',
  'connect-timeout',
  'silence-timeout',
  'progress-timeout',
  'interrupted',
  'unexpected-answer',
  'forbidden',
  'not-found',
]);
