import type { WorkerJob } from './workerJob';

/** What an orchestrator of the simulator tells workers after it has seen a few files. */
export const BRIEF = [
  'Say what each declaration is for in one sentence before any tags.',
  'Name units and ranges where the code shows them.',
  'Do not describe parameters that their names explain.',
].join('\n');

/** Words of results that no reader lets pass. */
const WRONG = /\blorem[ _]ipsum\b|\bas an ai\b|\btodo: document\b/i;

/** Reads results of workers, one section a file, and names those that are plainly wrong. */
export function readResults({ selection }: WorkerJob): string {
  const sections = selection.split(/^(?=## File \d+ )/m);
  const faults = sections.flatMap((section) => {
    const file = /^## File (\d+) /.exec(section)?.[1];
    const wrong = WRONG.exec(section)?.[0];
    return file !== undefined && wrong !== undefined
      ? [{ file: Number(file), problem: `It says "${wrong}".` }]
      : [];
  });
  return JSON.stringify(faults);
}

/** Reads two answers to a job and prefers the one that is not plainly wrong. */
export function preferAnswer({ selection }: WorkerJob): string {
  const [, first = '', second = ''] = /^## First\n([^]*?)^## Second\n([^]*)/m.exec(selection) ?? [];
  const [isFirstWrong, isSecondWrong] = [WRONG.test(first), WRONG.test(second)];
  const better = isFirstWrong === isSecondWrong ? 'same' : isFirstWrong ? 'second' : 'first';
  return JSON.stringify({ better });
}
