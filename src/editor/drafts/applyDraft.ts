import type * as vscode from 'vscode';
import { type ApplyPlan, planApply } from '../../drafts/applyPlan';
import type { DraftIn } from '../../drafts/draft';
import { proposedText } from './draftFileSystem';
import { lineEndingOf } from '../selection/lineEnding';

/** What applying a draft does to a document as it is now; changes nothing. */
export function planDraft(document: vscode.TextDocument, draft: DraftIn<'ready'>): ApplyPlan {
  return planApply({
    documentText: document.getText(),
    eol: lineEndingOf(document),
    range: draft.range,
    base: draft.base,
    proposed: proposedText(draft),
    conflict: draft.state.conflict,
  });
}
