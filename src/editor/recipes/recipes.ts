import path from 'node:path';
import * as vscode from 'vscode';
import { type Recipe, readRecipe } from '../../recipes/recipe';
import { type RecipeProblem } from '../../recipes/problem';
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
    .sort();
  return Promise.all(
    names.map((name) => readOne(vscode.Uri.joinPath(directory, name), folder.uri)),
  );
}

async function readOne(uri: vscode.Uri, scope: vscode.Uri): Promise<WorkspaceRecipe> {
  const name = path.posix.basename(uri.path, '.md');
  const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  const { recipe, problems } = readRecipe({
    name,
    text,
    limits: readRecipeLimits(scope),
  });
  return { uri, name, recipe, problems };
}

/** The user's own limits, which a recipe may lower. */
export function readRecipeLimits(scope: vscode.Uri): WorkerLimits {
  return {
    maxCompletionTokens: readSetting('worker.maxCompletionTokens', scope),
    maxToolCalls: readSetting('worker.maxToolCalls', scope),
    reasoningEffort: readSetting('worker.reasoningEffort', scope),
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
