import { Worker } from 'node:worker_threads';

export interface JobThreadOptions {
  /** File of the thread's code. */
  readonly script: string;
  /** What the thread is given when it starts. */
  readonly data?: unknown;
  /** After how many milliseconds a job counts as one that does not end. */
  readonly patienceMs: number;
}

/** What came of a job. */
export type Done<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'too-late' }
  /** The thread could not be started, broke, or was closed. */
  | { readonly kind: 'failed'; readonly message: string };

interface Job<Request, Answer> {
  readonly request: Request;
  readonly settle: (done: Done<Answer>) => void;
}

/** Room for new objects. By default it is six times that, most of which lies idle. */
const YOUNG_MEGABYTES = 8;

/**
 * Work that would keep the editor's thread busy for too long, in a thread of its own. The thread
 * starts with the first job. A job that takes too long is given up, and the thread with it.
 */
export class JobThread<Request, Answer> {
  readonly #options: JobThreadOptions;
  readonly #waiting: Job<Request, Answer>[] = [];
  #running: { readonly job: Job<Request, Answer>; readonly timer: NodeJS.Timeout } | null = null;
  #worker: Worker | null = null;

  constructor(options: JobThreadOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  ask(request: Request): Promise<Done<Answer>> {
    return new Promise((settle) => {
      this.#waiting.push({ request, settle });
      this.#next();
    });
  }

  dispose(): void {
    this.#stop();
    const closed = { kind: 'failed', message: 'The thread was closed.' } as const;
    for (const { settle } of this.#waiting.splice(0)) settle(closed);
    this.#finish(closed);
  }

  /** One at a time, so that the clock runs for the job that is being done. */
  #next(): void {
    if (this.#running) return;
    const job = this.#waiting.shift();
    if (!job) return;
    const timer = setTimeout(() => {
      this.#stop();
      this.#finish({ kind: 'too-late' });
    }, this.#options.patienceMs);
    this.#running = { job, timer };
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage(job.request);
    } catch (error) {
      this.#finish({ kind: 'failed', message: String(error) });
    }
  }

  #start(): Worker {
    const { script, data } = this.#options;
    const worker = new Worker(script, {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    // A window that closes does not wait for it.
    worker.unref();
    worker.on('message', (answer: Answer) => {
      if (worker === this.#worker) this.#finish({ kind: 'answer', answer });
    });
    const onEnd = (error: unknown): void => {
      if (worker !== this.#worker) return;
      this.#worker = null;
      this.#finish({ kind: 'failed', message: String(error) });
    };
    worker.on('error', onEnd);
    worker.on('messageerror', onEnd);
    worker.on('exit', onEnd);
    return worker;
  }

  #stop(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }

  #finish(done: Done<Answer>): void {
    const running = this.#running;
    if (!running) return;
    clearTimeout(running.timer);
    this.#running = null;
    running.job.settle(done);
    this.#next();
  }
}
