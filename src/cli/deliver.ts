import { open } from 'node:fs/promises';
import { type ApplyEnd, applyFile } from '../batch/apply/applyFile';
import { filePatch } from '../batch/apply/patch';
import { jsonDocument, markdownDocument } from '../batch/documents';
import { makesEdits } from '../batch/job';
import type { BatchFile } from '../batch/journal/batchState';
import type { Standing } from '../batch/journal/records';
import type { Arguments } from './arguments';
import type { Report } from './report';
import type { Session } from './session';

/** Results that are handed over; `isVerifiedOnly` takes the proven ones alone. */
function deliverable(files: Iterable<BatchFile>, isVerifiedOnly: boolean): BatchFile[] {
  const wanted: ReadonlySet<Standing | null> = new Set(
    isVerifiedOnly ? ['verified'] : ['verified', 'read', 'unread'],
  );
  return [...files].filter(({ standing }) => wanted.has(standing));
}

/** Writes the results into the files. @returns what became of each. */
export async function writeFiles(
  { batch, options }: Session,
  args: Arguments,
  report: Report,
): Promise<readonly ApplyEnd[]> {
  const context = { ...options, journal: batch.journal, results: batch.results };
  const ends: ApplyEnd[] = [];
  for (const file of deliverable(batch.state.files.values(), args.isVerifiedOnly)) {
    const end = await applyFile(file, context);
    report.applied(file.path, end);
    ends.push(end);
  }
  return ends;
}

/**
 * Writes one patch of all results.
 *
 * @param prefix the current folder's path below the root of the repository, where patches apply.
 */
export async function writePatch(
  { batch }: Session,
  args: Arguments & { readonly prefix: string },
  report: Report,
): Promise<void> {
  const file =
    args.patchFile === null || args.patchFile === '-' ? null : await open(args.patchFile, 'w');
  try {
    for (const { n, path, result } of deliverable(
      batch.state.files.values(),
      args.isVerifiedOnly,
    )) {
      const stored = await batch.results.get(n, result);
      if (stored?.kind !== 'edit') continue;
      const text = filePatch(args.prefix + path, stored.base, stored.proposed);
      if (file) await file.write(text);
      else report.document(text);
    }
  } finally {
    await file?.close();
  }
}

/** Hands over results that are entries of one document. */
export async function writeDocument(
  { batch, options }: Session,
  args: Arguments,
  report: Report,
): Promise<void> {
  if (makesEdits(options.job)) return;
  const files = [...batch.state.files.values()].filter(({ result }) => result !== '');
  if (args.isJson) {
    for (const { n, path, result } of files) {
      const stored = await batch.results.get(n, result);
      if (stored?.kind === 'text') report.entry(path, stored.text);
      else if (stored?.kind === 'value') report.entry(path, stored.value);
    }
    return;
  }
  const { task } = options.job;
  const pieces =
    task.answer === 'json'
      ? jsonDocument(files, batch.results)
      : markdownDocument(files, batch.results, { title: task.title });
  for await (const piece of pieces) report.document(piece);
}
