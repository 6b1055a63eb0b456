import type { RunResult } from '../../delegation/run/run';
import type { FinishedJob } from '../run/jobHooks';

/** A run of this window that has ended. */
export interface PastRun extends FinishedJob {
  readonly endedAtMs: number;
}

/** This many runs can be opened again; older ones are forgotten with their texts. */
const MOST_RUNS = 20;

/** The latest runs of this window, newest first. In memory alone: they hold the user's code. */
export class RunHistory {
  #runs: readonly PastRun[] = [];

  get runs(): readonly PastRun[] {
    return this.#runs;
  }

  add(run: PastRun): void {
    this.#runs = [run, ...this.#runs].slice(0, MOST_RUNS);
  }

  find(id: unknown): PastRun | null {
    return this.#runs.find(({ result }) => result.record.id === id) ?? null;
  }

  /** The latest run with text or data to read; edits are read as drafts. */
  get lastAnswer(): PastRun | null {
    return this.#runs.find(({ result }) => answerText(result) !== null) ?? null;
  }
}

/** A run's answer as text: what it said, or its data as JSON; null for edits and for none. */
export function answerText({ outcome }: RunResult): string | null {
  switch (outcome?.format) {
    case 'text':
    case 'file':
      return outcome.text;
    case 'json':
      return `${JSON.stringify(outcome.value, null, 2)}\n`;
    case 'replacement':
    case 'insertions':
    case undefined:
      return null;
  }
}

/** What had come from the models, letter by letter. */
export function rawText({ partialAnswer, rawAnswer }: RunResult): string {
  const [answer, raw] = [partialAnswer.trim(), rawAnswer.trim()];
  if (answer === '' || raw.includes(answer)) return `${raw}\n`;
  return raw === '' || answer.includes(raw) ? `${answer}\n` : `${answer}\n\n${raw}\n`;
}
