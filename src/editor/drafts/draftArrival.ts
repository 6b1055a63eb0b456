import * as vscode from 'vscode';
import type { Draft } from '../../drafts/draft';
import { showInformation } from '../messages/show';
import type { Attention } from './attention';
import { showDraftDiff } from './draftDiff';
import { draftStateWords } from './draftHeader';

/**
 * Shows a draft that has just come. Where the user has gone on to something else it opens behind
 * that, and a notification opens it: no key that is meant for another text may land in it.
 */
export async function showArrivedDraft(draft: Draft, attention: Attention): Promise<void> {
  if (attention.isFree) {
    await showDraftDiff(draft);
    return;
  }
  await showDraftDiff(draft, 'behind');
  void offerToOpen(draft);
}

async function offerToOpen(draft: Draft): Promise<void> {
  const open = vscode.l10n.t('Open draft');
  const words = [draft.originLabel, draftStateWords(draft, vscode.l10n)];
  const answer = await showInformation(
    vscode.l10n.t('Draft ready: {0}', words.filter((part) => part !== '').join(' · ')),
    open,
  );
  if (answer === open) await showDraftDiff(draft);
}
