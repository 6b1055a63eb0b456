import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchJob } from '../batch/job';
import { readRecipe } from '../recipes/recipe';
import { builtInTasks, isBuiltInTaskId, needsInstruction } from '../tasks/catalog';
import { extractTextTask } from '../tasks/extract';
import { extractPresets } from '../tasks/extractPresets';
import type { Config } from './config';
import { UsageError } from './usageError';

/** The task's id as overrides name it, before it is known whether there is such a task. */
export function taskIdOf(name: string): string {
  return isBuiltInTaskId(name) ? name : `recipe:${name}`;
}

/**
 * Makes the job of a task's name and an instruction.
 *
 * @param root the folder with the recipes in `.vscode/delegate`.
 * @throws UsageError when there is no such task, or an instruction is missing.
 */
export async function readJob(
  root: string,
  { task, instruction }: { readonly task: string; readonly instruction: string | null },
  { settings }: Config,
): Promise<BatchJob> {
  if (!isBuiltInTaskId(task)) return recipeJob(root, task, { instruction, settings });
  if (needsInstruction(task) && (instruction ?? '').trim() === '') {
    throw new UsageError(`${task} needs an --instruction.`);
  }
  if (task !== 'extract') {
    return { task: builtInTasks[task], instruction, schema: null, settings };
  }
  const preset = extractPresets.find(({ id }) => id === instruction);
  return preset
    ? {
        task: builtInTasks.extract,
        instruction: preset.instruction,
        schema: preset.schema,
        settings,
      }
    : { task: extractTextTask, instruction, schema: null, settings };
}

async function recipeJob(
  root: string,
  name: string,
  { instruction, settings }: Pick<BatchJob, 'instruction' | 'settings'>,
): Promise<BatchJob> {
  // A name with a path in it could read a file elsewhere.
  const text = /^[\w. -]+$/.test(name)
    ? await readFile(join(root, '.vscode', 'delegate', `${name}.md`), 'utf8').catch(() => null)
    : null;
  if (text === null) throw new UsageError(`There is no task and no recipe named ${name}.`);
  const { worker } = settings;
  const { recipe, problems } = readRecipe({ name, text, limits: worker });
  if (!recipe) {
    const [first] = problems;
    throw new UsageError(`The recipe ${name} cannot be run: ${first?.problem ?? 'it is damaged.'}`);
  }
  const words = [recipe.instruction, instruction ?? ''].filter((part) => part !== '').join('\n\n');
  return { task: recipe.task, instruction: words, schema: recipe.task.schema ?? null, settings };
}
