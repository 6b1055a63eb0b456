import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { MAX_RECIPE_BYTES } from '../../recipes/frontMatter';
import { type RecipeProblem, problem } from '../../recipes/problem';
import { type Recipe, readRecipe, tooLarge } from '../../recipes/recipe';
import type { WorkerLimits } from '../../recipes/workerFields';
import { readWorkerTools } from '../settings/runSettings';
import { readSetting } from '../settings/settings';

/** A recipe of the workspace with what is wrong in it. */
export interface WorkspaceRecipe {
  readonly uri: vscode.Uri;
  /** Base name of the file without its extension. */
  readonly name: string;
  readonly recipe: Recipe | null;
  readonly problems: readonly RecipeProblem[];
}

const PATTERN = '.vscode/delegate/*.md';
/** More recipes than anybody writes by hand; a generated folder must not stall the picker. */
const MAX_RECIPES = 200;

/** Reads the workspace's recipes, in the order of their names; none in an untrusted workspace. */
export async function readRecipes(): Promise<readonly WorkspaceRecipe[]> {
  if (!vscode.workspace.isTrusted) return [];
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map((folder) => recipesIn(folder)));
  return found.flat().slice(0, MAX_RECIPES);
}

async function recipesIn(folder: vscode.WorkspaceFolder): Promise<readonly WorkspaceRecipe[]> {
  const directory = vscode.Uri.joinPath(folder.uri, path.posix.dirname(PATTERN));
  // Reading the folder itself works without the search service, which not every host has.
  const entries = await vscode.workspace.fs
    .readDirectory(directory)
    .then(undefined, (): [string, vscode.FileType][] => []);
  const names = entries
    .filter(([name, type]) => name.endsWith('.md') && (type & vscode.FileType.File) !== 0)
    .map(([name]) => name)
    .sort()
    .slice(0, MAX_RECIPES);
  return Promise.all(
    names.map((name) => readOne(vscode.Uri.joinPath(directory, name), folder.uri)),
  );
}

async function readOne(uri: vscode.Uri, scope: vscode.Uri): Promise<WorkspaceRecipe> {
  const name = path.posix.basename(uri.path, '.md');
  const read = await readText(uri, scope);
  const { recipe, problems } =
    typeof read === 'string'
      ? readRecipe({ name, text: read, limits: readRecipeLimits(scope) })
      : { recipe: null, problems: [read] };
  return { uri, name, recipe, problems };
}

/** The text of a recipe, or why it is not read: it is large, or a link that leads elsewhere. */
async function readText(uri: vscode.Uri, folder: vscode.Uri): Promise<string | RecipeProblem> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_RECIPE_BYTES) return tooLarge();
    if (uri.scheme === 'file' && !(await isInside(uri.fsPath, folder.fsPath))) {
      return problem(
        '',
        'The recipe is a link that leaves the workspace.',
        'Copy the file instead.',
      );
    }
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch {
    return problem('', 'The recipe cannot be read.', 'Check the file and its permissions.');
  }
}

async function isInside(file: string, folder: string): Promise<boolean> {
  const relative = path.relative(await fs.realpath(folder), await fs.realpath(file));
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** The user's own limits, which a recipe may lower. */
export function readRecipeLimits(scope: vscode.Uri): WorkerLimits {
  return {
    maxCompletionTokens: readSetting('worker.maxCompletionTokens', scope),
    maxToolCalls: readSetting('worker.maxToolCalls', scope),
    reasoningEffort: readSetting('worker.reasoningEffort', scope),
    reasoningMaxTokens: readSetting('worker.reasoningMaxTokens', scope),
    tools: readWorkerTools(scope),
  };
}

/** What is wrong in a recipe's file; empty for nothing. */
export function recipeProblemWords({ name, problems }: WorkspaceRecipe): string {
  if (problems.length === 0) return '';
  const words = problems.map(({ field, problem, remedy }) =>
    [field, `${problem} ${remedy}`].filter((part) => part !== '').join(': '),
  );
  return `${name}.md: ${words.join(' ')}`;
}
