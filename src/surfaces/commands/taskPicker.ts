import * as vscode from 'vscode';
import {
  type WorkspaceRecipe,
  readRecipes,
  recipeProblemWords,
} from '../../editor/recipes/recipes';
import { type Job, builtInJob } from '../../editor/run/job';
import type { InstructionBox } from '../../editor/run/instructionBox';
import {
  askExtractJob,
  askFreeJob,
  askRefactorJob,
  askTranslationJob,
  readJobArguments,
} from '../../editor/run/askJob';
import { pickOne, showWarning } from '../../editor/messages/show';

const NOTHING_GIVEN = readJobArguments(undefined);

interface TaskItem extends vscode.QuickPickItem {
  readonly job: () => Job | null | Promise<Job | null>;
}

/** The boxes that words are asked for in, each with what was typed into it before. */
export interface TaskBoxes {
  readonly box: InstructionBox;
  readonly languages: InstructionBox;
}

/** Lets the user pick any task: built-in ones, the workspace's recipes, the free instruction. */
export async function pickTask(boxes: TaskBoxes): Promise<Job | null> {
  const { l10n } = vscode;
  const recipes = await readRecipes();
  const items: (TaskItem | vscode.QuickPickItem)[] = [
    ...builtInItems(boxes),
    ...(recipes.length > 0
      ? [{ label: l10n.t('Recipes'), kind: vscode.QuickPickItemKind.Separator }]
      : []),
    ...recipes.map(recipeItem),
  ];
  const picked = await pickOne(items, {
    title: l10n.t('Run task'),
    placeHolder: l10n.t('What should be done with the selection?'),
    matchOnDescription: true,
  });
  return picked && 'job' in picked ? picked.job() : null;
}

function builtInItems({ box, languages }: TaskBoxes): TaskItem[] {
  const { l10n } = vscode;
  return [
    { label: l10n.t('Summarize selection'), job: () => builtInJob('summarize') },
    { label: l10n.t('Draft docstring'), job: () => builtInJob('docstring') },
    { label: l10n.t('Reformat selection'), job: () => builtInJob('reformat') },
    { label: l10n.t('Extract from selection…'), job: () => askExtractJob(box, NOTHING_GIVEN) },
    { label: l10n.t('Draft refactor…'), job: () => askRefactorJob(box, NOTHING_GIVEN) },
    {
      label: l10n.t('Translate comments…'),
      job: () => askTranslationJob(languages, NOTHING_GIVEN),
    },
    { label: l10n.t('Instruction in your own words…'), job: () => askFreeJob(box) },
  ];
}

function recipeItem(found: WorkspaceRecipe): TaskItem {
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
