import type { BatchEnd, BatchPlan } from '../batch/batch';
import type { ApplyEnd } from '../batch/apply/applyFile';
import type { BatchEvent } from '../batch/events';
import type { BatchFile } from '../batch/journal/batchState';
import type { Standing } from '../batch/journal/records';
import { formatUsd, usdDecimal } from '../common/money';
import type { Console } from './console';

/** What a file's standing is called where people read it. */
const NAMES: Readonly<Record<Standing, string>> = {
  verified: 'verified',
  read: 'read by the orchestrator',
  unread: 'not read',
  doubtful: 'needs a look',
  unchanged: 'unchanged',
  conflict: 'conflict',
  failed: 'failed',
};

/** Without a person at the terminal a line is written this often. */
const LINE_EVERY_MS = 10_000;

/** Writes progress to standard error and results to standard output, as text or as JSON lines. */
export class Report {
  readonly #console: Console;
  readonly #isJson: boolean;
  readonly #now: () => number;
  #lastLineMs = -Infinity;
  #isLineOpen = false;

  constructor(options: {
    readonly console: Console;
    readonly isJson: boolean;
    readonly now: () => number;
  }) {
    this.#console = options.console;
    this.#isJson = options.isJson;
    this.#now = options.now;
  }

  /** A sentence about what goes on. */
  say(text: string): void {
    this.#endLine();
    this.#console.err(`${text}\n`);
  }

  plan(plan: BatchPlan): void {
    const { files, skipped, price, limitNanoUsd, isResumed } = plan;
    const waiting = files.filter(({ standing }) => standing === null);
    const tokens = waiting.reduce((sum, file) => sum + file.tokens, 0);
    this.say(
      `${files.length} files, ${waiting.length} to do, about ${tokens} tokens${isResumed ? ', going on' : ''}.`,
    );
    for (const [reason, count] of countBy(skipped.map((file) => file.reason))) {
      this.say(`left out: ${count} ${reason}`);
    }
    if (price && waiting.length > 0) {
      const range = `~${formatUsd(price.lowNanoUsd)} to ~${formatUsd(price.highNanoUsd)}`;
      const minutes = Math.max(1, Math.round(price.expectedMs / 60_000));
      this.say(
        `${range}, at most ${formatUsd(limitNanoUsd)}; about ${minutes} min. Directly ~${formatUsd(price.directNanoUsd)}.`,
      );
    }
    if (!this.#isJson) return;
    this.#line({
      type: 'plan',
      files: files.length,
      to_do: waiting.length,
      tokens,
      low_usd: price && usdDecimal(price.lowNanoUsd),
      expected_usd: price && usdDecimal(price.expectedNanoUsd),
      high_usd: price && usdDecimal(price.highNanoUsd),
      direct_usd: price && usdDecimal(price.directNanoUsd),
      limit_usd: usdDecimal(limitNanoUsd),
      expected_seconds: price && Math.round(price.expectedMs / 1000),
    });
    for (const { path, reason } of skipped) this.#line({ type: 'skipped', path, reason });
  }

  event(event: BatchEvent): void {
    if (event.type === 'calibrating') {
      this.say(`Learning from ${event.files} files first.`);
      return;
    }
    const { done, total, spentNanoUsd, leftMs } = event.progress;
    const left = leftMs === null ? '' : `, ${timeText(leftMs)} left`;
    const text = `${done} of ${total}, ${formatUsd(spentNanoUsd)}${left}`;
    if (this.#console.isInteractive) {
      this.#console.err(`\r\u001b[K${text}`);
      this.#isLineOpen = true;
    } else if (this.#now() - this.#lastLineMs >= LINE_EVERY_MS || done === total) {
      this.#lastLineMs = this.#now();
      this.#console.err(`${text}\n`);
    }
  }

  /** One line for each file, for programs; people get the list of those that need a look. */
  files(files: Iterable<BatchFile>): void {
    for (const file of files) {
      const { path, standing, by, reason } = file;
      if (this.#isJson) {
        this.#line({ type: 'file', path, standing: standing ?? 'waiting', by, reason });
      } else if (standing === 'doubtful' || standing === 'failed') {
        this.#console.out(
          `${NAMES[standing]}: ${plain(path)}${reason === '' ? '' : ` (${plain(reason)})`}\n`,
        );
      }
    }
  }

  applied(path: string, end: ApplyEnd): void {
    if (this.#isJson) this.#line({ type: 'applied', path, end });
    else if (!['written', 'merged', 'already'].includes(end))
      this.#console.out(`${end}: ${plain(path)}\n`);
  }

  summary(
    { stopped, spentNanoUsd, unknownBills }: BatchEnd,
    {
      files,
      applied,
    }: { readonly files: readonly BatchFile[]; readonly applied: readonly ApplyEnd[] },
  ): void {
    const standings = countBy(files.map(({ standing }) => standing ?? 'waiting'));
    const ends = countBy(applied);
    if (this.#isJson) {
      this.#line({
        type: 'summary',
        files: files.length,
        standings: Object.fromEntries(standings),
        applied: Object.fromEntries(ends),
        cost_usd: usdDecimal(spentNanoUsd),
        unknown_bills: unknownBills,
        stopped: stopped?.code ?? null,
      });
      return;
    }
    const counts = standings.map(
      ([name, count]) => `${count} ${name in NAMES ? NAMES[name as Standing] : name}`,
    );
    this.#console.out(`${files.length} files: ${counts.join(', ')}\n`);
    if (ends.length > 0) {
      this.#console.out(`${ends.map(([end, count]) => `${count} ${end}`).join(', ')}\n`);
    }
    const unknown = unknownBills > 0 ? ` +${unknownBills}?` : '';
    this.#console.out(`${formatUsd(spentNanoUsd)}${unknown}\n`);
    if (stopped) this.say(`Stopped: ${stopped.message}`);
  }

  /** A piece of a document that is the batch's result. */
  document(text: string): void {
    this.#endLine();
    this.#console.out(text);
  }

  /** An entry of a document, for programs. */
  entry(path: string, result: unknown): void {
    this.#line({ type: 'result', path, result });
  }

  #line(value: Readonly<Record<string, unknown>>): void {
    this.#console.out(`${JSON.stringify(value)}\n`);
  }

  #endLine(): void {
    if (!this.#isLineOpen) return;
    this.#isLineOpen = false;
    this.#console.err('\n');
  }
}

function countBy<T extends string>(names: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

function timeText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** Names of files and words of models must not move the cursor or colour the terminal. */
function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '?');
}
