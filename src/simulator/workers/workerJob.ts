/** What a worker has understood of its instructions and its task. */
export interface WorkerJob {
  /** `summarize`, `docstring`, `reformat`, `extract`, `refactor`, `instruct` or `recipe`. */
  readonly job: string;
  /** VS Code's language identifier. */
  readonly languageId: string;
  /** `text`, `insertions`, `replacement` or `json`. */
  readonly answer: string;
  readonly instruction: string | null;
  /** JSON Schema of a `json` answer; null for none. */
  readonly schema: unknown;
  /** The code, line numbers taken off. */
  readonly selection: string;
  /** Number that was shown before the selection's first line. */
  readonly firstLineNumber: number;
  readonly taskDescription: string;
}

/** The user's words, or for want of them the orchestrator's. */
export function wordsOf(job: WorkerJob): string {
  return job.instruction ?? job.taskDescription;
}

/** Says that a worker understands a job but cannot do it on this selection. */
export class CannotDoError extends Error {
  override readonly name = 'CannotDoError';
}
