import type { RunResult } from '../../delegation/run/run';

/** A run of this window that has ended, with what can still be done with it. */
export interface PastRun<Again> {
  readonly id: string;
  /** Such as `Summarize`. */
  readonly title: string;
  /** Such as `app.ts:10-52`. */
  readonly location: string;
  readonly endedAtMs: number;
  readonly result: RunResult;
  readonly isDemo: boolean;
  readonly again: Again;
}

/** So many runs can be opened again; older ones are forgotten with their texts. */
const MOST_RUNS = 20;

/** The latest runs of this window, newest first. In memory alone: they hold the user's code. */
export class RunHistory<Again> {
  #runs: readonly PastRun<Again>[] = [];

  get runs(): readonly PastRun<Again>[] {
    return this.#runs;
  }

  add(run: PastRun<Again>): void {
    this.#runs = [run, ...this.#runs.filter(({ id }) => id !== run.id)].slice(0, MOST_RUNS);
  }

  find(id: string): PastRun<Again> | null {
    return this.#runs.find((run) => run.id === id) ?? null;
  }

  /** The latest run with text or data to read; edits are read as drafts. */
  get lastAnswer(): PastRun<Again> | null {
    return this.#runs.find(({ result }) => answerText(result) !== null) ?? null;
  }
}

/** A run's answer as text: what it said, or its data as JSON; null for edits and for none. */
export function answerText({ outcome }: RunResult): string | null {
  switch (outcome?.format) {
    case 'text':
      return outcome.text;
    case 'json':
      return `${JSON.stringify(outcome.value, null, 2)}\n`;
    case 'replacement':
    case 'insertions':
    case undefined:
      return null;
  }
}
