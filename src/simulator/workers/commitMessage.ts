import type { WorkerJob } from './workerJob';
import { counted } from './words';

/** Names what a diff changes, as far as its heads tell: the file with most lines, and how many more. */
export function writeCommitMessage({ selection }: WorkerJob): string {
  const files = [...selection.matchAll(/^diff --git a\/\S+ b\/(\S+)$/gm)].map(([, name]) => name);
  const [first = 'files', ...others] = files.map((name) => name?.split('/').at(-1) ?? '');
  const verb = /^new file mode /m.test(selection) ? 'Add' : 'Change';
  const more = others.length > 0 ? ` and ${counted(others.length, 'more file')}` : '';
  const added = selection.match(/^\+(?!\+\+ )/gm)?.length ?? 0;
  const removed = selection.match(/^-(?!-- )/gm)?.length ?? 0;
  return JSON.stringify({
    subject: `${verb} ${first}${more}`.slice(0, 72),
    body: `${counted(added, 'line')} added, ${counted(removed, 'line')} removed.`,
  });
}
