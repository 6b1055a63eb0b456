import * as vscode from 'vscode';
import { shown } from '../../common/shown';
import type { Draft } from '../../drafts/draft';
import { type DraftSides, draftSides } from './draftUris';

/** Options that `vscode.diff` takes beyond the documented ones, in 1.104 as in later versions. */
interface DiffOptions extends vscode.TextDocumentShowOptions {
  /** Opens the tab without bringing it to the front. */
  readonly background?: boolean;
}

/**
 * Opens a draft's diff. Looking changes nothing.
 *
 * The title says what the draft is and where it goes, which stays true. What is proven of it changes
 * with every key and stands in the tab's mark, the status bar and the Apply button: to change a
 * title the diff would have to be opened again under the user's cursor.
 *
 * @param place `behind` leaves the editor in front where it is, and the keyboard with it.
 */
export async function showDraftDiff(
  draft: Draft,
  place: 'front' | 'behind' = 'front',
): Promise<void> {
  const { sent, draft: right } = draftSides(draft);
  const options: DiffOptions = {
    preview: false,
    ...(place === 'behind' && { background: true, preserveFocus: true }),
  };
  const title = shown(draft.originLabel);
  await vscode.commands.executeCommand('vscode.diff', sent, right, title, options);
}

/** Closes every editor of a draft. */
export async function closeDraftEditors(draft: Draft): Promise<void> {
  const sides = draftSides(draft);
  const tabs = allTabs().filter(({ input }) => isOf(input, sides));
  if (tabs.length === 0) return;
  try {
    await vscode.window.tabGroups.close(tabs, true);
  } catch {
    // The user may close a tab first; then all is well.
    const open = allTabs();
    if (tabs.some((tab) => open.includes(tab))) throw new Error('A tab did not close.');
  }
}

function isOf(input: unknown, { draft }: DraftSides): boolean {
  const uri =
    input instanceof vscode.TabInputTextDiff
      ? input.modified
      : input instanceof vscode.TabInputText
        ? input.uri
        : null;
  return uri?.toString() === draft.toString();
}

function allTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}
