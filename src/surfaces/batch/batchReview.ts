import * as vscode from 'vscode';
import type { ApplyEnd, UndoEnd } from '../../batch/apply/applyFile';
import { jsonDocument, markdownDocument } from '../../batch/documents';
import type { BatchFile } from '../../batch/journal/batchState';
import { answerAddress } from '../../editor/answers/answerDocuments';
import type { AnswerDocuments } from '../../editor/answers/answerDocuments';
import { showInformation, showProgress, showWarning } from '../../editor/messages/show';
import { taskTitle } from '../../editor/messages/taskTitles';
import { linkedAnswer } from '../../text/linkedAnswer';
import type { BatchFiles } from './batchFiles';
import type { BatchSession } from './batchSession';
import { applyEndWords } from './batchWords';
import { openResult } from './batchDiffs';

/** More files than this at once are asked about, or shown with progress. */
const MANY = 20;

/** Applies results, after a question where one of them is in doubt, and says what became of them. */
export async function applyFiles(
  session: BatchSession,
  wanted: readonly BatchFile[],
  views: BatchFiles,
): Promise<void> {
  await views.saveAll(session, wanted);
  const files = wanted.filter(({ result }) => result !== '');
  if (files.length === 0 || !(await isAccepted(files))) return;
  const ends = await withProgress(vscode.l10n.t('Apply'), files, (report) =>
    session.apply(files, report),
  );
  const conflicts = [...ends].filter(([, end]) => end === 'conflict').map(([file]) => file);
  views.announce(session, files);
  tell(ends, (count) => vscode.l10n.t('Applied: {0}.', count));
  const [conflict] = conflicts;
  if (conflict && files.length === 1) await openResult(session, conflict);
}

/** Gives files back what they were, and says which stay as they are. */
export async function undoFiles(
  session: BatchSession,
  files: readonly BatchFile[],
  views: BatchFiles,
): Promise<void> {
  if (files.length === 0) return;
  const ends = await withProgress(vscode.l10n.t('Undo'), files, (report) =>
    session.undo(files, report),
  );
  views.announce(session, files);
  tell(ends, (count) => vscode.l10n.t('Undone: {0}.', count));
}

/** What no proof covers is applied only after a word; a mistake costs the whole folder. */
async function isAccepted(files: readonly BatchFile[]): Promise<boolean> {
  const doubtful = files.filter(({ standing }) => standing !== 'verified').length;
  if (doubtful === 0) return true;
  const { l10n } = vscode;
  const apply = l10n.t('Apply');
  const answer = await showWarning(
    l10n.t('Not verified: {0} of {1}. Apply all the same?', doubtful, files.length),
    { modal: true, detail: l10n.t('Undo applied batch brings the files back.') },
    apply,
  );
  return answer === apply;
}

async function withProgress<T>(
  title: string,
  files: readonly BatchFile[],
  act: (report: (done: number) => void) => Promise<T>,
): Promise<T> {
  if (files.length <= MANY) return act(() => undefined);
  const { l10n } = vscode;
  return showProgress(l10n.t('Delegate: {0}', title), (say) =>
    act((done) => {
      if (done % MANY === 0) say(l10n.t('{0} of {1}', done, files.length));
    }),
  );
}

function tell(
  ends: ReadonlyMap<BatchFile, ApplyEnd | UndoEnd>,
  success: (count: number) => string,
): void {
  const counts = new Map<ApplyEnd | UndoEnd, number>();
  for (const end of ends.values()) counts.set(end, (counts.get(end) ?? 0) + 1);
  let good = 0;
  const problems: string[] = [];
  for (const [end, count] of counts) {
    const words = applyEndWords(end, count, vscode.l10n);
    if (words === null) good += count;
    else problems.push(words);
  }
  const all = [...(good > 0 ? [success(good)] : []), ...problems].join(' ');
  const show = problems.length > 0 ? showWarning : showInformation;
  void show(all);
}

/** Opens the one document that summaries and extractions of all files make. */
export async function openDocument(
  session: BatchSession,
  documents: AnswerDocuments,
): Promise<void> {
  const { job, results, state, id } = session;
  const files = [...state.files.values()].filter(
    ({ result, isDiscarded }) => result !== '' && !isDiscarded,
  );
  const title = taskTitle(job.task, vscode.l10n);
  const isJson = job.task.answer === 'json';
  const pieces = isJson
    ? jsonDocument(files, results)
    : markdownDocument(files, results, {
        title,
        linkOf: (path) => session.uriOf({ path }).toString(),
        shown: (markdown) => linkedAnswer(markdown, null),
      });
  const parts: string[] = [];
  for await (const piece of pieces) parts.push(piece);
  const text = parts.join('');
  await documents.show(answerAddress(id, title, isJson ? 'json' : 'preview'), text);
}
