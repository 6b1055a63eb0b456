import * as vscode from 'vscode';
import { planDraft } from '../../drafts/applyDraft';
import { type DraftIn, proposedText } from '../../drafts/draft';
import { applyEdits } from '../../text/offsets';
import { lineEndingOf } from '../selection/lineEnding';
import { showErrorWords } from '../messages/show';

/** What cannot be written where it belongs may still be wanted: whole, in a file of its own. */
export async function offerNewFile(draft: DraftIn<'ready'>): Promise<void> {
  const open = vscode.l10n.t('Open as a new file');
  const answer = await showErrorWords(
    vscode.l10n.t(
      'The file of “{0}” is read-only. The draft is kept: make the file writable and apply again.',
      draft.originLabel,
    ),
    open,
  );
  if (answer !== open) return;
  const uri = vscode.Uri.parse(draft.documentUri, true);
  const text = await vscode.workspace.openTextDocument(uri).then(
    (document) => appliedText(document, draft),
    () => proposedText(draft),
  );
  const document = await vscode.workspace.openTextDocument({
    language: draft.languageId,
    content: text,
  });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** The whole text with the draft in it; the draft's own where it does not fit any more. */
function appliedText(document: vscode.TextDocument, draft: DraftIn<'ready'>): string {
  const plan = planDraft(draft, document.getText(), lineEndingOf(document));
  return plan.kind === 'edits' ? applyEdits(document.getText(), plan.edits) : proposedText(draft);
}
