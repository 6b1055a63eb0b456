import * as vscode from 'vscode';
import type { Draft } from '../../drafts/draft';
import { pickOne } from '../messages/show';
import { draftHeader } from './draftHeader';

interface DraftItem extends vscode.QuickPickItem {
  readonly choice?: Draft | 'discard-all';
}

/** Lets the user pick a draft, newest first, or all of them to be discarded. */
export async function pickDraft(drafts: readonly Draft[]): Promise<Draft | 'discard-all' | null> {
  const { l10n } = vscode;
  const items: DraftItem[] = [...drafts].reverse().map((draft) => ({
    label: draftHeader(draft, l10n),
    description: new Date(draft.createdAtMs).toLocaleString(),
    choice: draft,
  }));
  if (drafts.length > 1) {
    items.push({ label: '', kind: vscode.QuickPickItemKind.Separator });
    items.push({
      label: l10n.t('Discard all {0} drafts…', drafts.length),
      iconPath: new vscode.ThemeIcon('trash'),
      choice: 'discard-all',
    });
  }
  const item = await pickOne(items, {
    title: l10n.t('Open draft'),
    placeHolder: l10n.t('Which draft?'),
  });
  return item?.choice ?? null;
}
