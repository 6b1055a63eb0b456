import * as vscode from 'vscode';
import type { ApplyEnd } from '../../drafts/applyDraft';
import { type Draft, type DraftIn, isDraftIn } from '../../drafts/draft';
import type { DraftDesk } from '../../drafts/draftDesk';
import { showErrorWords, showInformation, showWarning } from '../messages/show';
import { showDraftDiff } from './draftDiff';
import type { DocumentProblem } from './draftDocument';
import { doubtWords, differenceLines, proofWords } from './draftHeader';
import type { Doubt } from '../../drafts/inspectEdit';

/** Says why a draft was not applied; a question that was answered with no needs no words. */
export function explainEnd(end: ApplyEnd<DocumentProblem>, draft: Draft): void {
  const { l10n } = vscode;
  if (end.kind === 'problem') explainProblem(end.problem, draft);
  else if (end.kind === 'refused' && end.reason === 'unresolved-conflicts') {
    void showWarning(
      l10n.t(
        'Some conflicts are not resolved yet. Choose a side for each on the right, then apply again.',
      ),
    );
  } else if (end.kind === 'refused') explainProblem('range-lost', draft);
  else if (end.kind === 'conflicts') {
    void showWarning(
      l10n.t(
        'You changed the same lines meanwhile. The draft now shows both versions: choose on the right side, then apply again.',
      ),
    );
  } else if (end.kind === 'not-taken') {
    void showErrorWords(
      l10n.t(
        'The editor did not take the change, so nothing was changed. The draft is kept; apply it again.',
      ),
    );
  }
}

function explainProblem(problem: DocumentProblem, draft: Draft): void {
  const name = draft.originLabel;
  switch (problem) {
    case 'read-only':
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

/** A draft that cannot be applied yet may be one that the user can complete. */
export async function offerToComplete(draft: Draft, desk: DraftDesk): Promise<void> {
  if (draft.state.status === 'running') {
    void showInformation(
      vscode.l10n.t('The run is still under way; the draft can be applied when it is done.'),
    );
    return;
  }
  // The partial answer of a docstring run is a piece of JSON, not of the file.
  const canBeCompleted =
    isDraftIn(draft, 'stale') && draft.state.text.trim() !== '' && draft.taskId !== 'docstring';
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
  if (answer !== edit) return;
  await desk.dispatch(draft.id, { type: 'partial-accepted' });
  const accepted = desk.find(draft.id);
  if (accepted) await showDraftDiff(accepted);
}

/** A draft that is not whole, or changes more than its task may, is applied after a question only. */
export async function isAcceptedUnproven(draft: DraftIn<'ready'>): Promise<boolean> {
  const { completeness, proof } = draft.state;
  if (completeness === 'partial' && !(await isPartialAccepted(draft))) return false;
  if (draft.doubts?.length && !(await isDoubtfulAccepted(draft, draft.doubts))) return false;
  if (proof?.verdict !== 'changed') return true;
  return isAnsweredWithApply(draft, {
    question: vscode.l10n.t(
      'This draft changes more than its task should: {0}.',
      proofWords(proof, vscode.l10n),
    ),
    detail: differenceLines(proof, vscode.l10n),
  });
}

function isDoubtfulAccepted(draft: Draft, doubts: readonly Doubt[]): Promise<boolean> {
  return isAnsweredWithApply(draft, {
    question: vscode.l10n.t('Look at this draft before you apply it.'),
    detail: doubts.map((doubt) => doubtWords(doubt, vscode.l10n)).join('\n'),
  });
}

function isPartialAccepted(draft: Draft): Promise<boolean> {
  return isAnsweredWithApply(draft, {
    question: vscode.l10n.t('This draft comes from an answer that broke off.'),
    detail: vscode.l10n.t('What is missing at its end would be removed from your file.'),
  });
}

/** The first button is what Enter presses, so the safe answer stands there. */
async function isAnsweredWithApply(
  draft: Draft,
  { question, detail }: { readonly question: string; readonly detail: string },
): Promise<boolean> {
  const look = vscode.l10n.t('Look at the draft');
  const apply = vscode.l10n.t('Apply anyway');
  const answer = await showWarning(question, { modal: true, detail }, look, apply);
  if (answer === look) await showDraftDiff(draft);
  return answer === apply;
}
