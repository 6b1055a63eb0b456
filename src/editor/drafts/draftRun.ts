import * as vscode from 'vscode';
import { inspectEdit } from '../../drafts/inspectEdit';
import { systemClock } from '../../common/clock';
import type { Draft, StaleReason } from '../../drafts/draft';
import { type RunEvent, type RunResult, startsOver } from '../../delegation/run/run';
import { accessTo } from '../selection/documentAccess';
import type { DraftDesk } from '../../drafts/draftDesk';
import type { DraftProver } from './draftProver';
import { includeDocumentation } from '../selection/documentedSelection';
import { cellOf } from '../selection/notebookCells';
import type { SelectionSource } from '../selection/selectionSource';
import { taskTitle } from '../messages/taskTitles';
import type { SyntaxService } from '../../syntax/syntax';
import { Attention } from './attention';
import { showArrivedDraft } from './draftArrival';
import { offerUnaccepted } from './unacceptedOffer';
import { writeEdit } from '../../drafts/judgeEdit';
import { RunError } from '../../delegation/run/runError';
import { showError } from '../messages/errorActions';
import { brokenResult } from '../run/shownRun';
import { editPlaceOf, proverFor } from './editPlace';
import { languageComments } from './languageComments';
import type { FinishedJob, JobHooks } from '../run/jobHooks';
import { skippedWords } from './skippedText';
import type { SkippedInsertion } from '../../drafts/docstring/docstringWriter';
import type { Job } from '../run/job';
import type { JobRunner } from '../run/runJob';
import { showInformation, showWarning } from '../messages/show';

export interface DraftRunOptions {
  readonly runner: JobRunner;
  readonly desk: DraftDesk;
  readonly prover: DraftProver;
  readonly syntax: SyntaxService;
}

/** A run that has ended and the draft that it was for, which is gone when nothing came of it. */
export interface FinishedDraft extends FinishedJob {
  readonly id: string;
}

/**
 * Runs a job whose result is an edit: the draft exists from the start, so that nothing is lost.
 *
 * @returns null when the run was not started; a message was shown.
 */
export async function runDraftJob(
  job: Job,
  selected: SelectionSource,
  options: DraftRunOptions & Pick<JobHooks, 'rerun' | 'cancellation' | 'view'>,
): Promise<FinishedDraft | null> {
  const attention = new Attention();
  try {
    return await runWatched(job, selected, { ...options, attention });
  } finally {
    attention.dispose();
  }
}

interface WatchedRunOptions
  extends DraftRunOptions, Pick<JobHooks, 'rerun' | 'cancellation' | 'view'> {
  readonly attention: Attention;
}

async function runWatched(
  job: Job,
  selected: SelectionSource,
  options: WatchedRunOptions,
): Promise<FinishedDraft | null> {
  const { runner, desk, syntax } = options;
  const isDocstring = job.task.answer === 'insertions';
  const source = isDocstring
    ? await withComments(await includeDocumentation(selected, syntax))
    : selected;
  await announceReadonly(source);
  const prove = await proverFor(job.task, source, syntax);
  let draft: Draft | null = null;
  let partialText = '';
  const finished = await runner.run(job, source, {
    ...(options.rerun && { rerun: options.rerun }),
    ...(options.cancellation && { cancellation: options.cancellation }),
    ...(options.view && { view: options.view }),
    ...(prove && { prove }),
    onStart: (runId) => {
      draft = desk.create({
        runId,
        taskId: job.task.id,
        originLabel: `${taskTitle(job.task, vscode.l10n)} · ${source.location}`,
        documentUri: source.uri.toString(),
        ...notebookOf(source),
        languageId: source.selection.languageId,
        documentVersion: source.version,
        range: { start: source.startOffset, end: source.endOffset },
        base: source.selection.text,
        documentText: source.document.getText(),
      });
    },
    onEvent: (event: RunEvent) => {
      const isNews = event.type === 'answer-delta' || startsOver(event);
      if (!isNews || !draft) return;
      partialText = event.type === 'answer-delta' ? partialText + event.text : '';
      void desk.dispatch(draft.id, { type: 'partial-text', text: partialText });
    },
  });
  const started = draft as Draft | null;
  if (!finished || !started) return null;
  const { result } = finished;
  try {
    await finishDraft(started.id, { source, result }, options);
  } catch (error) {
    // The run is booked and shown; what it brought stays as far as it can be shown.
    const broken = brokenResult(result, error);
    await endWithoutOutcome(started.id, broken, desk).catch(() => undefined);
    void showError(new RunError(error));
    return { id: started.id, ...finished, result: broken };
  }
  return { id: started.id, ...finished };
}

/** Says so of a selection whose language has no comments, as far as the editor knows. */
async function withComments(source: SelectionSource): Promise<SelectionSource> {
  const { selection } = source;
  const hasComments = (await languageComments(selection.languageId)) !== null;
  return { ...source, selection: { ...selection, hasComments } };
}

/** Said before it costs anything; reading a draft of such a document is of use all the same. */
async function announceReadonly({ document }: SelectionSource): Promise<void> {
  const uri = cellOf(document)?.notebook.uri ?? document.uri;
  if ((await accessTo(uri, document)) !== 'read-only') return;
  void showInformation(
    vscode.l10n.t(
      'This document is read-only: its draft can be read and opened as a new file, but not applied.',
    ),
  );
}

function notebookOf({ document }: SelectionSource): { readonly notebookUri?: string } {
  const cell = cellOf(document);
  return cell ? { notebookUri: cell.notebook.uri.toString() } : {};
}

async function finishDraft(
  id: string,
  { result, source }: { readonly result: RunResult; readonly source: SelectionSource },
  options: WatchedRunOptions,
): Promise<void> {
  const { desk, prover, attention } = options;
  const { outcome } = result;
  // A task that ends in a draft has no other outcome than an edit.
  if (outcome?.format !== 'replacement' && outcome?.format !== 'insertions') {
    await endWithoutOutcome(id, result, desk);
    return;
  }
  const draft = desk.find(id);
  // Discarded while the run was still under way.
  if (!draft) return;
  const { text: proposed, skipped } = await writeEdit(
    outcome,
    await editPlaceOf(source, options.syntax),
  );
  tellSkipped(skipped, source.selection.startLine);
  if (proposed === source.selection.text) {
    await desk.dispatch(id, { type: 'discarded', atMs: systemClock.now() });
    void showInformation(
      vscode.l10n.t('There is nothing to change: the result is the text as it is.'),
    );
    return;
  }
  const proof = await prover.prove(draft, proposed);
  const { text: base, languageId } = source.selection;
  const found = proof
    ? []
    : await inspectEdit({ base, proposed, languageId, syntax: options.syntax });
  await desk.dispatch(id, {
    type: 'proposed',
    text: proposed,
    proof,
    isUnread: result.checkedBy === 'proof',
    doubts: outcome.isUnaccepted ? ['unaccepted', ...found] : found,
  });
  const ready = desk.find(id);
  if (ready) await showArrivedDraft(ready, attention);
  // Other views have the words of the draft's state.
  if (ready && outcome.isUnaccepted && !options.view) {
    void offerUnaccepted({ id, notes: result.notes }, desk, options.rerun);
  }
}

/** A run that brought nothing leaves no draft; one that broke off leaves what had arrived. */
async function endWithoutOutcome(id: string, result: RunResult, desk: DraftDesk): Promise<void> {
  const isEmpty = result.partialAnswer.trim() === '';
  const reason: StaleReason = result.status === 'cancelled' ? 'run-cancelled' : 'run-failed';
  if (isEmpty) {
    await desk.dispatch(id, { type: 'discarded', atMs: systemClock.now() });
    return;
  }
  await desk.dispatch(id, { type: 'partial-text', text: result.partialAnswer });
  await desk.dispatch(id, { type: 'failed', reason });
}

function tellSkipped(skipped: readonly SkippedInsertion[], firstLine: number): void {
  const words = skippedWords(skipped, firstLine, vscode.l10n);
  if (words !== null) void showWarning(words);
}
