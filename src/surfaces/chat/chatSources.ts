import * as vscode from 'vscode';
import {
  type Place,
  type SelectionSource,
  takeSelections,
} from '../../editor/selection/selectionSource';
import type { SyntaxService } from '../../syntax/syntax';
import { placesInView } from '../../editor/selection/placesInView';

/** What a request in chat works on; or what to do first. */
export type ChatSources =
  | { readonly sources: readonly [SelectionSource, ...SelectionSource[]] }
  | { readonly advice: string };

/**
 * What the user referred to, such as `#selection` or a file; without that what is selected in the
 * editor, by the rules of every command.
 */
export async function takeChatSources(
  references: readonly vscode.ChatPromptReference[],
  syntax: SyntaxService,
): Promise<ChatSources> {
  const { l10n } = vscode;
  // The editor gives them in reverse.
  const named = [...references].reverse().filter(({ id }) => !isImplicit(id));
  const places: Place[] = [];
  for (const { value } of named) {
    const found = await placesOf(value);
    if (!found) return { advice: l10n.t('One of the references is not text that can be opened.') };
    places.push(...found);
  }
  const chosen = places.length > 0 ? places : placesInView();
  if (chosen.length === 0) {
    return {
      advice: l10n.t(
        'Open a file and select the text that the task is for, or refer to it, such as with #selection or #file.',
      ),
    };
  }
  const sources = await takeSelections(chosen, syntax);
  return sources ? { sources } : { advice: l10n.t('Nothing was sent.') };
}

/**
 * The editor attaches the file in front by itself, as what is in view: the selection, or the symbol
 * around the cursor, is what the user means.
 */
function isImplicit(id: string): boolean {
  return id.startsWith('vscode.implicit');
}

/** Null for what is not text; empty for values that are not a place, such as a picture. */
async function placesOf(value: unknown): Promise<readonly Place[] | null> {
  if (value instanceof vscode.Location) return openPlace(value.uri, value.range);
  return value instanceof vscode.Uri ? openPlace(value, null) : [];
}

async function openPlace(
  uri: vscode.Uri,
  range: vscode.Range | null,
): Promise<readonly Place[] | null> {
  try {
    if (uri.path.endsWith('.ipynb')) {
      const notebook = await vscode.workspace.openNotebookDocument(uri);
      return notebook.getCells().map(({ document }) => ({ document, selections: [] }));
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
    const { start, end } = range ?? whole;
    return [{ document, selections: [new vscode.Selection(start, end)] }];
  } catch {
    // A folder, or nothing that the editor opens as text.
    return null;
  }
}
