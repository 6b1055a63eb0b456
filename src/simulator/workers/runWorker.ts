/** What a worker has understood of its instructions and its task. */
export interface WorkerJob {
  readonly job: string;
  readonly languageId: string;
  readonly answer: string;
  readonly instruction: string | null;
  readonly schema: unknown;
  /** The code, line numbers taken off. */
  readonly selection: string;
  readonly firstLineNumber: number;
  readonly taskDescription: string;
}

/** Does a job; throws when it cannot. */
export function runWorker(job: WorkerJob): Promise<string> {
  if (job.job !== 'summarize') return Promise.reject(new Error(`No worker for ${job.job}`));
  const lines = job.selection.split('\n');
  const names = [
    ...job.selection.matchAll(/\b(?:function|class|interface|def|func|fn|struct)\s+(\w+)/g),
  ];
  return Promise.resolve(
    [
      `The selection has ${lines.length} lines of ${job.languageId}.`,
      ...(names.length > 0 ? ['', ...names.map(([, name = '']) => `- \`${name}\``)] : []),
    ].join('\n'),
  );
}
