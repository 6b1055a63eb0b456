import * as vscode from 'vscode';
import { RECIPE_TEMPLATE, recipeNameProblem } from '../../recipes/template';
import { askText, showInformation } from '../messages/show';

export function createRecipeCommands(): { readonly 'delegate.newRecipe': () => Promise<void> } {
  return { 'delegate.newRecipe': newRecipe };
}

/** Writes a commented template into the workspace and opens it; a file that is there is only opened. */
async function newRecipe(): Promise<void> {
  const { l10n } = vscode;
  if (!vscode.workspace.isTrusted) {
    await offerTrust();
    return;
  }
  const folder = await pickFolder();
  if (!folder) return;
  const name = await askText({
    title: l10n.t('New recipe'),
    prompt: l10n.t('Name of the file in .vscode/delegate, without its extension'),
    placeHolder: 'explain',
    validateInput: (value) =>
      recipeNameProblem(value) === 'not-a-name'
        ? l10n.t('Write letters, digits, spaces, hyphens and underscores only.')
        : null,
  });
  if (name === undefined || recipeNameProblem(name) !== null) return;
  const uri = vscode.Uri.joinPath(folder.uri, '.vscode', 'delegate', `${name.trim()}.md`);
  if (!(await exists(uri))) {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(RECIPE_TEMPLATE));
  }
  await vscode.window.showTextDocument(uri, { preview: false });
}

/** A recipe would not be offered in a workspace that is not trusted; nothing is written there. */
async function offerTrust(): Promise<void> {
  const manage = vscode.l10n.t('Manage workspace trust');
  const answer = await showInformation(
    vscode.l10n.t('Recipes work in trusted workspaces only.'),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const [only, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (!only) {
    void showInformation(vscode.l10n.t('A recipe belongs to a folder. Open a folder first.'));
    return undefined;
  }
  return others.length === 0 ? only : vscode.window.showWorkspaceFolderPick();
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
