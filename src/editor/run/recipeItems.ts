import * as vscode from 'vscode';
import { showWarning } from '../messages/show';
import { type WorkspaceRecipe, readRecipes, recipeProblemWords } from '../recipes/recipes';
import type { Job } from './job';

/** A row of a picker of tasks; picking it may ask for more. */
export interface JobItem extends vscode.QuickPickItem {
  readonly job: () => Job | null | Promise<Job | null>;
}

/** The workspace's recipes below a heading; nothing when there are none. */
export async function recipeItems(): Promise<readonly (JobItem | vscode.QuickPickItem)[]> {
  const recipes = await readRecipes();
  if (recipes.length === 0) return [];
  const heading = {
    label: vscode.l10n.t('Recipes'),
    kind: vscode.QuickPickItemKind.Separator,
  };
  return [heading, ...recipes.map(recipeItem)];
}

function recipeItem(found: WorkspaceRecipe): JobItem {
  const isUsable = found.recipe !== null;
  return {
    label: found.recipe?.task.title ?? found.name,
    iconPath: new vscode.ThemeIcon(isUsable ? 'book' : 'warning'),
    description: `${found.name}.md`,
    job: () => recipeJob(found),
  };
}

/** The job of a recipe; what is wrong in its file is said, with the way there. */
function recipeJob(found: WorkspaceRecipe): Job | null {
  const { uri, recipe } = found;
  const words = recipeProblemWords(found);
  if (words !== '') {
    const open = vscode.l10n.t('Open recipe');
    void showWarning(words, open).then(async (answer) => {
      if (answer === open) await vscode.window.showTextDocument(uri);
    });
  }
  return recipe && { task: recipe.task, instruction: recipe.instruction };
}
