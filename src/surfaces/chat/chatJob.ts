import * as vscode from 'vscode';
import { isBuiltInTaskId, needsInstruction } from '../../tasks/catalog';
import {
  type WorkspaceRecipe,
  readRecipes,
  recipeProblemWords,
} from '../../editor/recipes/recipes';
import { withReferencesAs } from './chatWords';
import { type Job, builtInJob, namedExtraction } from '../../editor/run/job';

/** What a request in chat asks for; or what to write instead. */
export type ChatJob = { readonly job: Job; readonly notes: string } | { readonly advice: string };

type AskedWords = Pick<vscode.ChatRequest, 'prompt' | 'command' | 'references'>;

/** Stands for a reference such as `#selection` in words that a model reads: its name may be a file's. */
const REFERENCE_WORDS = 'the text';

/**
 * The job of a request: of its slash command, or the free instruction.
 *
 * Words beside `/summarize`, `/docstring` and `/reformat` go along as the user's own instruction.
 */
export async function readChatJob(request: AskedWords): Promise<ChatJob> {
  const { command } = request;
  if (command === 'recipe') return recipeJob(withReferencesAs(request, ''));
  const words = withReferencesAs(request, REFERENCE_WORDS);
  const taskId = isBuiltInTaskId(command) ? command : 'instruct';
  const isBlank = withReferencesAs(request, '') === '';
  if (isBlank && needsInstruction(taskId)) return { advice: adviceFor(taskId) };
  if (taskId === 'extract') return { job: namedExtraction(words), notes: '' };
  return { job: builtInJob(taskId, isBlank ? null : words), notes: '' };
}

function adviceFor(taskId: string): string {
  const { l10n } = vscode;
  switch (taskId) {
    case 'extract':
      return l10n.t(
        'Write what to extract, such as "/extract todos" or "/extract all URLs with their line".',
      );
    case 'translateComments':
      return l10n.t('Write the language, such as "/translateComments German".');
    case 'refactor':
      return l10n.t('Write what should change, such as "/refactor use early returns".');
    default:
      return l10n.t(
        'Write what should be done with the selection, or pick a task with a slash. Without a reference such as #selection the text is what is selected in the editor, or the function or class around the cursor.',
      );
  }
}

async function recipeJob(name: string): Promise<ChatJob> {
  const { l10n } = vscode;
  if (!vscode.workspace.isTrusted) {
    return { advice: l10n.t('Recipes work in trusted workspaces only.') };
  }
  const recipes = await readRecipes();
  const found = recipes.find((recipe) => namesOf(recipe).includes(name.toLowerCase()));
  if (found) {
    const notes = recipeProblemWords(found);
    return found.recipe
      ? { job: { task: found.recipe.task, instruction: found.recipe.instruction }, notes }
      : { advice: notes };
  }
  return {
    advice:
      recipes.length === 0
        ? l10n.t('This workspace has no recipes. "Delegate: New recipe…" writes one.')
        : l10n.t(
            'Write the name of a recipe after /recipe: {0}.',
            recipes.map((recipe) => recipe.name).join(', '),
          ),
  };
}

function namesOf({ name, recipe }: WorkspaceRecipe): string[] {
  return [name, `${name}.md`, recipe?.task.title ?? name].map((each) => each.toLowerCase());
}
