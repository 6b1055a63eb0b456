import * as vscode from 'vscode';
import { type Draft, awaitsProof } from '../../drafts/draft';
import { draftHeader } from './draftHeader';

/** The addresses of a draft's two sides. */
export interface DraftSides {
  /** The text as it was sent. */
  readonly sent: vscode.Uri;
  readonly draft: vscode.Uri;
}

/**
 * Opens a draft's diff. Looking changes nothing.
 *
 * The editor keeps the title with which a diff was opened, so a diff of the same draft under another
 * title is opened beside the old one, which then goes. Both show one document, so that what was
 * typed there, and its undo steps, stay.
 */
export async function showDraftDiff(draft: Draft, sides: DraftSides): Promise<void> {
  const header = draftHeader(draft, vscode.l10n);
  const outdated = diffTabs(sides).filter(({ label }) => label !== header);
  await vscode.commands.executeCommand(
    'vscode.diff',
    titled(sides.sent, header),
    sides.draft,
    header,
    {
      preview: false,
      ...(outdated[0] && { viewColumn: outdated[0].group.viewColumn }),
    } satisfies vscode.TextDocumentShowOptions,
  );
  await closeTabs(diffTabs(sides).filter(({ label }) => label !== header));
}

/** Gives the diff in front its draft's present title; where the user is in it stays. */
export async function retitleDraftDiff(draft: Draft, sides: DraftSides): Promise<void> {
  // Until the text is proven anew there is nothing to say.
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (awaitsProof(draft) || !tab || !diffTabs(sides).includes(tab)) return;
  if (tab.label === draftHeader(draft, vscode.l10n)) return;
  const before = vscode.window.activeTextEditor;
  const [selection, top] = [before?.selection, before?.visibleRanges[0]];
  await showDraftDiff(draft, sides);
  const after = vscode.window.activeTextEditor;
  if (!after || after.document.uri.toString() !== sides.draft.toString()) return;
  if (selection) after.selection = selection;
  if (top) after.revealRange(top, vscode.TextEditorRevealType.AtTop);
}

/** Closes every editor of a draft. */
export async function closeDraftEditors(sides: DraftSides): Promise<void> {
  await closeTabs([...diffTabs(sides), ...plainTabs(sides)]);
}

/** The user, or a draft that is applied meanwhile, may close a tab first; then all is well. */
async function closeTabs(tabs: readonly vscode.Tab[]): Promise<void> {
  if (tabs.length === 0) return;
  try {
    await vscode.window.tabGroups.close(tabs, true);
  } catch {
    const open = allTabs();
    if (tabs.some((tab) => open.includes(tab))) throw new Error('A tab did not close.');
  }
}

function diffTabs({ draft }: DraftSides): vscode.Tab[] {
  return allTabs().filter(
    ({ input }) =>
      input instanceof vscode.TabInputTextDiff && input.modified.toString() === draft.toString(),
  );
}

function plainTabs({ draft }: DraftSides): vscode.Tab[] {
  return allTabs().filter(
    ({ input }) =>
      input instanceof vscode.TabInputText && input.uri.toString() === draft.toString(),
  );
}

function allTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** Two diffs are different editors only when one of their sides has another address. */
function titled(sent: vscode.Uri, header: string): vscode.Uri {
  return sent.with({ query: header });
}
