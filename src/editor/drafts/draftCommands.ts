import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import type { ApplyPlan } from '../../drafts/applyPlan';
import { renderConflicts } from '../../text/conflictText';
import { type Draft, type DraftIn, isDraftIn } from '../../drafts/draft';
import { summarizeDraft } from '../../drafts/draftSummary';
import { relocateRange } from '../../drafts/relocate';
import type { DraftDesk } from './draftDesk';
import { type DocumentProblem, openDraftDocument } from './draftDocument';
import { draftIdOf, draftSides, draftUri } from './draftFileSystem';
import { lineEndingOf } from '../selection/lineEnding';
import { cellOf, showCell } from '../selection/notebookCells';
import type { DraftProver } from './draftProver';
import { closeDraftEditors, showDraftDiff } from './draftDiff';
import { differenceLines, draftHeader, proofWords } from './draftHeader';
import { offerNewFile } from './draftNewFile';
import { planDraft } from './applyDraft';
import {
  pickOne,
  showErrorWords,
  showForMoment,
  showInformation,
  showWarning,
} from '../messages/show';

export interface DraftCommandOptions {
  readonly desk: DraftDesk;
  readonly prover: DraftProver;
}

export function createDraftCommands(options: DraftCommandOptions): {
  readonly 'delegate.applyDraft': (uri?: unknown) => Promise<void>;
  readonly 'delegate.applyVerifiedDraft': (uri?: unknown) => Promise<void>;
  readonly 'delegate.applyDoubtfulDraft': (uri?: unknown) => Promise<void>;
  readonly 'delegate.discardDraft': (uri?: unknown) => Promise<void>;
  readonly 'delegate.openDraft': (uri?: unknown) => Promise<void>;
} {
  const apply = async (uri?: unknown): Promise<void> => {
    const draft = await draftAt(options.desk, uri);
    if (draft) await applyDraft(draft, options);
  };
  return {
    'delegate.applyDraft': apply,
    // The same under the names that the button in the diff's title carries.
    'delegate.applyVerifiedDraft': apply,
    'delegate.applyDoubtfulDraft': apply,
    'delegate.discardDraft': async (uri) => {
      const draft = await draftAt(options.desk, uri);
      if (draft) await discardDraft(draft, options.desk);
    },
    'delegate.openDraft': async (uri) => {
      const draft =
        uri instanceof vscode.Uri
          ? await draftAt(options.desk, uri)
          : await pickDraft(options.desk);
      if (draft) await showDraft(draft);
    },
  };
}

/** Opens a draft's diff. Looking changes nothing. */
export async function showDraft(draft: Draft): Promise<void> {
  await showDraftDiff(draft, draftSides(draft));
}

/** The draft of an address, of the diff in front, or one that the user picks. */
async function draftAt(desk: DraftDesk, uri: unknown): Promise<Draft | null> {
  await desk.loaded;
  const address = uri instanceof vscode.Uri ? uri : activeDiffUri();
  const id = address ? draftIdOf(address) : null;
  if (id === null) return pickDraft(desk);
  const draft = desk.find(id);
  // A button in a chat outlives its draft.
  if (!draft) {
    void showInformation(vscode.l10n.t('This draft was applied or discarded already.'));
  }
  return draft;
}

function activeDiffUri(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) return input.modified;
  return vscode.window.activeTextEditor?.document.uri ?? null;
}

async function pickDraft(desk: DraftDesk): Promise<Draft | null> {
  await desk.loaded;
  const { drafts } = desk;
  if (drafts.length === 0) {
    void showInformation(vscode.l10n.t('There is no draft.'));
    return null;
  }
  const picked = await pickOne(
    [...drafts].reverse().map((draft) => ({
      label: draftHeader(draft, vscode.l10n),
      description: new Date(draft.createdAtMs).toLocaleString(),
      draft,
    })),
    { title: vscode.l10n.t('Open draft'), placeHolder: vscode.l10n.t('Which draft?') },
  );
  return picked?.draft ?? null;
}

async function discardDraft(draft: Draft, desk: DraftDesk): Promise<void> {
  await closeDiffs(draft);
  await desk.dispatch(draft.id, { type: 'discarded', atMs: systemClock.now() });
}

/** Applies a draft in one undo step, or says why not; in every other case the draft is kept. */
async function applyDraft(draft: Draft, options: DraftCommandOptions): Promise<void> {
  const { desk } = options;
  await takeOverTyping(draft, desk);
  const current = desk.find(draft.id);
  if (!current) return;
  if (!isDraftIn(current, 'ready')) {
    await explainNotReady(current, desk);
    return;
  }
  if (!(await isConfirmed(current, options))) return;
  const opened = await openDraftDocument(current, desk);
  if (opened.problem === 'read-only') {
    await offerNewFile(current);
    return;
  }
  if (opened.problem) {
    explainProblem(opened.problem, current);
    return;
  }
  if (isDraftIn(opened.draft, 'ready')) await applyTo(opened.document, opened.draft, desk);
}

/** What the user typed on the right side a moment ago is part of the draft. */
async function takeOverTyping(draft: Draft, desk: DraftDesk): Promise<void> {
  if (!isDraftIn(draft, 'ready')) return;
  const uri = draftUri(draft).toString();
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  if (!document?.isDirty) return;
  await desk.dispatch(draft.id, { type: 'edited', text: document.getText() });
  await document.save();
}

async function explainNotReady(draft: Draft, desk: DraftDesk): Promise<void> {
  if (draft.state.status === 'running') {
    void showInformation(
      vscode.l10n.t('The run is still under way; the draft can be applied when it is done.'),
    );
    return;
  }
  // The partial answer of a docstring run is a piece of JSON, not of the file.
  const canBeCompleted =
    isDraftIn(draft, 'stale') &&
    !draft.state.proposal &&
    draft.state.text.trim() !== '' &&
    draft.taskId !== 'docstring';
  if (!canBeCompleted) {
    void showWarning(
      vscode.l10n.t('This draft cannot be applied. Copy from it what you need, or discard it.'),
    );
    return;
  }
  const edit = vscode.l10n.t('Edit the partial text');
  const answer = await showWarning(
    vscode.l10n.t(
      'The answer broke off, so this draft is not whole. You can complete it by hand and apply it then.',
    ),
    edit,
  );
  if (answer === edit) {
    await desk.dispatch(draft.id, { type: 'partial-accepted' });
    const accepted = desk.find(draft.id);
    if (accepted) await showDraft(accepted);
  }
}

/** A draft that changes more than its task may is applied only after a second question. */
async function isConfirmed(
  draft: DraftIn<'ready'>,
  { prover, desk }: DraftCommandOptions,
): Promise<boolean> {
  const proof = draft.state.proof ?? (await prover.prove(draft, draft.state.proposed));
  if (proof && !draft.state.proof) await desk.dispatch(draft.id, { type: 'proved', proof });
  const { confirmations } = summarizeDraft(draft);
  if (confirmations.includes('partial-answer') && !(await isPartialAccepted())) return false;
  if (proof?.verdict !== 'changed') return true;
  const apply = vscode.l10n.t('Apply anyway');
  const answer = await showWarning(
    vscode.l10n.t(
      'This draft changes more than its task should: {0}.',
      proofWords(proof, vscode.l10n),
    ),
    { modal: true, detail: differenceLines(proof, vscode.l10n) },
    apply,
  );
  return answer === apply;
}

async function isPartialAccepted(): Promise<boolean> {
  const apply = vscode.l10n.t('Apply anyway');
  const answer = await showWarning(
    vscode.l10n.t('This draft comes from an answer that broke off.'),
    {
      modal: true,
      detail: vscode.l10n.t('What is missing at its end would be removed from your file.'),
    },
    apply,
  );
  return answer === apply;
}

function explainProblem(problem: Exclude<DocumentProblem, 'read-only'>, draft: Draft): void {
  const name = draft.originLabel;
  switch (problem) {
    case 'missing':
      void showErrorWords(
        vscode.l10n.t(
          'The file of “{0}” is not there any more. The draft is kept: bring the file back, or copy the text from the draft.',
          name,
        ),
      );
      return;
    case 'cell-gone':
      void showErrorWords(
        vscode.l10n.t(
          'The cell of “{0}” cannot be found in its notebook any more, so nothing was changed. The draft is kept: undo the deletion of the cell and apply again, or copy the text from the draft.',
          name,
        ),
      );
      return;
    case 'range-lost':
      void showErrorWords(
        vscode.l10n.t(
          'The place of “{0}” cannot be found in its file any more, so nothing was changed. The draft is kept: copy from it what you need.',
          name,
        ),
      );
      return;
  }
}

async function applyTo(
  document: vscode.TextDocument,
  draft: DraftIn<'ready'>,
  desk: DraftDesk,
): Promise<void> {
  const plan = planDraft(document, draft);
  switch (plan.kind) {
    case 'refused':
      if (plan.reason === 'range-mismatch' && (await isFoundAgain(document, draft, desk))) return;
      explainRefusal(plan.reason, draft);
      return;
    case 'conflicts':
      await showConflicts(plan, { draft, eol: lineEndingOf(document), desk });
      return;
    case 'edits':
      await writeEdits(document, plan, { draft, desk });
  }
}

/** A change that was not seen moved the text: it is looked for once, and applied where it is. */
async function isFoundAgain(
  document: vscode.TextDocument,
  draft: DraftIn<'ready'>,
  desk: DraftDesk,
): Promise<boolean> {
  const range = relocateRange(document.getText(), draft);
  const isElsewhere = range && (range.start !== draft.range.start || range.end !== draft.range.end);
  if (!isElsewhere) return false;
  desk.attach(draft.id, range, document);
  const moved = desk.find(draft.id);
  if (!moved || !isDraftIn(moved, 'ready')) return false;
  await applyTo(document, moved, desk);
  return true;
}

function explainRefusal(
  reason: Extract<ApplyPlan, { kind: 'refused' }>['reason'],
  draft: Draft,
): void {
  if (reason === 'unresolved-conflicts') {
    void showWarning(
      vscode.l10n.t(
        'Some conflicts are not resolved yet. Choose a side for each on the right, then apply again.',
      ),
    );
    return;
  }
  explainProblem('range-lost', draft);
}

/** The same lines were changed by the user and by the draft: both are shown, nothing is guessed. */
async function showConflicts(
  plan: Extract<ApplyPlan, { kind: 'conflicts' }>,
  { draft, eol, desk }: { draft: DraftIn<'ready'>; eol: string; desk: DraftDesk },
): Promise<void> {
  const { text, marks } = renderConflicts(plan.regions, {
    nonce: randomBytes(4).toString('hex'),
    labels: {
      mine: vscode.l10n.t('in your file now'),
      base: vscode.l10n.t('as sent'),
      theirs: vscode.l10n.t('draft'),
    },
    eol,
  });
  const { start, end } = draft.range;
  await desk.dispatch(draft.id, {
    type: 'conflicted',
    range: { start, end },
    mine: plan.mine,
    text,
    marks,
  });
  const next = desk.find(draft.id);
  if (next) await showDraft(next);
  void showWarning(
    vscode.l10n.t(
      'You changed the same lines meanwhile. The draft now shows both versions: choose on the right side, then apply again.',
    ),
  );
}

async function writeEdits(
  document: vscode.TextDocument,
  plan: Extract<ApplyPlan, { kind: 'edits' }>,
  { draft, desk }: { readonly draft: Draft; readonly desk: DraftDesk },
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, text } of plan.edits) {
    const range = new vscode.Range(
      document.positionAt(offset),
      document.positionAt(offset + length),
    );
    edit.replace(document.uri, range, text);
  }
  if (plan.edits.length > 0 && !(await vscode.workspace.applyEdit(edit))) {
    void showErrorWords(
      vscode.l10n.t(
        'The editor did not take the change, so nothing was changed. The draft is kept; apply it again.',
      ),
    );
    return;
  }
  await closeDiffs(draft);
  await desk.dispatch(draft.id, { type: 'applied', atMs: systemClock.now() });
  await revealDocument(document, plan.edits[0]?.offset ?? null);
  showForMoment(
    plan.isMerged
      ? vscode.l10n.t('Draft applied and merged with your own changes')
      : vscode.l10n.t('Draft applied'),
    5000,
  );
}

async function revealDocument(document: vscode.TextDocument, offset: number | null): Promise<void> {
  const cell = cellOf(document);
  if (cell) {
    await showCell(cell);
    return;
  }
  const editor = await vscode.window.showTextDocument(document);
  if (offset === null) return;
  const at = document.positionAt(offset);
  editor.revealRange(
    new vscode.Range(at, at),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

async function closeDiffs(draft: Draft): Promise<void> {
  const uri = draftUri(draft).toString();
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  // A dirty editor would ask whether to save what is about to end.
  if (document?.isDirty) await document.save();
  await closeDraftEditors(draftSides(draft));
}
