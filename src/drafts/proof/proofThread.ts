import { Worker } from 'node:worker_threads';
import { type PackedTree, unpackTree } from '../../syntax/packedTree';
import type { SyntaxService, SyntaxTree } from '../../syntax/syntax';
import type { TaskClaim } from '../../tasks/task';
import type { ProofInput } from './parsedVersions';
import { type ProofResult, unproven } from './proofResult';

/** What a text is proven from, apart from the grammars. */
export type ProofTexts = Omit<ProofInput, 'syntax'>;

/** What the thread is asked. */
export type ThreadRequest =
  | { readonly kind: 'parse'; readonly languageId: string; readonly text: string }
  | { readonly kind: 'prove'; readonly claim: TaskClaim; readonly texts: ProofTexts };

/** What it answers: null where there is no grammar. */
export type ThreadAnswer =
  | { readonly kind: 'tree'; readonly tree: PackedTree | null }
  | { readonly kind: 'proof'; readonly result: ProofResult }
  | { readonly kind: 'failed'; readonly message: string };

export interface ProofThreadOptions {
  /** File of the thread's code. */
  readonly script: string;
  /** Folder of the grammars. */
  readonly grammars: string;
  /** After how many milliseconds a text counts as too large. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 10_000;

interface Job {
  readonly request: ThreadRequest;
  readonly settle: (answer: ThreadAnswer | 'too-late') => void;
}

/**
 * Parses and proves in a thread of its own, so that the editor's is never busy for long. The thread
 * starts with the first text. A text that takes too long is given up, and the thread with it.
 */
export class ProofThread implements SyntaxService {
  readonly #options: ProofThreadOptions;
  readonly #waiting: Job[] = [];
  #running: { readonly job: Job; readonly timer: NodeJS.Timeout } | null = null;
  #worker: Worker | null = null;

  constructor(options: ProofThreadOptions) {
    this.#options = options;
  }

  /** @throws when the grammar cannot be loaded, or when the text takes too long. */
  async parse(languageId: string, text: string): Promise<SyntaxTree | null> {
    const answer = await this.#ask({ kind: 'parse', languageId, text });
    if (answer === 'too-late') throw new Error('The text takes too long to parse.');
    if (answer.kind !== 'tree') throw new Error('The text could not be parsed.');
    return answer.tree && unpackTree(answer.tree);
  }

  /** Never rejects: what goes wrong leaves the text unverified. */
  async prove(claim: TaskClaim, texts: ProofTexts): Promise<ProofResult> {
    const answer = await this.#ask({ kind: 'prove', claim, texts });
    if (answer === 'too-late') return unproven('too-large');
    return answer.kind === 'proof' ? answer.result : unproven('grammar-failed');
  }

  dispose(): void {
    this.#stop();
    const closed = { kind: 'failed', message: 'The thread was closed.' } as const;
    for (const { settle } of this.#waiting.splice(0)) settle(closed);
    this.#finish(closed);
  }

  #ask(request: ThreadRequest): Promise<ThreadAnswer | 'too-late'> {
    return new Promise((settle) => {
      this.#waiting.push({ request, settle });
      this.#next();
    });
  }

  /** One at a time, so that the clock runs for the text that is being read. */
  #next(): void {
    if (this.#running) return;
    const job = this.#waiting.shift();
    if (!job) return;
    const timer = setTimeout(() => {
      this.#stop();
      this.#finish('too-late');
    }, this.#options.patienceMs ?? PATIENCE_MS);
    this.#running = { job, timer };
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage(job.request);
    } catch (error) {
      this.#finish({ kind: 'failed', message: String(error) });
    }
  }

  #start(): Worker {
    const { script, grammars } = this.#options;
    const worker = new Worker(script, { workerData: { grammars } });
    // A window that closes does not wait for it.
    worker.unref();
    worker.on('message', (answer: ThreadAnswer) => {
      if (worker === this.#worker) this.#finish(answer);
    });
    const onEnd = (error: unknown): void => {
      if (worker !== this.#worker) return;
      this.#worker = null;
      this.#finish({ kind: 'failed', message: String(error) });
    };
    worker.on('error', onEnd);
    worker.on('exit', onEnd);
    return worker;
  }

  #stop(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }

  #finish(answer: ThreadAnswer | 'too-late'): void {
    const running = this.#running;
    if (!running) return;
    clearTimeout(running.timer);
    this.#running = null;
    running.job.settle(answer);
    this.#next();
  }
}
